namespace DeviceHarness.Agent.SelfTest;

/// <summary>A clock that takes no time: it stands still while anything is done, and jumps over whatever is only waited for.</summary>
/// <remarks>Two things move it: who waits for octets of a silent line (<see cref="HopTo"/>), and who waits for nothing but time. A limit,
/// such as the source of a cancellation, moves nothing: it fires when time has come so far. On the way each device does what it has to do
/// at its own moment. It always begins at the same moment, so that a run is the same each time.</remarks>
internal sealed class JumpingClock : TimeProvider
{
    // Who waits for time alone lets a dialogue that is under way on another thread come to its own wait first.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private readonly List<JumpingTimer> _timers = [];
    private readonly List<DirectTransport> _devices = [];
    private long _ticks;
    private long _activity;

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

    /// <summary>Somebody does something: who waits for time alone goes on waiting for him.</summary>
    public void Touch() => Interlocked.Increment(ref _activity);

    /// <summary>Has a device act at its own moments from now on.</summary>
    public void Attach(DirectTransport device) => _devices.Add(device);

    /// <summary>Moves to a moment, or to the first before it at which a timer fires or a device has to act.</summary>
    /// <param name="moment">The moment, as time since the beginning; one that is past moves nothing.</param>
    public void HopTo(TimeSpan moment)
    {
        DirectTransport? acting = null;
        TimeSpan now = Elapsed;
        foreach (DirectTransport device in _devices)
        {
            TimeSpan wait = device.TimeToNextStep;
            if (wait != Timeout.InfiniteTimeSpan && wait < moment - now)
            {
                acting = device;
                moment = now + wait;
            }
        }

        JumpingTimer? due;
        lock (_gate)
        {
            due = _timers.Where(timer => timer.DueAt <= moment.Ticks).MinBy(timer => timer.DueAt);
            _ticks = Math.Max(_ticks, due?.DueAt ?? moment.Ticks);
            due?.Rearm();
        }

        if (due is not null)
        {
            due.Fire();
        }
        else
        {
            acting?.Act();
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        JumpingTimer timer = new(this, callback, state);
        _ = timer.Change(dueTime, period);
        bool isLimit = state is CancellationTokenSource || dueTime == Timeout.InfiniteTimeSpan || period > TimeSpan.Zero;
        if (!isLimit)
        {
            _ = Task.Run(() => PassAsync(timer));
        }

        return timer;
    }

    private async Task PassAsync(JumpingTimer timer)
    {
        while (true)
        {
            long seen = Interlocked.Read(ref _activity);
            await Task.Delay(Grace, System).ConfigureAwait(false);
            long? due = timer.ReadDue();
            if (due is not long moment)
            {
                return;
            }

            if (seen == Interlocked.Read(ref _activity))
            {
                HopTo(TimeSpan.FromTicks(moment));
            }
        }
    }

    private sealed class JumpingTimer(JumpingClock owner, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        /// <summary>When it fires; read and written under the clock's gate.</summary>
        public long DueAt { get; private set; } = long.MaxValue;

        public long? ReadDue()
        {
            lock (owner._gate)
            {
                return DueAt == long.MaxValue ? null : DueAt;
            }
        }

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

        public void Fire() => callback(state);

        public void Dispose() => _ = Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
