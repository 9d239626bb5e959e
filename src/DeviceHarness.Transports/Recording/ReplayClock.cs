namespace DeviceHarness.Transports.Recording;

/// <summary>The time of a record, while it is replayed: it moves with the recorded octets and with every wait, and no wait takes
/// time.</summary>
/// <remarks>Safe for use from any thread.</remarks>
public sealed class ReplayClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly DateTimeOffset _started;
    private DateTimeOffset _now;

    /// <summary>Creates a clock.</summary>
    /// <param name="started">When the record begins.</param>
    public ReplayClock(DateTimeOffset started)
    {
        _started = started;
        _now = started;
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Moves the clock on to an instant; one that has passed changes nothing.</summary>
    /// <param name="instant">The instant.</param>
    public void MoveTo(DateTimeOffset instant)
    {
        lock (_gate)
        {
            _now = instant > _now ? instant : _now;
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => (GetUtcNow() - _started).Ticks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < TimeSpan.Zero)
        {
            return System.CreateTimer(callback, state, dueTime, period);
        }

        MoveTo(GetUtcNow() + dueTime);
        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
