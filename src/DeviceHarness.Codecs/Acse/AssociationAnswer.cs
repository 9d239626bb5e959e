using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Codecs.Acse;

/// <summary>What one message of the other side meant for an association. It holds no key, secret or proof.</summary>
/// <param name="Verdict">How far the association came.</param>
public readonly record struct AssociationAnswer(AssociationVerdict Verdict)
{
    /// <summary>The diagnostic of an AARE.</summary>
    public AssociationDiagnostic Diagnostic { get; init; }

    /// <summary>The result of an AARE; accepted also where the answer was none.</summary>
    public AssociationResult Result { get; init; }

    /// <summary>What was agreed; null when it was refused.</summary>
    public InitiateResponse? Agreed { get; init; }

    /// <summary>Why, at the service level; null when it was not told.</summary>
    public ConfirmedServiceError? ServiceError { get; init; }

    /// <summary>A refusal outside of any service; null when there was none.</summary>
    public ExceptionResponse? Exception { get; init; }

    /// <summary>The result of pass 3, when it was not success; otherwise null.</summary>
    public ActionResult? ProofResult { get; init; }

    /// <summary>Where the octets break their format, when they do.</summary>
    public CodecFault Codec { get; init; }

    /// <summary>Which check of security failed, when one did.</summary>
    public SecurityFault Security { get; init; }

    /// <summary>The octets are malformed.</summary>
    internal static AssociationAnswer Malformed(CodecFault fault) => new(AssociationVerdict.Faulty) { Codec = fault };

    /// <summary>A check of security failed.</summary>
    internal static AssociationAnswer Insecure(SecurityFault fault) => new(AssociationVerdict.Faulty) { Security = fault };
}
