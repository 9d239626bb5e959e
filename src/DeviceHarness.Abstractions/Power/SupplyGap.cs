namespace DeviceHarness.Abstractions.Power;

/// <summary>A time in which an input that is asked again and again was not asked for longer than is usual for it: what came and went then
/// went unseen.</summary>
/// <param name="From">When the value before it may have been measured at the earliest, by the input's monotonic clock.</param>
/// <param name="To">When the value after it was there. Later than <paramref name="From"/>.</param>
public sealed record SupplyGap(TimeSpan From, TimeSpan To)
{
    /// <summary>How long it is.</summary>
    public TimeSpan Length => To - From;
}
