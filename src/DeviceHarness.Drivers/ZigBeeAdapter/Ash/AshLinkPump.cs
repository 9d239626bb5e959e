using System.Threading.Channels;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ash;

/// <summary>The only loop of a link to an adapter: moves octets between a transport and an <see cref="AshHostLink"/>.</summary>
/// <remarks>
/// After <see cref="ConnectAsync"/> it goes on by itself until the link is lost or it is disposed of: an adapter wants its acknowledgements
/// whether or not somebody waits for a frame. It does not own the transport. Safe for one receiver and any number of senders.
/// </remarks>
public sealed class AshLinkPump : IAsyncDisposable
{
    /// <summary>The most EZSP frames that wait to be received.</summary>
    public const int MaximumWaitingFrames = 256;

    /// <summary>From so many waiting frames on the adapter is told to keep its callbacks.</summary>
    public const int NotReadyFrames = 128;

    /// <summary>At so many waiting frames it is told to send them again.</summary>
    public const int ReadyFrames = 16;

    private const int BufferOctets = 4096;
    private const int MaximumOctetsWithoutTick = 64 * 1024;

    /// <summary>The longest wait for an octet: a frame sent meanwhile is looked after no later than that.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(50);

    private readonly IByteTransport _transport;
    private readonly TimeProvider _timeProvider;
    private readonly long _origin;
    private readonly byte[] _buffer = new byte[BufferOctets];
    private readonly SemaphoreSlim _gate = new(1, 1);
    private Channel<ReadOnlyMemory<byte>> _inbox = NewInbox();
    private CancellationTokenSource? _stop;
    private Task _loop = Task.CompletedTask;
    private HarnessException? _lost;
    private int _octetsWithoutTick;

    /// <summary>Creates a pump; nothing is sent yet.</summary>
    /// <param name="transport">The line to the adapter.</param>
    /// <param name="link">The machine; the pump alone uses it from now on.</param>
    /// <param name="timeProvider">The clock.</param>
    public AshLinkPump(IByteTransport transport, AshHostLink link, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(link);
        ArgumentNullException.ThrowIfNull(timeProvider);
        _transport = transport;
        Link = link;
        _timeProvider = timeProvider;
        _origin = timeProvider.GetTimestamp();
    }

    /// <summary>The machine, for its state and counters.</summary>
    public AshHostLink Link { get; }

    /// <summary>The port, as the rig file names it.</summary>
    public string Port => _transport.Name;

    private TimeSpan Now => _timeProvider.GetElapsedTime(_origin);

    /// <summary>Resets the adapter and begins anew, with a line cleared of old octets and frames.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AdapterException">ASH-010 to ASH-013: it is silent, in its bootloader or has other firmware.</exception>
    /// <exception cref="TransportException">The port is gone.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        await StopAsync().ConfigureAwait(false);
        _transport.DiscardInput();
        _inbox = NewInbox();
        _lost = null;
        try
        {
            AshHostStep step = Link.Connect(Now);
            await TransmitAsync(step, cancellationToken).ConfigureAwait(false);
            while (Link.State == AshHostState.Connecting)
            {
                step = await TurnAsync(step, cancellationToken).ConfigureAwait(false);
            }

            if (_lost is { } lost)
            {
                throw lost;
            }

            Deliver();
            _stop = new CancellationTokenSource();
            _loop = RunAsync(step, _inbox, _stop.Token);
        }
        finally
        {
            if (_stop is null)
            {
                Link.Abandon();
            }
        }
    }

    /// <summary>Sends an EZSP frame; returns when it is on the line or waits for room in the window.</summary>
    /// <param name="frame">The frame; it must not change afterwards.</param>
    /// <param name="cancellationToken">Ends the wait for the line.</param>
    /// <exception cref="AdapterException">The link was lost: the code says why.</exception>
    /// <exception cref="LocalProtocolException">ASH-001: the link was never connected, or too many frames wait.</exception>
    /// <exception cref="TransportException">The port is gone.</exception>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_lost is { } lost)
            {
                throw lost;
            }

            // What is half on the line is finished, whoever waits for it.
            await TransmitAsync(Link.Send(frame, Now), CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Waits for the next EZSP frame.</summary>
    /// <param name="cancellationToken">Ends the wait; no frame is lost by it.</param>
    /// <exception cref="AdapterException">The link was lost, and all frames that came before were received: the code says why.</exception>
    /// <exception cref="TransportException">The port is gone.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _inbox.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException closed) when (closed.InnerException is HarnessException lost)
        {
            throw lost;
        }
    }

    /// <summary>Stops; the adapter is left as it is.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        Link.Abandon();
        _gate.Dispose();
    }

    private static Channel<ReadOnlyMemory<byte>> NewInbox() => Channel.CreateBounded<ReadOnlyMemory<byte>>(
        new BoundedChannelOptions(MaximumWaitingFrames) { SingleReader = true, SingleWriter = true });

    private async Task StopAsync()
    {
        if (_stop is { } stop)
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await _loop.ConfigureAwait(false);
            stop.Dispose();
            _stop = null;
        }
    }

    private async Task RunAsync(AshHostStep step, Channel<ReadOnlyMemory<byte>> inbox, CancellationToken cancellationToken)
    {
        HarnessException? lost = null;
        try
        {
            // What calls ConnectAsync goes on meanwhile.
            await Task.Yield();
            while (step.Event != AshLinkEvent.Lost)
            {
                step = await TurnAsync(step, cancellationToken).ConfigureAwait(false);
            }

            lost = _lost;
        }
        catch (TransportException gone)
        {
            lost = gone;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            lost = new LocalProtocolException("ASH-002", $"{Port}: the link was closed", AshHostState.Down.ToString(), "Receive");
        }
        finally
        {
            _lost = lost;
            inbox.Writer.TryComplete(lost);
        }
    }

    /// <summary>Waits for octets, or for what falls due without any.</summary>
    private async ValueTask<AshHostStep> TurnAsync(AshHostStep step, CancellationToken cancellationToken)
    {
        TimeSpan wait = step.NextTick is not TimeSpan next ? LongestWait : next > Now ? next - Now : TimeSpan.Zero;
        wait = wait < LongestWait ? wait : LongestWait;
        TransportRead read = await _transport.ReadAsync(_buffer, wait, cancellationToken).ConfigureAwait(false);
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // What came while this process was held up is on time: time passes only when the line had nothing, or never ends.
            _octetsWithoutTick = read.TimedOut ? 0 : _octetsWithoutTick + read.Count;
            if (!read.TimedOut)
            {
                step = Link.Receive(_buffer.AsSpan(0, read.Count), Now);
                await TransmitAsync(step, cancellationToken).ConfigureAwait(false);
                Deliver();
            }

            if (step.Event == AshLinkEvent.None && (read.TimedOut || _octetsWithoutTick >= MaximumOctetsWithoutTick))
            {
                _octetsWithoutTick = 0;
                step = Link.Tick(Now);
                await TransmitAsync(step, cancellationToken).ConfigureAwait(false);
            }

            if (step.Event == AshLinkEvent.None && ChangeOfReadiness() is bool isReady)
            {
                step = Link.SetReady(isReady, Now);
                await TransmitAsync(step, cancellationToken).ConfigureAwait(false);
            }

            if (step.Event == AshLinkEvent.Lost)
            {
                _lost = AshLinkFaults.Of(Port, step.Failure, Link);
            }

            return step;
        }
        finally
        {
            _gate.Release();
        }
    }

    private void Deliver()
    {
        while (_inbox.Reader.Count < MaximumWaitingFrames && Link.TryFetch(out ReadOnlyMemory<byte> frame))
        {
            _inbox.Writer.TryWrite(frame);
        }
    }

    private bool? ChangeOfReadiness()
    {
        int waiting = _inbox.Reader.Count;
        return Link.IsReady && waiting >= NotReadyFrames ? false
            : !Link.IsReady && waiting <= ReadyFrames ? true
            : null;
    }

    private async ValueTask TransmitAsync(AshHostStep step, CancellationToken cancellationToken)
    {
        if (!step.Transmit.IsEmpty)
        {
            await _transport.WriteAsync(step.Transmit, cancellationToken).ConfigureAwait(false);
        }
    }
}
