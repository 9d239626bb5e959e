using DeviceHarness.Assurance.Latencies;
using Google.Protobuf.WellKnownTypes;
using V1 = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Orchestrator.Mapping;

/// <summary>Latency histograms as clients see them.</summary>
internal static class LatencyMapping
{
    /// <summary>A profile.</summary>
    public static V1.LatencyProfile ToContract(LatencyProfile profile) => new()
    {
        Model = profile.Key.Model,
        Firmware = profile.Key.Firmware,
        ServiceReferenceVariant = profile.Key.ServiceReferenceVariant,
        Total = ToContract(profile.Total),
        Harness = ToContract(profile.Harness),
        Line = ToContract(profile.Line),
        Device = ToContract(profile.Device),
    };

    private static V1.LatencyHistogram ToContract(LatencyHistogram histogram)
    {
        V1.LatencyHistogram message = new()
        {
            Count = histogram.Count,
            P50 = Duration.FromTimeSpan(histogram.PercentileOf(50)),
            P95 = Duration.FromTimeSpan(histogram.PercentileOf(95)),
            P99 = Duration.FromTimeSpan(histogram.PercentileOf(99)),
            Shortest = Duration.FromTimeSpan(histogram.Shortest),
            Longest = Duration.FromTimeSpan(histogram.Longest),
        };
        message.Buckets.AddRange(histogram.Buckets.Select(bucket => new V1.LatencyBucket
        {
            LowerUs = bucket.LowerMicroseconds,
            UpperUs = bucket.UpperMicroseconds,
            Count = bucket.Count,
        }));
        return message;
    }
}
