namespace DeviceHarness.Rpc.Wire;

/// <summary>Fires once after any length of time. Timers of the platform end at 49 days; this one counts the rest in pieces.</summary>
internal sealed class CappedTimer : IDisposable
{
    /// <summary>The longest piece.</summary>
    public static readonly TimeSpan MaxPiece = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly Action _fire;
    private readonly ITimer _timer;
    private TimeSpan _remaining;
    private bool _ended;

    /// <summary>Starts the timer.</summary>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="dueTime">When to fire; not negative.</param>
    /// <param name="fire">What to do then, on a thread of the pool.</param>
    public CappedTimer(TimeProvider timeProvider, TimeSpan dueTime, Action fire)
    {
        _fire = fire;
        _remaining = dueTime;
        _timer = timeProvider.CreateTimer(
            static state => ((CappedTimer)state!).PieceEnded(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lock (_gate)
        {
            StartPiece();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _ended = true;
            _timer.Dispose();
        }
    }

    private void StartPiece()
    {
        TimeSpan piece = _remaining < MaxPiece ? _remaining : MaxPiece;
        _remaining -= piece;
        _timer.Change(piece, Timeout.InfiniteTimeSpan);
    }

    private void PieceEnded()
    {
        lock (_gate)
        {
            if (_ended)
            {
                return;
            }

            if (_remaining > TimeSpan.Zero)
            {
                StartPiece();
                return;
            }

            _ended = true;
        }

        _fire();
    }
}
