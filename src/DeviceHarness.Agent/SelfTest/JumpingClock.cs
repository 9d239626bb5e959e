namespace DeviceHarness.Agent.SelfTest;

/// <summary>A clock that takes no time: it stands still while anything is done, and jumps over whatever is only waited for.</summary>
/// <remarks>Two things move it: who waits for octets of a silent line (<see cref="HopTo"/>), and who waits for nothing but time. A limit,
/// such as the source of a cancellation, moves nothing: it fires when time has come so far. On the way each device does what it has to do
/// at its own moment.</remarks>
internal sealed class JumpingClock : SteppedClock
{
    // Who waits for time alone lets a dialogue that is under way on another thread come to its own wait first.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(1);

    private readonly List<DirectTransport> _devices = [];
    private long _activity;

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

        if (MoveTo(moment) is { } due)
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
        var timer = (SteppedTimer)base.CreateTimer(callback, state, dueTime, period);
        bool isLimit = state is CancellationTokenSource || dueTime == Timeout.InfiniteTimeSpan || period > TimeSpan.Zero;
        if (!isLimit)
        {
            _ = Task.Run(() => PassAsync(timer));
        }

        return timer;
    }

    private async Task PassAsync(SteppedTimer timer)
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
}
