using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Drivers.ZigBeeAdapter;

/// <summary>The network that is to be formed.</summary>
public sealed record ZigBeeFormSettings
{
    /// <summary>Its channel, 11 to 26.</summary>
    public required byte Channel { get; init; }

    /// <summary>Its short identifier, not FFFF; null for one by chance.</summary>
    public ushort? PanId { get; init; }

    /// <summary>Its identifier, not 0; null for one by chance.</summary>
    public ulong? ExtendedPanId { get; init; }

    /// <summary>The transmit power, in dBm.</summary>
    public sbyte TxPowerDbm { get; init; } = 5;

    /// <summary>The first network key, 16 octets; null for one by chance, which nobody but the adapter keeps.</summary>
    public CipherKey? NetworkKey { get; init; }

    /// <summary>Whether devices that missed a change of the network key may rejoin with their link key alone.</summary>
    public bool AllowsUnsecuredRejoins { get; init; } = true;
}
