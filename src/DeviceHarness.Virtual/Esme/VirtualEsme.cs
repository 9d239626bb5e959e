using System.Globalization;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Virtual.Alerts;
using DeviceHarness.Virtual.Application;
using DeviceHarness.Virtual.Commands;
using DeviceHarness.Virtual.Firmware;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.Links;
using DeviceHarness.Virtual.Links.Optical;
using DeviceHarness.Virtual.Logs;
using DeviceHarness.Virtual.Supply;

namespace DeviceHarness.Virtual.Esme;

/// <summary>A virtual ESME: link, application and the inside of the meter, and the pump that puts them on a line.</summary>
/// <remarks>Safe for use from any thread: a host may plant defects, press the button and look inside while the pump runs. One pump at a
/// time;
/// stopping and starting it again loses the link and nothing else.</remarks>
public sealed class VirtualEsme : ILineDevice
{
    // What the bench does to the meter while its pump waits for octets is noticed after so long, when it is to be pushed.
    private static readonly TimeSpan PushLookInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly EsmeState _meter;
    private readonly IServerLink _link;
    private readonly string _run = Guid.NewGuid().ToString("N");
    private readonly TimeProvider? _linkTime;
    private readonly long _linkStart;

    /// <summary>Switches a meter on.</summary>
    /// <param name="name">Its name in the rig file, for the command log.</param>
    /// <param name="model">What it is.</param>
    /// <param name="timeProvider">What makes its time run.</param>
    /// <param name="log">Keeps what clients make it do; null keeps nothing.</param>
    /// <param name="flash">What it keeps without power; null for a meter that was never on and forgets with the process.</param>
    /// <param name="random">Where challenges come from; null for the platform's cryptographic source.</param>
    /// <param name="linkTime">What measures the time-outs of its link, where its own time runs otherwise; null for the same.</param>
    /// <exception cref="IOException">The flash cannot be read or written.</exception>
    public VirtualEsme(
        string name, EsmeModel model, TimeProvider timeProvider, ICommandLog? log = null, IMeterFlash? flash = null,
        RandomOctets? random = null, TimeProvider? linkTime = null)
    {
        Name = name;
        _linkTime = linkTime;
        _linkStart = linkTime?.GetTimestamp() ?? 0;
        _meter = new EsmeState(model, timeProvider, flash);
        ServerLinkOptions link = model.Link with { MaximumApduOctets = model.PduOctets };
        CosemServer server = new(name, _meter, log ?? NoCommandLog.Instance, random);
        _link = LinkOf(link, server);
        _meter.IsWatched = model.Push is not null;
    }

    /// <summary>The name in the rig file.</summary>
    public string Name { get; }

    /// <summary>The defects that are planted; may be changed at any time.</summary>
    public EsmeDefects Defects
    {
        get => _meter.Defects;
        set => _meter.Defects = value;
    }

    /// <summary>The supply that the meter gives to the comms hub on it, whatever the meter says.</summary>
    public SupplyFeed HubSupply => _meter.HubSupply;

    /// <summary>What an input at one of the meter's terminals sees, whatever the meter or a relay says.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <returns>The changes so far; stamps count from when the meter was made.</returns>
    public SupplyReading Sense(SupplyTerminal terminal)
    {
        lock (_gate)
        {
            // A restart that is due takes the hub's supply away now, whether or not the pump has noticed.
            RunDue();
            SupplyFeed feed = terminal == SupplyTerminal.Mains ? _meter.MainsSupply : _meter.HubSupply;
            DateTimeOffset now = _meter.Clock.TrueTime;
            return feed.ReadAt(_run, now, now - _meter.Clock.Elapsed);
        }
    }

    /// <summary>What the link saw since the meter was switched on.</summary>
    public ServerLinkCounters Counters
    {
        get
        {
            lock (_gate)
            {
                return _link.Counters;
            }
        }
    }

    /// <summary>The true state of the supply, whatever the meter says.</summary>
    public SupplyState Supply
    {
        get
        {
            lock (_gate)
            {
                _meter.Settle();
                return _meter.Supply.State;
            }
        }
    }

    /// <summary>The true registers as of now, whatever the meter says.</summary>
    public EnergyTotals Totals
    {
        get
        {
            lock (_gate)
            {
                return _meter.Settle().Totals;
            }
        }
    }

    /// <summary>What the meter believes the time to be, UTC.</summary>
    public DateTimeOffset Clock
    {
        get
        {
            lock (_gate)
            {
                return _meter.Clock.Now;
            }
        }
    }

    /// <summary>The firmware version that truly runs, whatever the meter says.</summary>
    public string FirmwareVersion
    {
        get
        {
            lock (_gate)
            {
                return _meter.FirmwareVersion;
            }
        }
    }

    /// <summary>How far an image transfer has truly come.</summary>
    public ImageTransferStatus ImageStatus
    {
        get
        {
            lock (_gate)
            {
                return _meter.Image.Status;
            }
        }
    }

    /// <summary>How many key rotations it carried out and did not confirm, as the defect wants it.</summary>
    public int UnconfirmedRotations
    {
        get
        {
            lock (_gate)
            {
                return _meter.Security.Unconfirmed;
            }
        }
    }

    /// <summary>Whether the meter runs: it does not without power, nor while it restarts.</summary>
    public bool IsRunning
    {
        get
        {
            lock (_gate)
            {
                return RunDue();
            }
        }
    }

    /// <summary>The bench takes the meter's power away: the line is dead until <see cref="PowerOn"/>.</summary>
    public void PowerOff()
    {
        lock (_gate)
        {
            _meter.PowerOff(duration: null);
            _link.Reset();
        }
    }

    /// <summary>The bench gives the meter its power back: what was in flash is there again, the link is not.</summary>
    public void PowerOn()
    {
        lock (_gate)
        {
            _meter.PowerOn();
        }
    }

    /// <summary>The consumer presses the button that connects an armed supply.</summary>
    /// <returns>Whether the supply was armed, and so is connected now.</returns>
    public bool PressReconnectButton()
    {
        lock (_gate)
        {
            _meter.Settle();
            bool isConnected = _meter.Supply.TryManualReconnect();
            _meter.Keep();
            return isConnected;
        }
    }

    /// <summary>The alerts that the meter has to tell; taking one takes it from whoever else pushes.</summary>
    public IAlertSource Alerts => _meter.Alerts;

    /// <summary>Whether it tells its alerts by itself, runs, and has one to tell.</summary>
    public bool IsTelling
    {
        get
        {
            lock (_gate)
            {
                return _meter.Model.Push is not null && _meter.Power.IsRunning && _meter.Alerts.Count > 0;
            }
        }
    }

    /// <summary>Somebody pushes the meter's alerts: from now on it looks at its limits by itself, once a minute.</summary>
    public void WatchAlerts()
    {
        lock (_gate)
        {
            _meter.IsWatched = true;
        }
    }

    /// <summary>The true meter balance in thousandths of a penny as of now.</summary>
    public long BalanceMillipence => Look(engines => engines.Account.Balance);

    /// <summary>The rate that truly counts now, from 1.</summary>
    public int ActiveRate => Look(engines => engines.Tariff.Rate);

    /// <summary>The message that the display shows the consumer; empty when there is none.</summary>
    public string ConsumerMessage => Look(_ => _meter.Settings.Message);

    /// <summary>The true states of the auxiliary loads, load 1 first: whether each is on.</summary>
    public IReadOnlyList<bool> AuxiliaryLoads =>
        Look<IReadOnlyList<bool>>(engines => [.. engines.Auxiliary.Loads.Select(load => load.IsClosed)]);

    /// <summary>The consumer presses a boost button.</summary>
    /// <param name="button">The button, from 1.</param>
    /// <returns>Whether it turned anything on.</returns>
    public bool PressBoostButton(int button) => Act(engines => engines.Auxiliary.PressBoost(button));

    /// <summary>The consumer enters a token at the meter.</summary>
    /// <param name="digits">The digits.</param>
    /// <returns>Whether its credit is there.</returns>
    public bool EnterToken(string digits) =>
        Act(engines => engines.Tokens.Enter(digits, delivery: 2) == Codecs.Dlms.ActionResult.Success);

    /// <summary>The consumer activates the emergency credit at the meter.</summary>
    /// <returns>Whether it may be activated now.</returns>
    public bool PressEmergencyButton() => Act(engines => engines.Account.TryActivateEmergency());

    /// <summary>The bench loads the meter with more than its house.</summary>
    /// <param name="watts">The additional power, in watts (0 to 100,000).</param>
    public void SetBenchLoad(int watts)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(watts);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(watts, LoadProfileOptions.MaximumWatts);
        lock (_gate)
        {
            _meter.Settle();
            _meter.BenchLoadWatts = watts;
            _meter.Settle();
        }
    }

    /// <summary>The bench forces the voltage.</summary>
    /// <param name="decivolts">In tenths of a volt (0 to 4,000); null leaves it to the network.</param>
    public void SetBenchVoltage(int? decivolts)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(decivolts ?? 0, nameof(decivolts));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decivolts ?? 0, 4_000, nameof(decivolts));
        lock (_gate)
        {
            _meter.ForceVoltage(decivolts);
        }
    }

    /// <summary>Somebody opens the meter, or holds a magnet to it.</summary>
    /// <param name="code">What the meter notices, such as <see cref="EventCode.CoverRemoved"/>.</param>
    public void Tamper(EventCode code)
    {
        lock (_gate)
        {
            _meter.Tamper(code);
        }
    }

    /// <summary>Somebody takes a cover off, or puts it back.</summary>
    /// <param name="cover">The cover.</param>
    /// <param name="isOpen">Whether it is off.</param>
    public void MoveCover(MeterCover cover, bool isOpen)
    {
        lock (_gate)
        {
            _meter.MoveCover(cover, isOpen);
        }
    }

    /// <summary>Serves a line until it is told to stop; a connection only until the meter ends it.</summary>
    /// <param name="line">The line; it is not disposed of.</param>
    /// <param name="cancellationToken">Stops the pump; the meter keeps its state.</param>
    /// <exception cref="Abstractions.Errors.TransportException">The line is gone.</exception>
    /// <exception cref="IOException">A command could not be kept in the command log: the meter stopped rather than answer.</exception>
    /// <exception cref="OperationCanceledException">The pump was told to stop.</exception>
    public Task RunAsync(VirtualLine line, CancellationToken cancellationToken) => LinePump.RunAsync(this, line, cancellationToken);

    /// <summary>Gives octets to the meter and takes its answer, without a line: what the pump does once.</summary>
    /// <param name="octets">What came; empty when only time passed.</param>
    /// <returns>What the meter transmits; valid until the next step.</returns>
    public ReadOnlyMemory<byte> Step(ReadOnlySpan<byte> octets)
    {
        lock (_gate)
        {
            if (!RunDue())
            {
                return ReadOnlyMemory<byte>.Empty;
            }

            TimeSpan now = LinkElapsed;
            ReadOnlyMemory<byte> output = octets.IsEmpty ? _link.Tick(now) : _link.Receive(octets, now);

            if (_meter.Power.IsRunning)
            {
                return output;
            }

            // Power that failed over what came takes the answer and the link with it.
            _link.Reset();
            return ReadOnlyMemory<byte>.Empty;
        }
    }

    /// <inheritdoc/>
    LineSetting? ILineDevice.Line
    {
        get
        {
            lock (_gate)
            {
                return _link.Line;
            }
        }
    }

    /// <inheritdoc/>
    bool ILineDevice.IsConnectionOver
    {
        get
        {
            lock (_gate)
            {
                return _link.IsLost || !_meter.Power.IsRunning;
            }
        }
    }

    /// <inheritdoc/>
    TimeSpan ILineDevice.TimeToNextStep
    {
        get
        {
            lock (_gate)
            {
                TimeSpan? due = _meter.NextDue;
                if (_meter.Model.Push is not null)
                {
                    TimeSpan look = _meter.Clock.Elapsed + PushLookInterval;
                    due = due < look ? due : look;
                }

                return LinePump.TimeTo(
                    due, _meter.Clock.Elapsed, _meter.Power.IsRunning ? _link.NextTick : null, LinkElapsed, _linkTime is not null);
            }
        }
    }

    /// <inheritdoc/>
    void ILineDevice.ResetLink()
    {
        lock (_gate)
        {
            _link.Reset();
        }
    }

    private TimeSpan LinkElapsed => _linkTime?.GetElapsedTime(_linkStart) ?? _meter.Clock.Elapsed;

    private IServerLink LinkOf(ServerLinkOptions options, CosemServer server)
    {
        if (options.IsOverTcp)
        {
            return new WrapperServerLink(options, server);
        }

        HdlcServerLink hdlc = new(options, server);
        return options.SignOn is { } signOn
            ? new OpticalPortLink(signOn, hdlc, options.InactivityTimeout, ReadOut)
            : hdlc;
    }

    /// <summary>The lines of a data read-out: serial number, time and the total registers.</summary>
    private string ReadOut()
    {
        EnergyTotals totals = _meter.Settle().Totals;
        DateTimeOffset now = _meter.Clock.Now;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"0.0.0({_meter.Model.SerialNumber})\r\n0.9.1({now:HHmmss})\r\n0.9.2({now:yyMMdd})\r\n"
            + $"1.8.0({totals.ActiveImportWh / 1000m:000000.000}*kWh)\r\n2.8.0({totals.ActiveExportWh / 1000m:000000.000}*kWh)\r\n");
    }

    /// <summary>Does what has fallen due inside. The link does not outlive a loss of power or a restart, whoever looked first.</summary>
    /// <returns>Whether the meter runs.</returns>
    private bool RunDue()
    {
        bool hasRun = _meter.Power.IsRunning;
        _meter.RunDue();
        if (!hasRun || !_meter.Power.IsRunning)
        {
            _link.Reset();
        }

        return _meter.Power.IsRunning;
    }

    /// <summary>Looks at the inside as of now, for the meter's other faces.</summary>
    internal T Inside<T>(Func<EsmeState, T> look)
    {
        lock (_gate)
        {
            _meter.Settle();
            return look(_meter);
        }
    }

    private T Look<T>(Func<MeterEngines, T> look)
    {
        lock (_gate)
        {
            _meter.Settle();
            return look(_meter.Engines);
        }
    }

    // What the consumer does is kept as what a client does.
    private T Act<T>(Func<MeterEngines, T> act)
    {
        lock (_gate)
        {
            _meter.Settle();
            T done = act(_meter.Engines);
            _meter.Keep();
            return done;
        }
    }
}
