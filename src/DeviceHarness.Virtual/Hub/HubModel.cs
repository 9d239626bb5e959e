using System.Collections.Frozen;
using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual.Hub;

/// <summary>One virtual comms hub: everything about it that is not in code.</summary>
public sealed record HubModel : VirtualDeviceModel
{
    /// <summary>The most devices that its log holds.</summary>
    public const int MaximumDevices = 16;

    /// <summary>The defects that show in a hub, by name; the others are a meter's.</summary>
    public static IReadOnlyDictionary<string, EsmeDefects> DefectNames { get; } = EsmeDefectNames.All
        .Where(defect => defect.Value is EsmeDefects.NoAnswer or EsmeDefects.LateAnswer or EsmeDefects.FcsGarbled
            or EsmeDefects.RlreWrongLength or EsmeDefects.BlockNumberOff or EsmeDefects.EmptyRangeError or EsmeDefects.StuckVersion
            or EsmeDefects.EventMissing or EsmeDefects.AlertLost
            or EsmeDefects.VerifyFails or EsmeDefects.ActivationLies or EsmeDefects.WrongImageAccepted)
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The EUI-64 of its comms hub function, the first octet in the highest eight bits.</summary>
    public required ulong Identifier { get; init; }

    /// <summary>The manufacturer, 1 to 30 characters. Made up.</summary>
    public string Manufacturer { get; init; } = "DHV";

    /// <summary>The model, 1 to 30 characters. Made up.</summary>
    public string ModelName { get; init; } = "VH-1";

    /// <summary>How far its clock is ahead of true time (behind when negative).</summary>
    public TimeSpan ClockOffset { get; init; } = TimeSpan.Zero;

    /// <summary>After so long without supply it tells of an outage.</summary>
    public TimeSpan OutageAlertAfter { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How long after its start it needs until it is on the wide area network.</summary>
    public TimeSpan WanRegistrationTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The network that it registers with, 1 to 16 characters. Made up.</summary>
    public string WanOperator { get; init; } = "TESTNET";

    /// <summary>What it receives of it, in dBm (-128 to 0).</summary>
    public int WanSignalDecibelMilliwatts { get; init; } = -85;

    /// <summary>The devices in its log when it is switched on for the first time; when each was heard last counts from then.</summary>
    public IReadOnlyList<HanDevice> Devices { get; init; } = [];

    /// <summary>Those of them that take firmware through it.</summary>
    public IReadOnlyList<HanFirmware> Firmware { get; init; } = [];
}
