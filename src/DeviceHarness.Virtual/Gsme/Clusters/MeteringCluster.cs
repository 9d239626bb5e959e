using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Logs;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.Clusters;

namespace DeviceHarness.Virtual.Gsme.Clusters;

/// <summary>The Metering server of a gas meter.</summary>
/// <remarks>Source: ZigBee Smart Energy, Metering cluster, as this harness's ZigBee guide 8.3 sums it up. The layout of a snapshot's
/// payload and the two confirmations of a snapshot are an assumption of the harness: the guide does not give them.</remarks>
internal sealed class MeteringCluster(GasMeterState state) : GasCluster(state)
{
    /// <summary>The most periods that a profile answer holds, so that it fits one frame.</summary>
    public const int MaximumPeriods = 18;

    /// <summary>The longest fast poll, in minutes.</summary>
    public const byte MaximumFastPollMinutes = 15;

    private const byte HalfHourPeriod = 2;
    private const ushort NoSampling = 0xFFFF;
    private const int MaximumSamplings = 4;
    private const int MaximumSamples = 18;

    /// <inheritdoc/>
    public override ushort Id => 0x0702;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<ushort, Func<ZclData>> Attributes { get; } = MeteringAttributes.Of(state);

    /// <inheritdoc/>
    public override ClusterReply Serve(ClusterMessage message)
    {
        State.Settle();
        CommandReader reader = new(message.Payload);
        return message.Command switch
        {
            0x00 => GetProfile(ref reader),
            0x03 => FastPoll(ref reader),
            0x05 => TakeSnapshot(ref reader),
            0x06 => GetSnapshot(ref reader),
            0x07 => StartSampling(ref reader),
            0x08 => GetSampledData(ref reader),
            0x0B => ChangeSupply(ref reader),
            0x0C => LocalChangeSupply(ref reader),
            0x0D => SetSupplyStatus(ref reader),
            _ => ClusterReply.Unknown,
        };
    }

    /// <summary>The supply status of a valve: 00 off, 01 armed, 02 on.</summary>
    public static byte StatusOf(SupplyState valve) => valve switch
    {
        SupplyState.Disconnected => 0x00,
        SupplyState.ReadyForReconnection => 0x01,
        _ => 0x02,
    };

    private ClusterReply GetProfile(ref CommandReader reader)
    {
        byte channel = reader.Octet();
        uint end = reader.DoubleWord();
        byte count = reader.Octet();
        if (!reader.IsWhole)
        {
            return ClusterReply.Malformed;
        }

        MeterLog log = State.History.HalfHours;
        List<LogRow> found = [];
        for (int row = log.Count - 1; row >= 0 && found.Count < Math.Min(count, (byte)MaximumPeriods); row--)
        {
            if (end == ZclTime.Now || ZclTime.FromMoment(log[row].Stamp) <= end)
            {
                found.Add(log[row]);
            }
        }

        byte status = channel == 1 ? (byte)2 : channel > 1 ? (byte)1 : found.Count == 0 ? (byte)5
            : count > MaximumPeriods ? (byte)4 : (byte)0;
        found = channel == 0 ? found : [];
        WireOctets answer = new WireOctets()
            .DoubleWord(found.Count == 0 ? end : TimeOf(found[0].Stamp, found[0].IsStampValid))
            .Octet(status).Octet(HalfHourPeriod).Octet((byte)found.Count);
        foreach (LogRow row in found)
        {
            Triple(answer, row.Values[0]);
        }

        return ClusterReply.With(new ClusterMessage(0x00, answer.ToArray()));
    }

    private ClusterReply FastPoll(ref CommandReader reader)
    {
        byte period = Math.Max(reader.Octet(), State.Model.Wake.FastPollSeconds);
        byte minutes = Math.Min(reader.Octet(), MaximumFastPollMinutes);
        if (!reader.IsWhole)
        {
            return ClusterReply.Malformed;
        }

        TimeSpan length = TimeSpan.FromMinutes(minutes);
        State.FastPollUntil = State.Clock.Elapsed + length;
        uint end = TimeOf(State.Now + length, State.IsClockValid);
        return ClusterReply.With(new ClusterMessage(0x03, new WireOctets().Octet(period).DoubleWord(end).ToArray()));
    }

    private ClusterReply TakeSnapshot(ref CommandReader reader)
    {
        uint cause = reader.DoubleWord();
        if (!reader.IsWhole)
        {
            return ClusterReply.Malformed;
        }

        bool isKnown = (cause & GasSnapshotCauses.Known) != 0;
        uint id = isKnown ? State.TakeSnapshot(cause | GasSnapshotCauses.Manual) : 0;
        byte confirmation = isKnown ? (byte)0 : (byte)1;
        return ClusterReply.With(new ClusterMessage(0x05, new WireOctets().DoubleWord(id).Octet(confirmation).ToArray()));
    }

    private ClusterReply GetSnapshot(ref CommandReader reader)
    {
        if (SnapshotChoice.TryFind(ref reader, State.History.Snapshots) is not { } found)
        {
            return reader.IsWhole ? ClusterReply.Of(ZclStatus.NotFound) : ClusterReply.Malformed;
        }

        return ClusterReply.With(found.OfMetering());
    }

    private ClusterReply StartSampling(ref CommandReader reader)
    {
        _ = reader.DoubleWord();
        DateTimeOffset start = MomentOf(reader.DoubleWord());
        byte type = reader.Octet();
        TimeSpan interval = TimeSpan.FromSeconds(reader.Word());
        ushort maximum = reader.Word();
        if (!reader.IsWhole)
        {
            return ClusterReply.Malformed;
        }

        List<GasSampling> samplings = State.Settings.Samplings;
        bool isPossible = type == 0 && interval > TimeSpan.Zero && interval.Ticks % GasHistory.HalfHour.Ticks == 0
            && samplings.Count < MaximumSamplings && start != DateTimeOffset.MaxValue;
        if (isPossible)
        {
            samplings.Add(new GasSampling(start, interval, maximum));
            State.Save();
        }

        ushort id = isPossible ? (ushort)samplings.Count : NoSampling;
        return ClusterReply.With(new ClusterMessage(0x0D, new WireOctets().Word(id).ToArray()));
    }

    private ClusterReply GetSampledData(ref CommandReader reader)
    {
        ushort id = reader.Word();
        uint earliest = reader.DoubleWord();
        byte type = reader.Octet();
        ushort count = reader.Word();
        if (!reader.IsWhole)
        {
            return ClusterReply.Malformed;
        }

        if (id == 0 || id > State.Settings.Samplings.Count || type != 0)
        {
            return ClusterReply.Of(ZclStatus.NotFound);
        }

        GasSampling sampling = State.Settings.Samplings[id - 1];
        List<(DateTimeOffset Start, long Dm3)> samples = [.. Samples(sampling)
            .Where(sample => ZclTime.FromMoment(sample.Start) >= earliest).Take(Math.Min(count, (ushort)MaximumSamples))];
        if (samples.Count == 0)
        {
            return ClusterReply.Of(ZclStatus.NotFound);
        }

        WireOctets answer = new WireOctets().Word(id).DoubleWord(TimeOf(samples[0].Start, State.IsClockValid)).Octet(0)
            .Word((ushort)sampling.Interval.TotalSeconds).Word((ushort)samples.Count);
        foreach ((DateTimeOffset _, long dm3) in samples)
        {
            Triple(answer, dm3);
        }

        return ClusterReply.With(new ClusterMessage(0x07, answer.ToArray()));
    }

    // Whole samples only, oldest first; they begin at the first half hour after the start.
    private List<(DateTimeOffset Start, long Dm3)> Samples(GasSampling sampling)
    {
        MeterLog log = State.History.HalfHours;
        int perSample = (int)(sampling.Interval / GasHistory.HalfHour);
        int row = 0;
        while (row < log.Count && log[row].Stamp - GasHistory.HalfHour < sampling.Start)
        {
            row++;
        }

        List<(DateTimeOffset, long)> samples = [];
        for (; row + perSample <= log.Count && samples.Count < sampling.Maximum; row += perSample)
        {
            long dm3 = 0;
            for (int part = 0; part < perSample; part++)
            {
                dm3 += log[row + part].Values[0];
            }

            samples.Add((log[row].Stamp - GasHistory.HalfHour, dm3));
        }

        return samples;
    }

    private ClusterReply ChangeSupply(ref CommandReader reader)
    {
        uint provider = reader.DoubleWord();
        uint issuer = reader.DoubleWord();
        _ = reader.DoubleWord();
        uint time = reader.DoubleWord();
        byte status = reader.Octet();
        byte control = reader.Octet();
        if (!reader.IsWhole)
        {
            return ClusterReply.Malformed;
        }

        if (time == ZclTime.Invalid)
        {
            State.Settings.Planned.RemoveAll(change => change.Kind == GasChange.Supply);
            State.Save();
            return ClusterReply.Done;
        }

        // A gas meter opens its valve for nobody but the consumer.
        if (status > 1 && !(status == 2 && State.Valve == SupplyState.Connected))
        {
            State.Enter(EventCode.CommandNotDone);
            return ClusterReply.Of(status > 2 ? ZclStatus.InvalidField : ZclStatus.Failure);
        }

        SupplyState target = status switch
        {
            0 => SupplyState.Disconnected,
            1 => SupplyState.ReadyForReconnection,
            _ => SupplyState.Connected,
        };
        State.Plan(new DatedGasChange(GasChange.Supply, MomentOf(time), (long)target));
        if ((control & 1) == 0)
        {
            return ClusterReply.Done;
        }

        WireOctets answer = new WireOctets().DoubleWord(provider).DoubleWord(issuer)
            .DoubleWord(time == ZclTime.Now ? TimeNow() : time).Octet(StatusOf(State.Valve));
        return ClusterReply.With(new ClusterMessage(0x0C, answer.ToArray()));
    }

    private ClusterReply LocalChangeSupply(ref CommandReader reader)
    {
        byte status = reader.Octet();
        return !reader.IsWhole ? ClusterReply.Malformed
            : status == 2 ? ClusterReply.Of(State.Valve == SupplyState.Connected || State.TryOpenByHand())
            : status == 1 ? ClusterReply.Of(State.Valve != SupplyState.Disconnected
                && State.TryMoveValve(SupplyState.ReadyForReconnection))
            : ClusterReply.Of(ZclStatus.InvalidField);
    }

    private ClusterReply SetSupplyStatus(ref CommandReader reader)
    {
        _ = reader.DoubleWord();
        byte tamper = reader.Octet();
        byte depletion = reader.Octet();
        byte flow = reader.Octet();
        byte limit = reader.Octet();
        if (!reader.IsWhole)
        {
            return ClusterReply.Malformed;
        }

        if (Math.Max(Math.Max(tamper, depletion), Math.Max(flow, limit)) > GasSettings.Unchanged)
        {
            return ClusterReply.Of(ZclStatus.InvalidField);
        }

        GasSettings settings = State.Settings;
        (settings.TamperState, settings.DepletionState, settings.UncontrolledFlowState) = (tamper, depletion, flow);
        State.Save();
        return ClusterReply.Done;
    }

    private static void Triple(WireOctets octets, long value) => octets.Word((ushort)value).Octet((byte)(value >> 16));

    private static void Long(WireOctets octets, long value) => octets.DoubleWord((uint)value).Word((ushort)(value >> 32));
}
