using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Transports.Posix;

namespace DeviceHarness.Transports.Pacing;

/// <summary>Gives a line without a rate (a pseudo-terminal) the time that octets take on a real one, both ways; used on the virtual
/// side.</summary>
/// <remarks>Deadlines are absolute from the start of the frame, so that lateness never adds up: written octets are released piece by piece
/// and the last one exactly at the frame's end; received octets are handed on when a real line would have brought them. It takes the inner
/// transport over and disposes of it. One reader and one writer at a time.</remarks>
public sealed class PacedTransport : IByteTransport
{
    /// <summary>The octets taken from the inner transport in one read.</summary>
    public const int ArrivalBufferOctets = 4096;

    private const int BitsPerOctet = 10;

    private readonly IByteTransport _inner;
    private readonly PacingSettings _settings;
    private readonly PacingThread _writer;
    private readonly PacingThread _reader;
    private readonly byte[] _arrived = new byte[ArrivalBufferOctets];

    private PacedFrame _arrival;
    private int _arrivedTaken;
    private long _arrivalEnd;
    private long _departureEnd;

    /// <summary>Creates the wrapper.</summary>
    /// <param name="inner">What carries the octets; disposed with this.</param>
    /// <param name="rate">The rate of the line; <see cref="LineRate.None"/> passes everything on at once.</param>
    /// <param name="settings">Pieces and lead; null means the defaults.</param>
    public PacedTransport(IByteTransport inner, LineRate rate, PacingSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        _inner = inner;
        _settings = settings ?? new PacingSettings();
        Rate = rate;
        _writer = new PacingThread($"pace out {inner.Name}");
        _reader = new PacingThread($"pace in {inner.Name}");
    }

    /// <inheritdoc/>
    public string Name => _inner.Name;

    /// <inheritdoc/>
    public LineRate Rate { get; private set; }

    /// <summary>Changes the rate, as a device does after a sign-on; call it between frames.</summary>
    /// <param name="rate">The new rate of the line.</param>
    public void ChangeRate(LineRate rate) => Rate = rate;

    /// <summary>Changes the rate, also of what carries the octets if that has one.</summary>
    /// <param name="setting">What holds from now on; every form costs ten bits an octet.</param>
    /// <returns>True always.</returns>
    public bool TryChangeLine(LineSetting setting)
    {
        ChangeRate(new LineRate(setting.Baud, BitsPerOctet));
        _ = _inner.TryChangeLine(setting);
        return true;
    }

    /// <inheritdoc/>
    public async ValueTask<TransportRead> ReadAsync(Memory<byte> target, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfZero(target.Length, nameof(target));
        if (Rate.Baud == 0 && _arrivedTaken == _arrival.Octets)
        {
            return await _inner.ReadAsync(target, timeout, cancellationToken).ConfigureAwait(false);
        }

        long giveUp = MonotonicClock.DeadlineAfter(timeout);
        if (_arrivedTaken == _arrival.Octets)
        {
            TransportRead read = await _inner.ReadAsync(_arrived, timeout, cancellationToken).ConfigureAwait(false);
            if (read.TimedOut)
            {
                return read;
            }

            _arrival = new PacedFrame(Math.Max(read.Timestamp, _arrivalEnd), read.Count, Rate, _settings);
            _arrivalEnd = _arrival.End;
            _arrivedTaken = 0;
        }

        long due = _arrival.NextDeadline(_arrivedTaken);
        long wake = Math.Min(due, giveUp);
        if (wake > MonotonicClock.Now)
        {
            await _reader.RunAsync(() => MonotonicClock.SleepUntil(wake), Closed).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }

        long now = MonotonicClock.Now;
        int count = Math.Min(_arrival.DueBy(now) - _arrivedTaken, target.Length);
        _arrived.AsSpan(_arrivedTaken, count).CopyTo(target.Span);
        _arrivedTaken += count;
        return new TransportRead(count, now);
    }

    /// <inheritdoc/>
    public async ValueTask<TransportWrite> WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        if (Rate.Baud == 0 || octets.IsEmpty)
        {
            return await _inner.WriteAsync(octets, cancellationToken).ConfigureAwait(false);
        }

        PacedFrame frame = new(Math.Max(MonotonicClock.Now, _departureEnd), octets.Length, Rate, _settings);
        _departureEnd = frame.End;
        await _writer.RunAsync(() => Release(frame, octets, cancellationToken), Closed).ConfigureAwait(false);
        return new TransportWrite(frame.Start, MonotonicClock.Now);
    }

    /// <inheritdoc/>
    public void DiscardInput()
    {
        _arrivedTaken = _arrival.Octets;
        _inner.DiscardInput();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _writer.Dispose();
        _reader.Dispose();
        await _inner.DisposeAsync().ConfigureAwait(false);
    }

    private TransportException Closed() => TtyFaults.Closed(Name);

    /// <summary>Runs on the writing thread: at each wake-up everything due by then goes out.</summary>
    private void Release(in PacedFrame frame, ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        int released = 0;
        while (released < octets.Length)
        {
            MonotonicClock.SleepUntil(frame.NextDeadline(released));
            cancellationToken.ThrowIfCancellationRequested();
            if (_writer.IsClosing)
            {
                throw Closed();
            }

            int due = frame.DueBy(MonotonicClock.Now);
            ValueTask<TransportWrite> write = _inner.WriteAsync(octets[released..due], cancellationToken);
            _ = write.IsCompletedSuccessfully ? write.Result : write.AsTask().GetAwaiter().GetResult();
            released = due;
        }
    }
}
