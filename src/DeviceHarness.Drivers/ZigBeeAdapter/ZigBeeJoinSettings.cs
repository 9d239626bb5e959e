using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Drivers.ZigBeeAdapter;

/// <summary>The network that is to be joined.</summary>
public sealed record ZigBeeJoinSettings
{
    /// <summary>Its channel, 11 to 26, as a scan found it.</summary>
    public required byte Channel { get; init; }

    /// <summary>Its short identifier, as a scan found it.</summary>
    public required ushort PanId { get; init; }

    /// <summary>Its identifier, as a scan found it.</summary>
    public required ulong ExtendedPanId { get; init; }

    /// <summary>As what: router or end device.</summary>
    public ZigBeeRole Role { get; init; } = ZigBeeRole.Router;

    /// <summary>The key of the adapter's own install code, 16 octets: its trust centre must know it.</summary>
    public required CipherKey JoiningKey { get; init; }

    /// <summary>The transmit power, in dBm.</summary>
    public sbyte TxPowerDbm { get; init; } = 5;
}
