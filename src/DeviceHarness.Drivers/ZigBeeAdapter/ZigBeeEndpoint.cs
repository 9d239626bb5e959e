namespace DeviceHarness.Drivers.ZigBeeAdapter;

/// <summary>An endpoint that the harness serves through its adapter.</summary>
/// <param name="Number">Its number, 1 to 240.</param>
/// <param name="Profile">Its profile; 0109 is Smart Energy.</param>
/// <param name="DeviceId">What device it is.</param>
/// <param name="InputClusters">The clusters that it serves.</param>
/// <param name="OutputClusters">The clusters that it uses.</param>
public sealed record ZigBeeEndpoint(
    byte Number, ushort Profile, ushort DeviceId, IReadOnlyList<ushort> InputClusters, IReadOnlyList<ushort> OutputClusters)
{
    /// <summary>The Smart Energy profile.</summary>
    public const ushort SmartEnergyProfile = 0x0109;

    private const ushort EnergyServiceInterface = 0x0500;
    private const ushort MeteringDevice = 0x0501;
    private const ushort InHomeDisplay = 0x0502;

    /// <summary>What a trust centre serves as energy service interface: Basic, Identify, Time, OTA, Price, DRLC, Messaging, Tunneling,
    /// Prepayment, Calendar, Device Management, Events, Key Establishment.</summary>
    public static ZigBeeEndpoint ServiceInterface { get; } = new(
        1,
        SmartEnergyProfile,
        EnergyServiceInterface,
        [0x0000, 0x0003, 0x000A, 0x0019, 0x0700, 0x0701, 0x0703, 0x0704, 0x0705, 0x0707, 0x0708, 0x0709, 0x0800],
        [0x0702, 0x0704, 0x0705, 0x0708, 0x0709, 0x0800]);

    /// <summary>What an in-home display or prepayment display serves and uses.</summary>
    public static ZigBeeEndpoint Display { get; } = new(
        1,
        SmartEnergyProfile,
        InHomeDisplay,
        [0x0000, 0x0003, 0x0800],
        [0x000A, 0x0019, 0x0700, 0x0702, 0x0703, 0x0705, 0x0707, 0x0708, 0x0709, 0x0800]);

    /// <summary>What a trust centre serves as the mirror of a gas meter: Basic, Metering, Prepayment; it hears Events.</summary>
    /// <param name="number">Its number, 1 to 240.</param>
    public static ZigBeeEndpoint Mirror(byte number) => new(
        number, SmartEnergyProfile, MeteringDevice, [0x0000, 0x0702, 0x0705], [0x0702, 0x0705, 0x0709]);
}
