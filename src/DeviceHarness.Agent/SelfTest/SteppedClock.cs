namespace DeviceHarness.Agent.SelfTest;

/// <summary>A clock that stands still until it is moved on. It always begins at the same moment, so that a run is the same each
/// time.</summary>
internal abstract class SteppedClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<SteppedTimer> _timers = [];
    private long _ticks;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>The time since the beginning.</summary>
    public TimeSpan Elapsed => TimeSpan.FromTicks(GetTimestamp());

    /// <summary>The moment at which every such clock begins, UTC: an evening. At noon the generator behind a virtual meter feeds more than
    /// its house takes, and no load limit is exceeded.</summary>
    public static DateTimeOffset Beginning { get; } = new(2026, 1, 5, 18, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Beginning + Elapsed;

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return _ticks;
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        SteppedTimer timer = new(this, callback, state);
        _ = timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>When the next timer fires, as time since the beginning; null without one.</summary>
    protected TimeSpan? NextTimer
    {
        get
        {
            lock (_gate)
            {
                return _timers.Count == 0 ? null : TimeSpan.FromTicks(_timers.Min(timer => timer.DueAt));
            }
        }
    }

    /// <summary>Moves to a moment, or to the first before it at which a timer fires.</summary>
    /// <param name="moment">The moment, as time since the beginning; one that is past moves nothing.</param>
    /// <returns>The timer that fires then and has been set again; null without one.</returns>
    protected SteppedTimer? MoveTo(TimeSpan moment)
    {
        lock (_gate)
        {
            SteppedTimer? due = _timers.Where(timer => timer.DueAt <= moment.Ticks).MinBy(timer => timer.DueAt);
            _ticks = Math.Max(_ticks, due?.DueAt ?? moment.Ticks);
            due?.Rearm();
            return due;
        }
    }

    /// <summary>A timer on such a clock.</summary>
    protected sealed class SteppedTimer(SteppedClock owner, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        /// <summary>When it fires; read and written under the clock's gate.</summary>
        public long DueAt { get; private set; } = long.MaxValue;

        /// <summary>When it fires; null when it does not.</summary>
        public long? ReadDue()
        {
            lock (owner._gate)
            {
                return DueAt == long.MaxValue ? null : DueAt;
            }
        }

        /// <inheritdoc/>
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (owner._gate)
            {
                owner._timers.Remove(this);
                _period = period;
                DueAt = long.MaxValue;
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    DueAt = owner._ticks + dueTime.Ticks;
                    owner._timers.Add(this);
                }
            }

            return true;
        }

        /// <summary>Sets it for its next time, under the clock's gate.</summary>
        public void Rearm()
        {
            owner._timers.Remove(this);
            bool isOver = _period <= TimeSpan.Zero;
            DueAt = isOver ? long.MaxValue : DueAt + _period.Ticks;
            if (!isOver)
            {
                owner._timers.Add(this);
            }
        }

        /// <summary>Calls whom it is for.</summary>
        public void Fire() => callback(state);

        /// <inheritdoc/>
        public void Dispose() => _ = Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        /// <inheritdoc/>
        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
