using System.Collections.Frozen;
using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Codecs.SmartEnergy;

/// <summary>The clusters of Smart Energy devices: every command and attribute by its number.</summary>
/// <remarks>Spec: ZigBee Smart Energy profile and ZigBee Cluster Library, as this harness's ZigBee guide sums them up.</remarks>
public static class ClusterCatalogue
{
    /// <summary>Basic.</summary>
    public static Cluster Basic { get; } = new(0x0000, "Basic", needsLinkKey: false, GeneralText.Basic);

    /// <summary>Identify.</summary>
    public static Cluster Identify { get; } = new(0x0003, "Identify", needsLinkKey: false, GeneralText.Identify);

    /// <summary>Alarms.</summary>
    public static Cluster Alarms { get; } = new(0x0009, "Alarms", needsLinkKey: false, GeneralText.Alarms);

    /// <summary>Time.</summary>
    public static Cluster Time { get; } = new(0x000A, "Time", needsLinkKey: true, GeneralText.Time);

    /// <summary>OTA upgrade.</summary>
    public static Cluster OtaUpgrade { get; } = new(0x0019, "OTA Upgrade", needsLinkKey: true, GeneralText.OtaUpgrade);

    /// <summary>Keep-alive.</summary>
    public static Cluster KeepAlive { get; } = new(0x0025, "Keep-Alive", needsLinkKey: true, GeneralText.KeepAlive);

    /// <summary>Price.</summary>
    public static Cluster Price { get; } = new(0x0700, "Price", needsLinkKey: true, PriceText.Text);

    /// <summary>Demand response and load control.</summary>
    public static Cluster DemandResponse { get; } =
        new(0x0701, "Demand Response and Load Control", needsLinkKey: true, EnergyText.DemandResponse);

    /// <summary>Metering.</summary>
    public static Cluster Metering { get; } = new(0x0702, "Metering", needsLinkKey: true, MeteringText.Text);

    /// <summary>Messaging.</summary>
    public static Cluster Messaging { get; } = new(0x0703, "Messaging", needsLinkKey: true, EnergyText.Messaging);

    /// <summary>Tunneling.</summary>
    public static Cluster Tunneling { get; } = new(0x0704, "Tunneling", needsLinkKey: true, EnergyText.Tunneling);

    /// <summary>Prepayment.</summary>
    public static Cluster Prepayment { get; } = new(0x0705, "Prepayment", needsLinkKey: true, PrepaymentText.Text);

    /// <summary>Calendar.</summary>
    public static Cluster Calendar { get; } = new(0x0707, "Calendar", needsLinkKey: true, ScheduleText.Calendar);

    /// <summary>Device management.</summary>
    public static Cluster DeviceManagement { get; } =
        new(0x0708, "Device Management", needsLinkKey: true, ScheduleText.DeviceManagement);

    /// <summary>Events.</summary>
    public static Cluster Events { get; } = new(0x0709, "Events", needsLinkKey: true, ScheduleText.Events);

    /// <summary>Key establishment.</summary>
    public static Cluster KeyEstablishment { get; } =
        new(0x0800, "Key Establishment", needsLinkKey: false, EnergyText.KeyEstablishment);

    private static readonly FrozenDictionary<ushort, Cluster> ById = new[]
    {
        Basic, Identify, Alarms, Time, OtaUpgrade, KeepAlive, Price, DemandResponse, Metering, Messaging, Tunneling, Prepayment, Calendar,
        DeviceManagement, Events, KeyEstablishment,
    }.ToFrozenDictionary(cluster => cluster.Id);

    /// <summary>All clusters.</summary>
    public static IReadOnlyList<Cluster> All => ById.Values;

    /// <summary>A cluster; null for a number that is not known here.</summary>
    /// <param name="cluster">The number.</param>
    public static Cluster? Find(ushort cluster) => ById.GetValueOrDefault(cluster);

    /// <summary>The definition of a frame's command, global or of the cluster; null when it is not known, or is a manufacturer's.</summary>
    /// <param name="cluster">The cluster that the frame is of.</param>
    /// <param name="header">The frame's header.</param>
    public static CommandDefinition? Find(ushort cluster, in ZclHeader header) => header switch
    {
        { Type: ZclFrameType.Global } => GlobalCommands.Find(header.Command),
        { ManufacturerCode: not null } => null,
        _ => Find(cluster)?.Command(header.From, header.Command)?.Definition,
    };
}
