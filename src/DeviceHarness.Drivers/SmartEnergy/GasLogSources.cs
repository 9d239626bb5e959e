using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Errors;

namespace DeviceHarness.Drivers.SmartEnergy;

/// <summary>Where a model of gas meter keeps its logs: <c>logs</c> of its profile.</summary>
/// <remarks>The commands, the numbers of the samples, the cause and how many are asked for at once are those of the DCC's public test
/// messages of SRV 4.6.1, 4.8.1, 4.10 and 4.17; that a SMETS1 meter has them is an assumption. The capacities are the most that an answer
/// of the service holds; that a network data log has an entry for six minutes is of the later SMETS; that the time of a sample is the
/// beginning of its interval is an assumption.</remarks>
public sealed record GasLogSources
{
    private const long MaximumCauses = 0xFFFF_FFFF;

    private static readonly Dictionary<string, GasLogMeans> Means = new()
    {
        ["none"] = GasLogMeans.None,
        ["snapshots"] = GasLogMeans.Snapshots,
        ["profile"] = GasLogMeans.Profile,
        ["sampled-data"] = GasLogMeans.SampledData,
    };

    private static readonly Dictionary<string, bool> Times = new() { ["beginning"] = false, ["end"] = true };

    private static readonly Dictionary<string, GasLogMeans> OfDays =
        Means.Where(one => one.Value is GasLogMeans.None or GasLogMeans.Snapshots).ToDictionary();

    private static readonly Dictionary<string, GasLogMeans> OfIntervals =
        Means.Where(one => one.Value is not GasLogMeans.Snapshots).ToDictionary();

    /// <summary>What holds where a profile says nothing else.</summary>
    public static GasLogSources Default { get; } = new();

    /// <summary>The registers of each day (SRV 4.6.1).</summary>
    public GasLogSource DailyReadLog { get; init; } = new() { By = GasLogMeans.Snapshots, Causes = 1, Capacity = 31 };

    /// <summary>The gas of each half hour (SRV 4.8.1).</summary>
    public GasLogSource ImportProfile { get; init; } = Samples(0, TimeSpan.FromMinutes(30), 19_056);

    /// <summary>The gas of each six minutes (SRV 4.10).</summary>
    public GasLogSource NetworkDataLog { get; init; } = Samples(2, TimeSpan.FromMinutes(6), 41);

    /// <summary>The gas of each day (SRV 4.17).</summary>
    public GasLogSource DailyConsumptionLog { get; init; } = Samples(1, TimeSpan.FromDays(1), 731);

    /// <summary>Reads the part of a profile.</summary>
    /// <param name="node">The mapping; null when the profile has none.</param>
    /// <exception cref="ConfigurationException">A key is unknown, or a value is not allowed.</exception>
    internal static GasLogSources Read(ConfigurationNode? node)
    {
        if (node is null)
        {
            return Default;
        }

        GasLogSources read = new()
        {
            DailyReadLog = ReadDays(node.Find("daily-read-log"), Default.DailyReadLog),
            ImportProfile = ReadIntervals(node.Find("import-profile"), Default.ImportProfile),
            NetworkDataLog = ReadIntervals(node.Find("network-data-log"), Default.NetworkDataLog),
            DailyConsumptionLog = ReadIntervals(node.Find("daily-consumption-log"), Default.DailyConsumptionLog),
        };
        node.RejectOtherKeys();
        return read;
    }

    private static int MostAtOnce(GasLogMeans means) =>
        means == GasLogMeans.Profile ? GasLogSource.MaximumIntervalsAtOnce : GasLogSource.MaximumSamplesAtOnce;

    private static GasLogSource Samples(ushort id, TimeSpan interval, int capacity) => new()
    {
        By = GasLogMeans.SampledData,
        SampleId = id,
        Interval = interval,
        Capacity = capacity,
    };

    private static GasLogSource ReadDays(ConfigurationNode? node, GasLogSource standard)
    {
        if (node is null)
        {
            return standard;
        }

        GasLogSource read = standard with
        {
            By = node.Require("by").AsOneOf(OfDays),
            Causes = (uint)(node.Find("causes")?.AsInteger(1, MaximumCauses) ?? standard.Causes),
            Capacity = CapacityOf(node, standard),
        };
        node.RejectOtherKeys();
        return read;
    }

    private static GasLogSource ReadIntervals(ConfigurationNode? node, GasLogSource standard)
    {
        if (node is null)
        {
            return standard;
        }

        GasLogMeans means = node.Require("by").AsOneOf(OfIntervals);
        GasLogSource read = standard with
        {
            By = means,
            SampleId = (ushort)(node.Find("sample-id")?.AsInteger(0, ushort.MaxValue) ?? standard.SampleId),
            Interval = node.Find("interval")?.AsDuration(TimeSpan.FromMinutes(1), TimeSpan.FromHours(24)) ?? standard.Interval,
            Capacity = CapacityOf(node, standard),
            AtOnce = (int)(node.Find("at-once")?.AsInteger(1, MostAtOnce(means)) ?? standard.AtOnce),
            IsTimedByEnd = node.Find("times")?.AsOneOf(Times) ?? standard.IsTimedByEnd,
        };
        node.RejectOtherKeys();
        return read;
    }

    private static int CapacityOf(ConfigurationNode node, GasLogSource standard) =>
        (int)(node.Find("capacity")?.AsInteger(1, GasLogSource.MaximumCapacity) ?? standard.Capacity);
}
