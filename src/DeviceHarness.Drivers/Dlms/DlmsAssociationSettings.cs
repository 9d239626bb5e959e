using System.Security.Cryptography;
using DeviceHarness.Codecs.Acse;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Drivers.Dlms;

/// <summary>How an association is opened.</summary>
public sealed record DlmsAssociationSettings
{
    /// <summary>The services that this client can do: GET, SET and ACTION, each with blocks, and selective access.</summary>
    public const Conformance Offered =
        Conformance.Get | Conformance.Set | Conformance.Action | Conformance.SelectiveAccess
        | Conformance.BlockTransferWithGet | Conformance.BlockTransferWithSet | Conformance.BlockTransferWithAction;

    /// <summary>Mechanism, credentials and ciphering.</summary>
    public AssociationSecurity Security { get; init; } = AssociationSecurity.None;

    /// <summary>The wrapper of services in a ciphered association; the passes of HLS go in that of the service.</summary>
    public CipheringForm Form { get; init; }

    /// <summary>The services proposed.</summary>
    public Conformance Proposed { get; init; } = Offered;

    /// <summary>The longest APDU that this client takes, in octets; 0 for no limit.</summary>
    public int MaximumReceivePduOctets { get; init; } = ushort.MaxValue;

    /// <summary>How many general blocks may go in a row each way, 1 to 63, where they are agreed on.</summary>
    public int GeneralBlockWindow { get; init; } = 1;

    /// <summary>A key for this association only; null without.</summary>
    public CipherKey? DedicatedKey { get; init; }

    /// <summary>Where challenges come from.</summary>
    public RandomOctets Random { get; init; } = RandomNumberGenerator.Fill;

    /// <summary>The invoke id of the first request in it, 0 to 15; null when ids go on from the association before it, so that an answer to
    /// that one is not taken for an answer in this one.</summary>
    public int? FirstInvokeId { get; init; }

    /// <summary>The settings without any credential.</summary>
    public override string ToString() => $"mechanism {Security.Mechanism}, proposed {Proposed}, PDU {MaximumReceivePduOctets} octets";

    internal ClientAssociation Begin() =>
        new(new AssociationProposal(Proposed, (ushort)MaximumReceivePduOctets, DedicatedKey), Security, Random);
}
