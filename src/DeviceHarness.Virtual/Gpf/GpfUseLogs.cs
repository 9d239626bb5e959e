using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.Gsme;
using DeviceHarness.Virtual.Logs;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.Clusters;

namespace DeviceHarness.Virtual.Gpf;

/// <summary>The logs of a gas proxy: what it fetched from its meter while that was awake, so that it is as old as the meter's last
/// wake.</summary>
/// <remarks>Source: GBCS as its public drafts have it: a proxy gets by GetSampledData from its meter what it lacks. Each log is in the
/// proxy's own flash; an interval of which the meter has no value is kept as such.</remarks>
internal sealed class GpfUseLogs
{
    private const byte GetSampledData = 0x08;
    private const byte GetSnapshot = 0x06;
    private const byte PublishSnapshot = 0x06;
    private const int MostSamples = 97;
    private const int MostSnapshots = 31;
    private const int SampleOctets = 3;
    private const int SnapshotTimeOffset = 4;
    private const int SnapshotPayloadOffset = 16;
    private const int TierOffset = 24;
    private const int RegisterOctets = 6;
    private const long None = -1;
    private const long DifferenceDm3 = 100;

    private static readonly TimeSpan Noon = TimeSpan.FromHours(12);

    private readonly Dictionary<ushort, (GasSeries Series, MeterLog Log)> _logs;

    /// <summary>Finds in flash what was fetched before.</summary>
    /// <param name="flash">What the proxy kept.</param>
    /// <param name="isDifferent">Whether the half hour that ends at noon is told otherwise than the meter told it.</param>
    /// <exception cref="IOException">The flash cannot be read.</exception>
    public GpfUseLogs(IMeterFlash flash, Func<bool> isDifferent)
    {
        MeterLog halfHours = new("gpf-half-hours", 19_056, 1, flash);
        MeterLog days = new("gpf-day-volumes", 731, 1, flash);
        MeterLog network = new("gpf-network", 41, 1, flash);
        _logs = new()
        {
            [GasUseLogs.HalfHours] = (
                new GasSeries(GasHistory.HalfHour, () => halfHours.Count, index => Told(halfHours[index], isDifferent())), halfHours),
            [GasUseLogs.Days] = (GasUseLogs.Of(TimeSpan.FromDays(1), days), days),
            [GasUseLogs.Network] = (GasUseLogs.Of(GasUseLogs.SixMinutes, network), network),
        };
    }

    /// <summary>Asks the meter, which is awake; null while none is known.</summary>
    public Func<ClusterMessage, ClusterReply>? Meter { get; set; }

    /// <summary>A log by the number of its samples; null for another number.</summary>
    public GasSeries? Find(ushort id) => _logs.TryGetValue(id, out (GasSeries Series, MeterLog Log) log) ? log.Series : null;

    /// <summary>Fetches what the meter noted since the last time, and for a new proxy what it noted before.</summary>
    /// <param name="snapshots">The proxy's snapshots, which a new one begins with those of the meter.</param>
    public void Fetch(MeterLog snapshots)
    {
        if (Meter is not { } meter)
        {
            return;
        }

        foreach ((ushort id, (GasSeries series, MeterLog log)) in _logs)
        {
            while (Fetch(meter, id, series, log))
            {
                // As long as there is more.
            }
        }

        if (snapshots.IsNew)
        {
            foreach (LogRow row in FetchSnapshots(meter).OrderBy(row => row.Stamp))
            {
                snapshots.Enter(row.Stamp, row.IsStampValid, [.. row.Values]);
            }
        }
    }

    private static GasUse Told(LogRow row, bool isDifferent)
    {
        long? dm3 = row.Values[0] == None ? null : row.Values[0];
        return new GasUse(row.Stamp, row.IsStampValid, isDifferent && row.Stamp.TimeOfDay == Noon ? dm3 + DifferenceDm3 : dm3);
    }

    private static bool Fetch(Func<ClusterMessage, ClusterReply> meter, ushort id, GasSeries series, MeterLog log)
    {
        uint earliest = log.Count == 0 ? 0 : ZclTime.FromMoment(log[log.Count - 1].Stamp);
        ClusterReply reply = meter(new ClusterMessage(
            GetSampledData, new WireOctets().Word(id).DoubleWord(earliest).Octet(0).Word(MostSamples).ToArray()));
        CommandReader answer = new(reply.Messages.Count == 1 ? reply.Messages[0].Payload : []);
        _ = answer.Word();
        uint start = answer.DoubleWord();
        _ = answer.Octet();
        _ = answer.Word();
        ushort count = answer.Word();
        if (!answer.IsWhole || answer.Left < count * SampleOctets || ZclTime.ToMoment(start) is not { } begin || start < earliest)
        {
            return false;
        }

        for (int sample = 1; sample <= count; sample++)
        {
            int dm3 = answer.Triple();
            log.Enter(begin + (sample * series.Interval), true, dm3 == 0xFF_FFFF ? None : dm3);
        }

        return count > 0;
    }

    private static IEnumerable<LogRow> FetchSnapshots(Func<ClusterMessage, ClusterReply> meter)
    {
        for (byte offset = 0; offset < MostSnapshots; offset++)
        {
            ClusterReply reply = meter(new ClusterMessage(GetSnapshot, new WireOctets().DoubleWord(0).DoubleWord(ZclTime.Invalid)
                .Octet(offset).DoubleWord(GasSnapshotCauses.General).ToArray()));
            if (reply.Messages is not [{ Command: PublishSnapshot } published]
                || ZclTime.ToMoment(Number(published.Payload, SnapshotTimeOffset)) is not { } time)
            {
                yield break;
            }

            long[] tiers =
            [
                .. Enumerable.Range(0, GasSnapshot.Tiers).Select(tier =>
                    Register(published.Payload, SnapshotPayloadOffset + TierOffset + (tier * RegisterOctets))),
            ];
            GasSnapshot snapshot = new(
                Number(published.Payload, 0), GasSnapshotCauses.General, Register(published.Payload, SnapshotPayloadOffset), tiers, 0,
                [0, 0, 0], 0, 0);
            yield return new LogRow(time, true, snapshot.ToRow());
        }
    }

    private static uint Number(byte[] octets, int offset) => new CommandReader(octets.AsSpan(Math.Min(offset, octets.Length))).DoubleWord();

    private static long Register(byte[] octets, int offset) =>
        new CommandReader(octets.AsSpan(Math.Min(offset, octets.Length))).Long48();
}
