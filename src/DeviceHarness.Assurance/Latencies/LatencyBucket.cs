namespace DeviceHarness.Assurance.Latencies;

/// <summary>Samples whose times lie close to each other.</summary>
/// <param name="LowerMicroseconds">The shortest time in it, in whole microseconds.</param>
/// <param name="UpperMicroseconds">The longest time in it, in whole microseconds.</param>
/// <param name="Count">How many samples, from 1.</param>
public readonly record struct LatencyBucket(long LowerMicroseconds, long UpperMicroseconds, long Count);
