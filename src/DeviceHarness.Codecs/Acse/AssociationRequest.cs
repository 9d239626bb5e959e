using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Codecs.Acse;

/// <summary>What an AARQ or a pass 3 meant to a server. It holds no key, secret or proof.</summary>
/// <param name="Verdict">How far the association came: open, proof needed, or faulty, which the answer tells the client.</param>
public readonly record struct AssociationRequest(AssociationVerdict Verdict)
{
    /// <summary>The diagnostic that the AARE carries.</summary>
    public AssociationDiagnostic Diagnostic { get; init; }

    /// <summary>The services agreed.</summary>
    public Conformance Conformance { get; init; }

    /// <summary>The longest APDU that the client takes, in octets; 0 for no limit.</summary>
    public ushort ClientMaximumReceivePduOctets { get; init; }

    /// <summary>The user that the client named; null when it named none.</summary>
    public byte? UserId { get; init; }

    /// <summary>Where the octets break their format, when they do.</summary>
    public CodecFault Codec { get; init; }

    /// <summary>Which check of security failed, when one did.</summary>
    public SecurityFault Security { get; init; }
}
