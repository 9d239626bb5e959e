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
    /// <summary>The longest fast poll, in minutes.</summary>
    public const byte MaximumFastPollMinutes = 15;

    private const ushort NoSampling = 0xFFFF;
    private const int MaximumSamplings = 4;
    private const ushort FirstSampling = 16;

    private readonly IReadOnlyDictionary<ushort, GasSeries> _logs = GasUseLogs.Of(state);

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
            0x00 => GasUseServer.GetProfile(ref reader, _logs[GasUseLogs.HalfHours]),
            0x03 => FastPoll(ref reader),
            0x05 => TakeSnapshot(ref reader),
            0x06 => GetSnapshot(ref reader),
            0x07 => StartSampling(ref reader),
            0x08 => GasUseServer.GetSampledData(ref reader, SamplesOf),
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

        ushort id = isPossible ? (ushort)(FirstSampling + samplings.Count - 1) : NoSampling;
        return ClusterReply.With(new ClusterMessage(0x0D, new WireOctets().Word(id).ToArray()));
    }

    // The logs that the meter keeps by itself, then what it was told to sample.
    private GasSeries? SamplesOf(ushort id) => _logs.TryGetValue(id, out GasSeries? log) ? log
        : id >= FirstSampling && id - FirstSampling < State.Settings.Samplings.Count
            ? Sampled(State.Settings.Samplings[id - FirstSampling])
            : null;

    // Whole samples only, oldest first; they begin at the first half hour after the start.
    private GasSeries Sampled(GasSampling sampling)
    {
        MeterLog log = State.History.HalfHours;
        int perSample = (int)(sampling.Interval / GasHistory.HalfHour);
        int row = 0;
        while (row < log.Count && log[row].Stamp - GasHistory.HalfHour < sampling.Start)
        {
            row++;
        }

        List<GasUse> samples = [];
        for (; row + perSample <= log.Count && samples.Count < sampling.Maximum; row += perSample)
        {
            LogRow last = log[row + perSample - 1];
            samples.Add(new GasUse(
                last.Stamp, State.IsClockValid, Enumerable.Range(row, perSample).Sum(part => log[part].Values[0])));
        }

        return new GasSeries(sampling.Interval, () => samples.Count, index => samples[index]);
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

    private static void Long(WireOctets octets, long value) => octets.DoubleWord((uint)value).Word((ushort)(value >> 32));
}
