using Google.Protobuf.WellKnownTypes;

namespace DeviceHarness.Orchestrator.Mapping;

/// <summary>Moments and durations as messages carry them.</summary>
internal static class WireTime
{
    /// <summary>A duration; an absent one is zero.</summary>
    public static TimeSpan ToTimeSpan(Duration? duration) => duration?.ToTimeSpan() ?? TimeSpan.Zero;

    /// <summary>A moment; null stays absent.</summary>
    public static Timestamp? ToTimestamp(DateTimeOffset? moment) => moment is { } value ? Timestamp.FromDateTimeOffset(value) : null;
}
