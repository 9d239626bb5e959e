namespace DeviceHarness.Virtual.ZigBee.Radio;

/// <summary>When a sleepy node asks its parent for messages.</summary>
public sealed record PollModel
{
    /// <summary>How often, while it is awake; above 0.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(7.5);

    /// <summary>How often it wakes; zero is always awake enough to ask.</summary>
    public TimeSpan WakeEvery { get; init; }

    /// <summary>How long it then stays awake.</summary>
    public TimeSpan WakeFor { get; init; }

    /// <summary>The first moment at which it asks.</summary>
    public TimeSpan Phase { get; init; }

    /// <summary>Whether it is awake.</summary>
    /// <param name="at">When.</param>
    public bool IsAwake(TimeSpan at) => WakeEvery == TimeSpan.Zero || (at >= Phase && IntoWake(at) < WakeFor);

    /// <summary>When it asks next.</summary>
    /// <param name="after">A moment; the answer lies behind it.</param>
    public TimeSpan NextAfter(TimeSpan after)
    {
        if (after < Phase)
        {
            return Phase;
        }

        if (WakeEvery == TimeSpan.Zero)
        {
            return Phase + ((Math.Floor((after - Phase) / Interval) + 1) * Interval);
        }

        TimeSpan into = IntoWake(after);
        TimeSpan next = (Math.Floor(into / Interval) + 1) * Interval;
        return next < WakeFor ? after - into + next : after - into + WakeEvery;
    }

    private TimeSpan IntoWake(TimeSpan at) => TimeSpan.FromTicks((at - Phase).Ticks % WakeEvery.Ticks);
}
