using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Journal;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Transports.Serial;
using Microsoft.Extensions.Logging;

namespace DeviceHarness.Agent.Power;

/// <summary>All that switches and sees the supply of a rig, made as its file says and closed together. Nothing is opened before it is first
/// needed.</summary>
internal sealed class RigSupply : IAsyncDisposable
{
    private static readonly TimeSpan StripPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(1);

    private readonly RigConfiguration _rig;
    private readonly BenchControlClient _bench;
    private readonly Action<DeviceId> _moved;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly List<GpioCoil> _coils = [];
    private readonly Dictionary<string, RelayBoardPort> _boards;
    private readonly RigPowerPort? _port;
    private readonly RigSenses? _senses;
    private readonly IIsolationInput? _isolation;
    private readonly SemaphoreSlim _looking = new(1, 1);
    private readonly CancellationTokenSource _leaving = new();
    private Task _watching = Task.CompletedTask;
    private bool _isLeft;
    private HttpClient? _client;

    /// <summary>Makes it.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="dataFolder">Where what was switched is kept.</param>
    /// <param name="bench">The virtual bench.</param>
    /// <param name="moved">Told of each device whose supply was moved, or may have been.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Where is told what could not be switched on again at the end.</param>
    /// <param name="trouble">Told of each contact that moves.</param>
    public RigSupply(
        RigConfiguration rig, string dataFolder, BenchControlClient bench, Action<DeviceId> moved, TimeProvider time, ILogger log,
        SwitchTrouble trouble)
    {
        _rig = rig;
        _log = log;
        _bench = bench;
        _moved = moved;
        _time = time;
        _boards = rig.Power.Boards.ToDictionary(
            board => board.Name, board => new RelayBoardPort(board, () => OpenBoard(board, rig, dataFolder)));
        _isolation = IsolationOf(rig.Power, bench);
        if (rig.Power.Feeds.Count > 0 || _isolation is not null)
        {
            SwitchLedger ledger = LedgerOf(rig, dataFolder, time);
            ledger.DropOtherDays();
            Latch = _isolation is null ? null : new IsolationLatch(_isolation, ledger, rig.Name);
            _port = new RigPowerPort(
                rig.Power.Feeds.Select(feed => (feed, ContactOf(feed))),
                new PowerCare(ledger, rig.Power.InrushSpacing, Latch) { Trouble = trouble }, time);
        }

        _senses = rig.Power.Inputs.Count == 0 ? null : SensesOf(rig.Power.Inputs, bench, time);
    }

    /// <summary>What switches; null for a rig that has nothing that does.</summary>
    public IPowerPort? Port => _rig.Power.Feeds.Count == 0 ? null : _port;

    /// <summary>What sees; null for a rig that has nothing that does.</summary>
    public ISupplySense? Senses => _senses;

    /// <summary>What remembers that the bench was isolated; null for a rig without an input for it.</summary>
    public IsolationLatch? Latch { get; }

    /// <summary>The lines of the emergency stop; null for a bench without one. Whoever made it disposes of it where it can be.</summary>
    internal static IIsolationInput? IsolationOf(RigPower power, BenchControlClient bench) => power.Isolation switch
    {
        null => null,
        { Gpio: { } line } => new GpioIsolation(line, power.Acknowledge?.Gpio),
        _ => new VirtualIsolation(bench),
    };

    /// <summary>The folder where what was switched is kept.</summary>
    internal static string LedgerFolder(RigConfiguration rig, string dataFolder) => Path.Combine(dataFolder, "power", rig.Name);

    /// <summary>Where what was switched is kept.</summary>
    /// <exception cref="TransportException">POWER-007: it cannot be read.</exception>
    internal static SwitchLedger LedgerOf(RigConfiguration rig, string dataFolder, TimeProvider time)
    {
        string folder = LedgerFolder(rig, dataFolder);
        DataFolder.Create(dataFolder);
        DataFolder.Create(Path.GetDirectoryName(folder)!);
        DataFolder.Create(folder);
        return new SwitchLedger(new DiskJournalStorage(folder), rig.Name, time);
    }

    /// <summary>Looks whether the bench is isolated, and does what follows: while it is, or was and nobody acknowledged it, every feed is
    /// off; once somebody did, it is on again.</summary>
    /// <param name="cancellationToken">Ends the wait for the input.</param>
    /// <returns>Whether nothing may be switched on.</returns>
    /// <exception cref="TransportException">The input cannot be read, or a contact does not move.</exception>
    public async Task<bool> IsHeldAsync(CancellationToken cancellationToken)
    {
        if (Latch is null)
        {
            return false;
        }

        await _looking.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            bool isHeld = await Latch.IsHeldAsync(cancellationToken).ConfigureAwait(false);
            await (isHeld ? _port!.HoldOffAsync() : _port!.LetGoAsync()).ConfigureAwait(false);
            return isHeld;
        }
        finally
        {
            _looking.Release();
        }
    }

    /// <summary>Looks again and again from now on, whether a case runs or not: a stop that is let go must find the feeds off.</summary>
    public void Watch() => _watching = Latch is null ? Task.CompletedTask : WatchAsync(_leaving.Token);

    /// <summary>Gives the supply to all that is without it because of us or of its wiring; what could not be is in the log.</summary>
    public async Task GiveBackAsync()
    {
        foreach (TransportException fault in _port is null ? [] : await _port.GiveBackAsync().ConfigureAwait(false))
        {
            AgentLog.SupplyNotGivenBack(_log, _rig.Name, fault.Message);
        }
    }

    /// <summary>Gives the supply back to all that it was taken from, and closes everything.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopWatchingAsync().ConfigureAwait(false);
        await GiveBackAsync().ConfigureAwait(false);
        if (_port?.IsHolding == true)
        {
            AgentLog.HeldNoLonger(_log, _rig.Name);
        }

        await AbandonAsync().ConfigureAwait(false);
    }

    /// <summary>Closes everything without a word, as the system does when the agent dies: each contact does what it is wired to
    /// do.</summary>
    internal async ValueTask AbandonAsync()
    {
        await StopWatchingAsync().ConfigureAwait(false);
        _looking.Dispose();
        _port?.Dispose();
        _senses?.Dispose();
        (_isolation as IDisposable)?.Dispose();
        foreach (RelayBoardPort board in _boards.Values)
        {
            await board.DisposeAsync().ConfigureAwait(false);
        }

        foreach (GpioCoil coil in _coils)
        {
            coil.Dispose();
        }

        _client?.Dispose();
        await _bench.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Opens the line of a relay board.</summary>
    /// <exception cref="TransportException">It is missing, busy or cannot be set so.</exception>
    internal static SerialPortTransport OpenBoard(RelayBoardSettings board, RigConfiguration rig, string dataFolder) =>
        SerialPortTransport.Open(new SerialPortSettings
        {
            Path = board.Port.Length > 0 ? board.Port : BenchPaths.Board(dataFolder, rig.Name, board.Name),
            Baud = board.Baud,
            Name = board.Name,
        });

    /// <summary>The inputs of a rig; each is taken when it is first read.</summary>
    internal static RigSenses SensesOf(IReadOnlyList<RigInput> inputs, BenchControlClient bench, TimeProvider time) => new(
    [
        new VirtualSupplySense(
            bench, [.. inputs.Where(input => input is { Line.Gpio: null, Sensor: null }).Select(input => input.Point)], time),
        new SensorSenses(inputs.Where(input => input.Sensor is not null), TimeProvider.System),
        new GpioSenses(inputs.Where(input => input.Line.Gpio is not null)
            .ToDictionary(input => input.Point, input => input.Line.Gpio!)),
    ]);

    private async Task StopWatchingAsync()
    {
        if (_isLeft)
        {
            return;
        }

        _isLeft = true;
        await _leaving.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(false);
        _leaving.Dispose();
    }

    private async Task WatchAsync(CancellationToken leaving)
    {
        string? told = null;
        try
        {
            while (true)
            {
                string? fault = null;
                try
                {
                    _ = await IsHeldAsync(leaving).ConfigureAwait(false);
                }
                catch (TransportException unseen)
                {
                    fault = unseen.Message;
                }

                if (fault is not null && fault != told)
                {
                    AgentLog.IsolationNotWatched(_log, _rig.Name, fault);
                }

                told = fault;
                await Task.Delay(WatchInterval, TimeProvider.System, leaving).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // The bench is closed.
            return;
        }
    }

    private IFeedContact ContactOf(RigFeed feed)
    {
        IFeedContact contact = feed.Switch switch
        {
            GpioSwitch gpio => new CoilContact(CoilOf(gpio), channel: 1, gpio.IsNormallyClosed),
            BoardSwitch board => new CoilContact(_boards[board.Board], board.Channel, board.IsNormallyClosed),
            HttpSwitch outlet => new HttpContact(feed.Feed.Name, outlet, _client ??= new HttpClient { Timeout = StripPatience }),
            ExecSwitch programs => new ExecContact(feed.Feed.Name, programs, _time),
            _ => new VirtualContact(_bench, feed),
        };
        return new ToldContact(contact, feed.Feed.Devices, _moved);
    }

    private GpioCoil CoilOf(GpioSwitch gpio)
    {
        GpioCoil coil = new(gpio.Line);
        _coils.Add(coil);
        return coil;
    }
}
