using DeviceHarness.Codecs.Acse;
using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Drivers.Dlms;

/// <summary>How an association is opened.</summary>
public sealed record DlmsAssociationSettings
{
    /// <summary>The services that this client can do: GET, SET and ACTION, each with blocks, and selective access.</summary>
    public const Conformance Offered =
        Conformance.Get | Conformance.Set | Conformance.Action | Conformance.SelectiveAccess
        | Conformance.BlockTransferWithGet | Conformance.BlockTransferWithSet | Conformance.BlockTransferWithAction;

    /// <summary>None or LLS; the others are not offered.</summary>
    public AuthenticationMechanism Mechanism { get; init; } = AuthenticationMechanism.None;

    /// <summary>LLS: the password. Secret: never logged, and cleared from the request buffer once sent.</summary>
    public ReadOnlyMemory<byte> Password { get; init; }

    /// <summary>The services proposed.</summary>
    public Conformance Proposed { get; init; } = Offered;

    /// <summary>The longest APDU that this client takes, in octets; 0 for no limit.</summary>
    public int MaximumReceivePduOctets { get; init; } = ushort.MaxValue;

    /// <summary>The settings without the password.</summary>
    public override string ToString() => $"mechanism {Mechanism}, proposed {Proposed}, PDU {MaximumReceivePduOctets} octets";
}
