using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Virtual.Application;
using DeviceHarness.Virtual.Commands;
using DeviceHarness.Virtual.Links;

namespace DeviceHarness.Virtual.Esme;

/// <summary>A virtual ESME: link, application and the inside of the meter, and the pump that puts them on a line.</summary>
/// <remarks>Safe for use from any thread: a host may plant defects, press the button and look inside while the pump runs. One pump at a
/// time;
/// stopping and starting it again loses the link and nothing else.</remarks>
public sealed class VirtualEsme
{
    private const int ReadOctets = 4096;

    private readonly Lock _gate = new();
    private readonly EsmeState _meter;
    private readonly HdlcServerLink _link;

    /// <summary>Switches a meter on.</summary>
    /// <param name="name">Its name in the rig file, for the command log.</param>
    /// <param name="model">What it is.</param>
    /// <param name="timeProvider">What makes its time run; also measures the time-outs of its link.</param>
    /// <param name="log">Keeps what clients make it do; null keeps nothing.</param>
    public VirtualEsme(string name, EsmeModel model, TimeProvider timeProvider, ICommandLog? log = null)
    {
        Name = name;
        _meter = new EsmeState(model, timeProvider);
        _link = new HdlcServerLink(
            model.Link with { MaximumApduOctets = model.PduOctets }, new CosemServer(name, _meter, log ?? NoCommandLog.Instance));
    }

    /// <summary>The name in the rig file.</summary>
    public string Name { get; }

    /// <summary>The defects that are planted; may be changed at any time.</summary>
    public EsmeDefects Defects
    {
        get => _meter.Defects;
        set => _meter.Defects = value;
    }

    /// <summary>What the link saw since the meter was switched on.</summary>
    public HdlcServerCounters Counters
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

    /// <summary>The consumer presses the button that connects an armed supply.</summary>
    /// <returns>Whether the supply was armed, and so is connected now.</returns>
    public bool PressReconnectButton()
    {
        lock (_gate)
        {
            _meter.Settle();
            return _meter.Supply.TryManualReconnect();
        }
    }

    /// <summary>Serves a line until it is told to stop.</summary>
    /// <param name="line">The line; it is not disposed of.</param>
    /// <param name="cancellationToken">Stops the pump; the meter keeps its state.</param>
    /// <exception cref="Abstractions.Errors.TransportException">The line is gone.</exception>
    /// <exception cref="IOException">A command could not be kept in the command log: the meter stopped rather than answer.</exception>
    /// <exception cref="OperationCanceledException">The pump was told to stop.</exception>
    public async Task RunAsync(VirtualLine line, CancellationToken cancellationToken)
    {
        byte[] input = new byte[ReadOctets];
        bool isBaudWrong = false;
        lock (_gate)
        {
            _link.Reset();
        }

        while (true)
        {
            TimeSpan wait = TimeToNextTick();
            TransportRead read = wait == TimeSpan.Zero
                ? default
                : await line.Transport.ReadAsync(input, wait, cancellationToken).ConfigureAwait(false);
            if (!read.TimedOut && IsAtWrongBaud(line, ref isBaudWrong))
            {
                continue;
            }

            ReadOnlyMemory<byte> output = Step(input.AsSpan(0, read.Count));
            if (!output.IsEmpty)
            {
                await line.Transport.WriteAsync(output, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Gives octets to the meter and takes its answer, without a line: what the pump does once.</summary>
    /// <param name="octets">What came; empty when only time passed.</param>
    /// <returns>What the meter transmits; valid until the next step.</returns>
    public ReadOnlyMemory<byte> Step(ReadOnlySpan<byte> octets)
    {
        lock (_gate)
        {
            return octets.IsEmpty ? _link.Tick(_meter.Clock.Elapsed) : _link.Receive(octets, _meter.Clock.Elapsed);
        }
    }

    private static bool IsAtWrongBaud(VirtualLine line, ref bool wasWrong)
    {
        if (line.Baud == 0 || line.ReadClientBaud is null)
        {
            return false;
        }

        int clientBaud = line.ReadClientBaud();
        bool isWrong = clientBaud != line.Baud;
        if (isWrong && !wasWrong)
        {
            line.WrongBaudSeen?.Invoke(clientBaud);
        }

        wasWrong = isWrong;
        return isWrong;
    }

    private TimeSpan TimeToNextTick()
    {
        lock (_gate)
        {
            return _link.NextTick is not TimeSpan due ? Timeout.InfiniteTimeSpan
                : due <= _meter.Clock.Elapsed ? TimeSpan.Zero
                : due - _meter.Clock.Elapsed;
        }
    }
}
