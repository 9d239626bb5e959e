using DeviceHarness.Abstractions.Devices;

namespace DeviceHarness.Abstractions.Execution;

/// <summary>A step ended.</summary>
/// <param name="Index">The step's place in its case, from 1.</param>
/// <param name="Name">The step's name.</param>
/// <param name="Verdict">How it ended.</param>
/// <param name="Reason">Why, when it did not pass; otherwise empty.</param>
/// <param name="ServiceReferenceVariant">The SRV that the step sent; empty when it sent none.</param>
/// <param name="AcknowledgementCode">The synchronous response code; empty when none.</param>
/// <param name="ResponseCode">The asynchronous response code; empty when none.</param>
/// <param name="Elapsed">How long the step took, on the monotonic clock.</param>
/// <param name="Latency">Where the time of its service request went; null when it sent none.</param>
public sealed record StepFinished(
    int Index, string Name, Verdict Verdict, string Reason, string ServiceReferenceVariant, string AcknowledgementCode, string ResponseCode,
    TimeSpan Elapsed, LatencySplit? Latency) : AttemptEvent
{
    /// <summary>The device that the Service Request was for, by its name in the rig file; empty when the step sent none.</summary>
    public string Device { get; init; } = string.Empty;
}
