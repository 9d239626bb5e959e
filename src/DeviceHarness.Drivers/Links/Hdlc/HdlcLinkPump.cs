using System.Diagnostics;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;

namespace DeviceHarness.Drivers.Links.Hdlc;

/// <summary>Carries octets between a transport and the link machine: the only loop, and the only place of the link with
/// <c>await</c>.</summary>
/// <remarks>One order at a time. After a failed or cancelled order the link is down, and the next one must be <see cref="ConnectAsync"/>.
/// The one who handed in the transport disposes of it.</remarks>
public sealed class HdlcLinkPump : IDeviceLink
{
    private const int ReadOctets = 4096;

    // So many octets are read while the link is idle, in whatever pieces they come: a babbling line must not hold us for ever.
    private const int MaximumIdleOctets = 16 * ReadOctets;

    private readonly IByteTransport _transport;
    private readonly TimeProvider _timeProvider;
    private readonly long _origin;
    private readonly byte[] _buffer = new byte[ReadOctets];

    /// <summary>Creates the pump.</summary>
    /// <param name="transport">The open line.</param>
    /// <param name="link">The machine that says what to send.</param>
    /// <param name="timeProvider">The clock of the link's time-outs.</param>
    public HdlcLinkPump(IByteTransport transport, HdlcClientLink link, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(link);
        ArgumentNullException.ThrowIfNull(timeProvider);
        _transport = transport;
        Link = link;
        _timeProvider = timeProvider;
        _origin = timeProvider.GetTimestamp();
    }

    /// <summary>The machine.</summary>
    public HdlcClientLink Link { get; }

    /// <inheritdoc/>
    public bool IsUp => Link.State == HdlcClientState.Connected;

    /// <inheritdoc/>
    public bool MakesConnection => false;

    /// <inheritdoc/>
    public NotificationInbox Notifications => Link.Notifications;

    /// <inheritdoc/>
    public ExchangeClock Clock { get; } = new();

    /// <inheritdoc/>
    public long AnswerCount { get; private set; }

    /// <inheritdoc/>
    public string Port => _transport.Name;

    /// <inheritdoc/>
    public LineRate Rate => _transport.Rate;

    /// <inheritdoc/>
    public TimeSpan Now => _timeProvider.GetElapsedTime(_origin);

    /// <summary>Brings the link up, with a line cleared of old octets.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="LinkTimeoutException">HDLC-010: nothing answered SNRM.</exception>
    /// <exception cref="RemoteProtocolException">HDLC-013: the device's UA breaks the protocol.</exception>
    /// <exception cref="DeviceRefusedException">HDLC-012: the device will not connect.</exception>
    /// <exception cref="TransportException">The port is gone.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        _transport.DiscardInput();
        await RunAsync(Link.Connect(Now), "UA", cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask ListenAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        for (int octets = 0; octets < MaximumIdleOctets;)
        {
            TransportRead read = await _transport.ReadAsync(_buffer, wait, cancellationToken).ConfigureAwait(false);
            if (read.TimedOut)
            {
                _ = Link.Tick(Now);
                return;
            }

            _ = Link.Receive(_buffer.AsSpan(0, read.Count), Now);
            octets += read.Count;

            // A frame takes its line time: who went away in the middle would find the pause too long for one frame when he is back.
            wait = Link.PauseInFrame ?? TimeSpan.Zero;
        }
    }

    /// <summary>Sends an APDU and waits for its answer.</summary>
    /// <param name="apdu">The APDU without LLC header; it must not change until this completes.</param>
    /// <param name="cancellationToken">Ends the wait; the link is then down.</param>
    /// <returns>The answer; valid until the next order.</returns>
    /// <exception cref="LinkTimeoutException">HDLC-010: nothing came; HDLC-011: the link answers, but no APDU came.</exception>
    /// <exception cref="RemoteProtocolException">HDLC-013 to -015: the device broke the protocol, rejected a frame or lost the
    /// link.</exception>
    /// <exception cref="LocalProtocolException">HDLC-001: the link is not up.</exception>
    /// <exception cref="TransportException">The port is gone.</exception>
    public ValueTask<ReadOnlyMemory<byte>> ExchangeAsync(ReadOnlyMemory<byte> apdu, CancellationToken cancellationToken) =>
        RunAsync(Link.Send(apdu, Now), "answer", cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>> SendAsync(ReadOnlyMemory<byte> apdu, CancellationToken cancellationToken) =>
        RunAsync(Link.SendOneWay(apdu, Now), "acknowledgement", cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken) =>
        RunAsync(Link.ReceiveNext(Now), "block", cancellationToken);

    /// <summary>Takes the link down.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="LinkTimeoutException">HDLC-010: nothing answered DISC; the link is down all the same.</exception>
    /// <exception cref="TransportException">The port is gone.</exception>
    public async Task DisconnectAsync(CancellationToken cancellationToken) =>
        await RunAsync(Link.Disconnect(Now), "UA", cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public void Abandon() => Link.Abandon();

    private async ValueTask<ReadOnlyMemory<byte>> RunAsync(HdlcLinkStep step, string awaited, CancellationToken cancellationToken)
    {
        bool isDone = false;
        TimeSpan begun = Now;
        try
        {
            while (true)
            {
                if (!step.Transmit.IsEmpty)
                {
                    TransportWrite write = await _transport.WriteAsync(step.Transmit, cancellationToken).ConfigureAwait(false);
                    Clock.Written(write.Started, step.Transmit.Length);
                }

                if (step.Event != HdlcLinkEvent.None)
                {
                    isDone = true;
                    AnswerCount += step.Event == HdlcLinkEvent.ApduReceived ? 1 : 0;
                    return step.Event == HdlcLinkEvent.Failed ? throw Failure(step.Failure, awaited, Now - begun) : Link.ReceivedApdu;
                }

                step = await WaitAsync(step, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            Clock.Close(Stopwatch.GetTimestamp());
            if (!isDone)
            {
                Link.Abandon();
            }
        }
    }

    private async ValueTask<HdlcLinkStep> WaitAsync(HdlcLinkStep step, CancellationToken cancellationToken)
    {
        // What came while this process was held up is on time: it is looked at before time passes.
        TimeSpan wait = step.NextTick is not TimeSpan next ? Timeout.InfiniteTimeSpan : next > Now ? next - Now : TimeSpan.Zero;
        TransportRead read = await _transport.ReadAsync(_buffer, wait, cancellationToken).ConfigureAwait(false);
        if (read.TimedOut)
        {
            return Link.Tick(Now);
        }

        Clock.Read(read.Timestamp, read.Count);
        return Link.Receive(_buffer.AsSpan(0, read.Count), Now);
    }

    private HarnessException Failure(HdlcLinkFailure failure, string awaited, TimeSpan waited)
    {
        string text = $"{Port}: {Link.FailureText}";
        int attempts = Link.Attempts;
        return failure switch
        {
            HdlcLinkFailure.Silence => new LinkTimeoutException("HDLC-010", text, awaited, waited, attempts),
            HdlcLinkFailure.NoApdu => new LinkTimeoutException("HDLC-011", text, awaited, waited, attempts),
            HdlcLinkFailure.Refused => new DeviceRefusedException("HDLC-012", $"{Port}: connecting", 0, Link.FailureText),
            HdlcLinkFailure.Violation => new RemoteProtocolException("HDLC-013", text, Link.OffendingOctets),
            HdlcLinkFailure.Rejected => new RemoteProtocolException("HDLC-014", text, Link.OffendingOctets),
            HdlcLinkFailure.Lost => new RemoteProtocolException("HDLC-015", text, Link.OffendingOctets),
            _ => throw new UnreachableException(),
        };
    }
}
