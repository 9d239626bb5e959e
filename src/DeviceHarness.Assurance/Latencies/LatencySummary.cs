using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Assurance.Cycles;

namespace DeviceHarness.Assurance.Latencies;

/// <summary>How long one service request took on one device over a cycle.</summary>
/// <remarks>The parts are medians of their own and need not add up to the median of the total. Connecting and associating are never in
/// the total.</remarks>
/// <param name="ServiceReferenceVariant">The SRV, such as <c>4.1.1</c>.</param>
/// <param name="Device">The device, by its name in the rig file, with the rig when there are several; empty when the steps do not say.
/// </param>
/// <param name="Samples">How many requests the device answered.</param>
/// <param name="TotalP50">Median of the total.</param>
/// <param name="TotalP99">99th percentile of the total; the maximum for fewer than 100 samples.</param>
/// <param name="QueueP50">Median of waiting for device or link.</param>
/// <param name="HostP50">Median of the harness's own time.</param>
/// <param name="LineP50">Median of the time on the line.</param>
/// <param name="DeviceP50">Median of the device's time.</param>
/// <param name="Connects">How many of the requests had to connect first.</param>
/// <param name="ConnectP50">Median of connecting, over those; zero when there are none.</param>
public sealed record LatencySummary(
    string ServiceReferenceVariant, string Device, int Samples, TimeSpan TotalP50, TimeSpan TotalP99, TimeSpan QueueP50, TimeSpan HostP50,
    TimeSpan LineP50, TimeSpan DeviceP50, int Connects, TimeSpan ConnectP50)
{
    /// <summary>Median of how long the steps took from their beginning to their end, connecting and waiting with it.</summary>
    public TimeSpan ElapsedP50 { get; init; }

    /// <summary>Sums up the steps of a cycle, one row for each SRV and device, in the order of the SRV's numbers.</summary>
    /// <remarks>Counted are the steps of attempts that are not superseded and not scaled, and only requests that a
    /// device answered: a silence has no latency.</remarks>
    public static IReadOnlyList<LatencySummary> Of(IEnumerable<ExecutionHistory> executions)
    {
        Attempt[] attempts = [.. LatencySamples.AttemptsOf(executions)];

        // Rigs may give the same name to different devices.
        bool isOneRig = attempts.Select(attempt => attempt.Rig).Distinct(StringComparer.Ordinal).Count() <= 1;
        return
        [
            .. attempts.SelectMany(attempt => attempt.Steps, (attempt, step) => (attempt.Rig, Step: step))
                .Where(one => LatencySamples.IsSample(one.Step))
                .GroupBy(one => (one.Step.ServiceReferenceVariant, Device: Name(one.Rig, one.Step.Device)), one => one.Step)
                .Select(group => Of(group.Key.ServiceReferenceVariant, group.Key.Device, [.. group.Select(step => step.Latency!)]) with
                {
                    ElapsedP50 = Percentile.Of(group.Select(step => step.Elapsed), percent: 50),
                })
                .OrderBy(summary => summary.ServiceReferenceVariant, NumberedNameComparer.Instance)
                .ThenBy(summary => summary.Device, StringComparer.Ordinal),
        ];

        string Name(string rig, string device) => isOneRig ? device : $"{device} on {rig}";
    }

    private static LatencySummary Of(string variant, string device, IReadOnlyList<LatencySplit> splits)
    {
        TimeSpan[] connects = [.. splits.Select(split => split.Connect).Where(connect => connect > TimeSpan.Zero)];
        return new LatencySummary(
            variant,
            device,
            splits.Count,
            Percentile.Of(splits.Select(split => split.Total), percent: 50),
            Percentile.Of(splits.Select(split => split.Total), percent: 99),
            Percentile.Of(splits.Select(split => split.Queue), percent: 50),
            Percentile.Of(splits.Select(split => split.Host), percent: 50),
            Percentile.Of(splits.Select(split => split.Line), percent: 50),
            Percentile.Of(splits.Select(split => split.Device), percent: 50),
            connects.Length,
            Percentile.Of(connects, percent: 50));
    }
}
