using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Assurance.Cycles;

namespace DeviceHarness.Assurance.Latencies;

/// <summary>What one kind of request on one kind of device is told from others by.</summary>
/// <param name="Model">Device type and profile, such as <c>ESME generic-smets1-esme</c>.</param>
/// <param name="Firmware">The firmware that the device had when its cycle was frozen; a case that changes it counts under that one too.
/// </param>
/// <param name="ServiceReferenceVariant">The SRV, such as <c>4.1.1</c>.</param>
public readonly record struct LatencyKey(string Model, string Firmware, string ServiceReferenceVariant);

/// <summary>How long one SRV takes on one device model with one firmware, as histograms that add up over cycles.</summary>
/// <param name="Key">What it is of.</param>
/// <param name="Total">Queue, host, line and device together; connecting is never in it.</param>
/// <param name="Harness">Waiting for device or link, and the harness's own time.</param>
/// <param name="Line">The time that the octets occupy the line: the floor below which no harness and no device can get.</param>
/// <param name="Device">The device's time to answer.</param>
public sealed record LatencyProfile(
    LatencyKey Key, LatencyHistogram Total, LatencyHistogram Harness, LatencyHistogram Line, LatencyHistogram Device)
{
    /// <summary>The least time that such a request kept the line busy.</summary>
    public TimeSpan LineFloor => Line.Shortest;

    /// <summary>Builds the profiles of a cycle, in the order of the SRVs' numbers.</summary>
    /// <remarks>The samples are those of <see cref="LatencySummary"/>. A step whose device is not of the cycle's devices is left out: its
    /// model is not known.</remarks>
    public static IReadOnlyList<LatencyProfile> Of(CycleDetail detail)
    {
        ArgumentNullException.ThrowIfNull(detail);
        return Ordered(
            from attempt in LatencySamples.AttemptsOf(detail.Executions)
            from step in attempt.Steps
            where LatencySamples.IsSample(step)
            let device = detail.Cycle.DevicesOn(detail.RigOf(attempt)).FirstOrDefault(one => one.Device.Id.Value == step.Device)
            where device is not null
            let model = $"{device.Device.DeviceType} {device.Device.Profile}"
            group step.Latency by new LatencyKey(model, device.Inventory.FirmwareVersion, step.ServiceReferenceVariant) into own
            select Of(own.Key, [.. own]));
    }

    /// <summary>Adds the profiles of several cycles up, key by key.</summary>
    public static IReadOnlyList<LatencyProfile> Merge(IEnumerable<LatencyProfile> profiles) => Ordered(
        profiles.GroupBy(profile => profile.Key).Select(own => new LatencyProfile(
            own.Key,
            LatencyHistogram.Merge(own.Select(profile => profile.Total)),
            LatencyHistogram.Merge(own.Select(profile => profile.Harness)),
            LatencyHistogram.Merge(own.Select(profile => profile.Line)),
            LatencyHistogram.Merge(own.Select(profile => profile.Device)))));

    private static LatencyProfile Of(LatencyKey key, IReadOnlyList<LatencySplit> splits) => new(
        key,
        LatencyHistogram.Of(splits.Select(split => split.Total)),
        LatencyHistogram.Of(splits.Select(split => split.Queue + split.Host)),
        LatencyHistogram.Of(splits.Select(split => split.Line)),
        LatencyHistogram.Of(splits.Select(split => split.Device)));

    private static IReadOnlyList<LatencyProfile> Ordered(IEnumerable<LatencyProfile> profiles) =>
    [
        .. profiles.OrderBy(profile => profile.Key.ServiceReferenceVariant, NumberedNameComparer.Instance)
            .ThenBy(profile => profile.Key.Model, StringComparer.Ordinal)
            .ThenBy(profile => profile.Key.Firmware, NumberedNameComparer.Instance),
    ];
}
