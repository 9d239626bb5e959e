using System.Buffers.Binary;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Virtual.Alerts;
using DeviceHarness.Virtual.Gsme.Clusters;
using DeviceHarness.Virtual.Logs;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.Clusters;
using DeviceHarness.Virtual.ZigBee.Devices;

namespace DeviceHarness.Virtual.Gsme;

/// <summary>The life of a sleepy gas meter on its network: it wakes, reports to its mirror, fetches what waits for it, and
/// sleeps.</summary>
/// <remarks>
/// Source: the mirror of ZigBee Smart Energy, as this harness's ZigBee guide 8.3 sums it up. A pure machine: time and frames in, frames
/// out.
/// Time is the meter's elapsed time. What comes while it sleeps is not heard: whoever hosts it keeps it, as a parent does, or loses it.
/// </remarks>
internal sealed class GasWakeCycle
{
    /// <summary>The endpoint of the hub that makes mirrors and serves time, price and messages.</summary>
    public const byte HubEndpoint = 1;

    private const byte RequestMirror = 0x01;
    private const byte ConfigureMirror = 0x08;
    private const byte GetNotifiedMessage = 0x0B;
    private const byte MirrorCreated = 0x01;
    private const byte MirrorRemoved = 0x02;
    private const byte MirrorReported = 0x09;
    private const byte ReadAttributes = 0x00;
    private const byte ReadResponse = 0x01;
    private const byte NotificationScheme = 0x02;

    private const int StormAlerts = 40;

    private const uint NewFirmware = 0x0000_0001;
    private const uint SetTime = 0x0000_0004;
    private const uint StayAwake = 0x0000_0030;
    private const uint StaticBasic = 0x0000_1000;
    private const uint StaticMetering = 0x0000_2000;
    private const uint StaticPrepayment = 0x0000_4000;
    private const uint Messages = 0x0003_0000;
    private const uint Fetched = 0x00DC_0000;

    private readonly GasMeterState _state;
    private readonly GasEndpoint _endpoint;
    private readonly GasReports _reports;
    private TimeSpan _awakeSince;
    private TimeSpan _awakeUntil;
    private bool _isAwake;
    private bool _wantsTime;

    /// <summary>A meter that sleeps until it first wakes, one period after now.</summary>
    public GasWakeCycle(GasEndpoint endpoint)
    {
        _endpoint = endpoint;
        _state = endpoint.State;
        _reports = new GasReports(endpoint);
        NextWake = _state.Clock.Elapsed + _state.Model.Wake.Every;
    }

    /// <summary>The endpoint.</summary>
    public GasEndpoint Endpoint => _endpoint;

    /// <summary>When it wakes next by itself.</summary>
    public TimeSpan NextWake { get; private set; }

    /// <summary>When <see cref="Advance"/> is due.</summary>
    public TimeSpan NextDue => _isAwake && SleepsAt < NextWake ? SleepsAt : NextWake;

    /// <summary>Whether it listens.</summary>
    public bool IsAwake => _isAwake;

    /// <summary>How often it woke.</summary>
    public int Wakes { get; private set; }

    /// <summary>How many frames came while it slept.</summary>
    public int Unheard { get; private set; }

    /// <summary>Whether the hub said that new firmware waits; whoever fetches it takes this back.</summary>
    public bool HasFirmwareNotice { get; set; }

    private TimeSpan SleepsAt => _state.FastPollUntil is TimeSpan until && until > _awakeUntil ? until : _awakeUntil;

    /// <summary>Whether it will listen at a moment, as far as it knows now.</summary>
    /// <param name="at">The moment, as elapsed time.</param>
    public bool IsListeningAt(TimeSpan at) => at >= NextWake || (_isAwake && at < SleepsAt);

    /// <summary>It came into a network: it wakes at once, and asks for the time, whatever it believes.</summary>
    public void WakeNow()
    {
        _wantsTime = true;
        NextWake = _state.Clock.Elapsed;
    }

    /// <summary>It listens for another reason than a wake, such as firmware that it fetches; nothing is reported.</summary>
    public void Rouse()
    {
        if (!_isAwake)
        {
            TimeSpan now = _state.Clock.Elapsed;
            (_isAwake, _awakeSince, _awakeUntil) = (true, now, now);
        }
    }

    /// <summary>Wakes or falls asleep when that is due.</summary>
    /// <returns>What it sends.</returns>
    public IReadOnlyList<HanMessage> Advance()
    {
        _state.Settle();
        TimeSpan now = _state.Clock.Elapsed;
        if (_isAwake && now >= SleepsAt)
        {
            _state.Battery.StayAwake(SleepsAt - _awakeSince);
            _state.FastPollUntil = null;
            _isAwake = false;
        }

        if (now < NextWake || _state.Battery.IsEmpty)
        {
            return [];
        }

        while (NextWake <= now)
        {
            NextWake += _state.Model.Wake.Every;
        }

        return Wake();
    }

    /// <summary>A frame came.</summary>
    /// <param name="aps">Its addressing.</param>
    /// <param name="frame">The frame.</param>
    /// <returns>What the meter sends.</returns>
    public IReadOnlyList<HanMessage> Receive(EmberApsFrame aps, byte[] frame)
    {
        if (!_isAwake)
        {
            Unheard++;
            return [];
        }

        Listen(_state.Model.Wake.Listens);
        if (frame.Length >= 3 && aps.Cluster == _endpoint.Metering.Id && frame[0] is 0x01 or 0x11
            && frame[2] is MirrorCreated or MirrorRemoved or MirrorReported && (aps.Options & EmberApsOptions.Encryption) != 0)
        {
            return OnMirror(aps.SourceEndpoint, frame[2], frame.AsSpan(3));
        }

        if (frame.Length >= 3 && aps.Cluster == _endpoint.Time.Id && frame[0] is 0x08 or 0x18 && frame[2] == ReadResponse)
        {
            TakeTime(frame.AsSpan(3));
            return [];
        }

        return [.. _endpoint.Answer(aps, frame).Select(answer => new HanMessage(aps.Cluster, aps.SourceEndpoint, answer))];
    }

    private List<HanMessage> Wake()
    {
        Wakes++;
        Rouse();
        Listen(_state.Model.Wake.Listens);
        List<HanMessage> sent = [];
        if (_wantsTime || !_state.IsClockValid)
        {
            _wantsTime = false;
            sent.Add(AskTime());
        }

        if (_state.Settings.MirrorEndpoint is not byte mirror)
        {
            sent.Add(OfMetering(RequestMirror));
            return sent;
        }

        if (_state.Has(GasDefects.ReportLost) && Wakes % 2 == 0)
        {
            return sent;
        }

        sent.AddRange(_reports.Changing(mirror));
        foreach (DeviceAlert alert in Alerts())
        {
            ClusterMessage told = EventsCluster.Publish(alert);
            sent.Add(new HanMessage(0x0709, mirror, _endpoint.Own(isGlobal: false, isOfServer: true, told.Command, told.Payload)));
        }

        return sent;
    }

    private IEnumerable<DeviceAlert> Alerts()
    {
        while (_state.Alerts.TryTake(out DeviceAlert alert))
        {
            yield return alert;
        }

        if (_state.Has(GasDefects.AlertStorm))
        {
            DeviceAlert made = new(0, _state.Now, _state.IsClockValid, EventCode.CoverRemoved);
            foreach (DeviceAlert again in Enumerable.Repeat(made, StormAlerts))
            {
                yield return again;
            }
        }
    }

    private List<HanMessage> OnMirror(byte sender, byte command, ReadOnlySpan<byte> payload)
    {
        _endpoint.Log?.Told(_endpoint.Metering.Id, sender, command, payload, ZclStatus.Success);
        switch (command)
        {
            case MirrorCreated when WireOctets.WordAt(payload, 0) is ushort made and > 0 and < byte.MaxValue:
                _state.Settings.MirrorEndpoint = (byte)made;
                _state.Save();
                return [Configure(), .. _reports.Fixed((byte)made), .. _reports.Changing((byte)made)];
            case MirrorRemoved:
                _state.Settings.MirrorEndpoint = null;
                _state.Save();
                return [];
            case MirrorReported when payload.Length > 0:
                return Fetch(payload[0], payload[1..]);
            default:
                return [];
        }
    }

    // The first word are the functional flags; of the others the commands themselves are asked for.
    private List<HanMessage> Fetch(byte scheme, ReadOnlySpan<byte> flags)
    {
        List<HanMessage> sent = [];
        for (int word = 0; flags.Length >= sizeof(uint); word++, flags = flags[sizeof(uint)..])
        {
            uint pending = BinaryPrimitives.ReadUInt32LittleEndian(flags);
            uint asked = word == 0 ? pending & Fetched : pending;
            if (word == 0)
            {
                Follow(pending, sent);
            }

            if (asked != 0)
            {
                sent.Add(OfMetering(
                    GetNotifiedMessage, new WireOctets().Octet(scheme).Word((ushort)word).DoubleWord(asked).ToArray()));
            }
        }

        return sent;
    }

    private void Follow(uint pending, List<HanMessage> sent)
    {
        HasFirmwareNotice |= (pending & NewFirmware) != 0;
        if ((pending & StayAwake) != 0)
        {
            Listen(_state.Model.Wake.StaysAwake);
        }

        if ((pending & SetTime) != 0)
        {
            sent.Add(AskTime());
        }

        if ((pending & Messages) != 0)
        {
            sent.Add(new HanMessage(
                _endpoint.Messaging.Id, HubEndpoint, _endpoint.Own(isGlobal: false, isOfServer: false, ReadAttributes)));
        }

        if (_state.Settings.MirrorEndpoint is byte mirror)
        {
            sent.AddRange((pending & StaticBasic) != 0 ? _reports.FixedOf(_endpoint.Basic.Id, mirror) : []);
            sent.AddRange((pending & StaticMetering) != 0 ? _reports.FixedOf(_endpoint.Metering.Id, mirror) : []);
            sent.AddRange((pending & StaticPrepayment) != 0 ? _reports.FixedOf(_endpoint.Prepayment.Id, mirror) : []);
        }
    }

    private void TakeTime(ReadOnlySpan<byte> payload)
    {
        IReadOnlyDictionary<ushort, ZclData> values = AttributeRecords.OfAnswer(payload);
        if (values.TryGetValue(TimeCluster.TimeAttribute, out ZclData? time)
            && values.TryGetValue(TimeCluster.StatusAttribute, out ZclData? worth))
        {
            _endpoint.Time.TryTake(time, worth);
        }
    }

    private void Listen(TimeSpan time)
    {
        TimeSpan until = _state.Clock.Elapsed + time;
        _awakeUntil = until > _awakeUntil ? until : _awakeUntil;
    }

    private HanMessage Configure()
    {
        int seconds = (int)_state.Model.Wake.Every.TotalSeconds;
        return OfMetering(ConfigureMirror, new WireOctets().DoubleWord(1)
            .Word((ushort)seconds).Octet((byte)(seconds >> 16)).Octet(1).Octet(NotificationScheme).ToArray());
    }

    private HanMessage AskTime() => new(
        _endpoint.Time.Id, HubEndpoint, _endpoint.Own(
            isGlobal: true, isOfServer: false, ReadAttributes,
            new WireOctets().Word(TimeCluster.TimeAttribute).Word(TimeCluster.StatusAttribute).ToArray()));

    private HanMessage OfMetering(byte command, params byte[] payload) =>
        new(_endpoint.Metering.Id, HubEndpoint, _endpoint.Own(isGlobal: false, isOfServer: true, command, payload));
}
