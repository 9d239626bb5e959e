namespace DeviceHarness.Drivers.Tests.Esme;

/// <summary>The system's clock, but every timer falls due at once and moves the clock on by what it would have taken.</summary>
internal sealed class SkippingTimeProvider : TimeProvider
{
    private long _skippedTicks;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Skipped;

    public override long GetTimestamp() =>
        System.GetTimestamp() + (long)(Skipped.TotalSeconds * System.TimestampFrequency);

    public override long TimestampFrequency => System.TimestampFrequency;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Add(ref _skippedTicks, Math.Max(dueTime.Ticks, 0));
        return System.CreateTimer(callback, state, dueTime < TimeSpan.Zero ? dueTime : TimeSpan.Zero, period);
    }

    /// <summary>What all timers would have taken.</summary>
    internal TimeSpan Skipped => TimeSpan.FromTicks(Interlocked.Read(ref _skippedTicks));
}
