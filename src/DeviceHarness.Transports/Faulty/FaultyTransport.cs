using System.Diagnostics;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Abstractions.Wire;

namespace DeviceHarness.Transports.Faulty;

/// <summary>Puts faults on another transport's line, both ways, as a plan says.</summary>
/// <remarks>What is received is read on while it is held back, up to <see cref="MaximumHeldOctets"/>; then the line is left to fill up. It
/// takes the inner transport over and disposes of it. One reader and one writer at a time.</remarks>
public sealed class FaultyTransport : IByteTransport
{
    /// <summary>The received octets held back at most.</summary>
    public const int MaximumHeldOctets = 64 * 1024;

    private const int ReadOctets = 4096;

    private readonly IByteTransport _inner;
    private readonly TimeProvider _time;
    private readonly FaultStage _incoming;
    private readonly FaultStage _outgoing;
    private readonly byte[] _buffer = new byte[ReadOctets];
    private readonly Queue<(long Due, ReadOnlyMemory<byte> Octets)> _held = new();
    private int _heldOctets;
    private long _lastDue;

    /// <summary>Creates the wrapper.</summary>
    /// <param name="inner">What carries the octets; disposed with this.</param>
    /// <param name="plan">Which octets meet which fault.</param>
    /// <param name="time">The clock of delays and stalls.</param>
    /// <param name="isDeviceEnd">True at the device's end, where what is written comes from the device.</param>
    /// <param name="log">Told every fault that is done, on the thread that does it.</param>
    public FaultyTransport(
        IByteTransport inner, FaultPlan plan, TimeProvider time, bool isDeviceEnd = false, Action<FaultRecord>? log = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(time);
        _inner = inner;
        _time = time;
        _incoming = new FaultStage(plan, isDeviceEnd ? WireDirection.ToDevice : WireDirection.FromDevice, log);
        _outgoing = new FaultStage(plan, isDeviceEnd ? WireDirection.FromDevice : WireDirection.ToDevice, log);
    }

    /// <inheritdoc/>
    public string Name => _inner.Name;

    /// <inheritdoc/>
    public LineRate Rate => _inner.Rate;

    /// <inheritdoc/>
    public async ValueTask<TransportRead> ReadAsync(Memory<byte> target, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfZero(target.Length, nameof(target));
        cancellationToken.ThrowIfCancellationRequested();
        long started = _time.GetTimestamp();
        while (true)
        {
            int count = Take(target.Span, out TimeSpan? untilDue);
            if (count > 0)
            {
                return new TransportRead(count, Stopwatch.GetTimestamp());
            }

            await ThrowIfHungUpAsync().ConfigureAwait(false);
            TimeSpan wait = timeout;
            if (timeout != Timeout.InfiniteTimeSpan)
            {
                TimeSpan left = timeout - _time.GetElapsedTime(started);
                wait = left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }

            bool endsEarly = untilDue is not null && (wait == Timeout.InfiniteTimeSpan || untilDue < wait);
            if (!await FetchAsync(endsEarly ? untilDue!.Value : wait, cancellationToken).ConfigureAwait(false) && !endsEarly)
            {
                return new TransportRead(0, Stopwatch.GetTimestamp());
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<TransportWrite> WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await ThrowIfHungUpAsync().ConfigureAwait(false);
        long started = Stopwatch.GetTimestamp();
        long completed = started;
        foreach (FaultPiece piece in _outgoing.Apply(octets.Span))
        {
            if (piece.Before > TimeSpan.Zero)
            {
                await Task.Delay(piece.Before, _time, cancellationToken).ConfigureAwait(false);
            }

            completed = (await _inner.WriteAsync(piece.Octets, cancellationToken).ConfigureAwait(false)).Completed;
        }

        await ThrowIfHungUpAsync().ConfigureAwait(false);
        return new TransportWrite(started, completed);
    }

    /// <inheritdoc/>
    public void DiscardInput()
    {
        Forget();
        _inner.DiscardInput();
    }

    /// <inheritdoc/>
    public bool TryChangeLine(LineSetting setting) => _inner.TryChangeLine(setting);

    /// <inheritdoc/>
    public ValueTask RestartAsync(CancellationToken cancellationToken)
    {
        Forget();
        return _inner.RestartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _inner.DisposeAsync();

    private int Take(Span<byte> target, out TimeSpan? untilDue)
    {
        untilDue = null;
        long now = _time.GetTimestamp();
        int count = 0;
        while (count < target.Length && _held.TryPeek(out (long Due, ReadOnlyMemory<byte> Octets) next))
        {
            if (next.Due > now)
            {
                untilDue = _time.GetElapsedTime(now, next.Due);
                break;
            }

            _ = _held.Dequeue();
            int taken = Math.Min(next.Octets.Length, target.Length - count);
            next.Octets.Span[..taken].CopyTo(target[count..]);
            count += taken;
            if (taken < next.Octets.Length)
            {
                PutBack((next.Due, next.Octets[taken..]));
            }
        }

        _heldOctets -= count;
        return count;
    }

    private void PutBack((long Due, ReadOnlyMemory<byte> Octets) rest)
    {
        (long, ReadOnlyMemory<byte>)[] others = [.. _held];
        _held.Clear();
        _held.Enqueue(rest);
        foreach ((long, ReadOnlyMemory<byte>) other in others)
        {
            _held.Enqueue(other);
        }
    }

    /// <summary>Waits for octets and strikes them; false when none came in time.</summary>
    private async ValueTask<bool> FetchAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        if (_heldOctets >= MaximumHeldOctets)
        {
            await Task.Delay(wait, _time, cancellationToken).ConfigureAwait(false);
            return false;
        }

        TransportRead read = await _inner.ReadAsync(_buffer, wait, cancellationToken).ConfigureAwait(false);
        if (read.TimedOut)
        {
            return false;
        }

        foreach (FaultPiece piece in _incoming.Apply(_buffer.AsSpan(0, read.Count)))
        {
            _lastDue = Math.Max(_lastDue, _time.GetTimestamp()) + (long)(piece.Before.TotalSeconds * _time.TimestampFrequency);
            if (piece.Octets.Length > 0)
            {
                _held.Enqueue((_lastDue, piece.Octets));
                _heldOctets += piece.Octets.Length;
            }
        }

        return true;
    }

    private void Forget()
    {
        _held.Clear();
        _heldOctets = 0;
    }

    private async ValueTask ThrowIfHungUpAsync()
    {
        if (_incoming.IsHungUp || _outgoing.IsHungUp)
        {
            await _inner.DisposeAsync().ConfigureAwait(false);
            throw new TransportException("TRAN-004", $"{Name}: the port is gone (a planned hang-up)", Name);
        }
    }
}
