namespace DeviceHarness.Agent.Clock;

/// <summary>The time of a scaled bench: that of its devices, of the simulated service and of what packs wait for.</summary>
/// <remarks>It runs so many times faster than real time while every line is silent and nobody is in a dialogue, and with real time
/// otherwise: no link, and nothing that a link's octets are held against, is ever hurried. Until a bench keeps it, it is real time. It
/// never goes back. Safe for use from any thread.</remarks>
internal sealed class ScaledClock : TimeProvider
{
    /// <summary>The largest scale: a day in 24 seconds.</summary>
    public const int MaximumScale = 3_600;

    // No wait is looked at more often: what ends within this much real time ends at its end.
    private static readonly TimeSpan Grain = TimeSpan.FromMilliseconds(10);

    private readonly SharedClock _shared;
    private readonly TimeProvider _real;
    private readonly int _scale;
    private long _last;

    /// <summary>Reads a clock that a bench keeps.</summary>
    /// <param name="shared">The clock.</param>
    /// <param name="scale">How many times faster it runs at most.</param>
    /// <param name="real">Real time.</param>
    public ScaledClock(SharedClock shared, int scale, TimeProvider real)
    {
        _shared = shared;
        _scale = scale;
        _real = real;
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Real time as a piece counts it.</summary>
    public static long RealTicks(TimeProvider real) => real.GetElapsedTime(0).Ticks;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        long now = _shared.Piece?.At(RealTicks(_real)) ?? _real.GetUtcNow().UtcTicks;
        long last = Volatile.Read(ref _last);
        while (now > last)
        {
            long seen = Interlocked.CompareExchange(ref _last, now, last);
            if (seen == last)
            {
                return now;
            }

            last = seen;
        }

        return last;
    }

    /// <summary>A dialogue begins: until this is disposed of, time runs as real time does.</summary>
    public IDisposable Hold() => new Held(_shared);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ScaledTimer timer = new(this, callback, state);
        _ = timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Held : IDisposable
    {
        private SharedClock? _shared;

        public Held(SharedClock shared)
        {
            _shared = shared;
            shared.Hold(1);
        }

        public void Dispose() => Interlocked.Exchange(ref _shared, null)?.Hold(-1);
    }

    /// <summary>A timer that looks again when its moment may have come: how fast time runs until then nobody knows.</summary>
    private sealed class ScaledTimer : ITimer
    {
        private readonly ScaledClock _clock;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private readonly Lock _gate = new();
        private readonly ITimer _look;
        private TimeSpan _period = Timeout.InfiniteTimeSpan;
        private long _dueAt = long.MaxValue;

        public ScaledTimer(ScaledClock clock, TimerCallback callback, object? state)
        {
            _clock = clock;
            _callback = callback;
            _state = state;
            _look = clock._real.CreateTimer(
                static timer => ((ScaledTimer)timer!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_gate)
            {
                _period = period;
                _dueAt = dueTime == Timeout.InfiniteTimeSpan ? long.MaxValue : _clock.GetTimestamp() + dueTime.Ticks;
                return Arm();
            }
        }

        public void Dispose() => _look.Dispose();

        public ValueTask DisposeAsync() => _look.DisposeAsync();

        private void Look()
        {
            lock (_gate)
            {
                long now = _clock.GetTimestamp();
                if (_dueAt > now)
                {
                    _ = Arm();
                    return;
                }

                _dueAt = _period > TimeSpan.Zero ? now + _period.Ticks : long.MaxValue;
                _ = Arm();
            }

            _callback(_state);
        }

        private bool Arm()
        {
            if (_dueAt == long.MaxValue)
            {
                return _look.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }

            long left = _dueAt - _clock.GetTimestamp();
            long wait = left <= 0 ? 0 : Math.Max(TimeSpan.TicksPerMillisecond, Math.Min(left, Math.Max(Grain.Ticks, left / _clock._scale)));
            return _look.Change(TimeSpan.FromTicks(wait), Timeout.InfiniteTimeSpan);
        }
    }
}
