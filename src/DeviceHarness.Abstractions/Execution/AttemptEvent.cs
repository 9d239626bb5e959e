using DeviceHarness.Abstractions.Devices;

namespace DeviceHarness.Abstractions.Execution;

/// <summary>Something that happened in an attempt, in the order in which the agent journals it.</summary>
public abstract record AttemptEvent
{
    /// <summary>When it happened, in UTC.</summary>
    public required DateTimeOffset Time { get; init; }
}

/// <summary>The attempt began.</summary>
/// <param name="CaseId">The case's id in its pack.</param>
/// <param name="Title">The case's title.</param>
/// <param name="Provenance">How the devices are reached and what they are.</param>
public sealed record AttemptStarted(string CaseId, string Title, Provenance Provenance) : AttemptEvent;

/// <summary>A step began.</summary>
/// <param name="Index">The step's place in its case, from 1.</param>
/// <param name="Name">The step's name.</param>
public sealed record StepStarted(int Index, string Name) : AttemptEvent;

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

/// <summary>A piece of evidence was made.</summary>
/// <param name="Name">What it is, such as <c>evidence.json</c>.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Content">The octets; at most <see cref="MaximumOctets"/>.</param>
public sealed record EvidenceRecorded(string Name, string MediaType, ReadOnlyMemory<byte> Content) : AttemptEvent
{
    /// <summary>The largest piece of evidence in octets: it fits a gRPC message of 4 MiB with room to spare.</summary>
    public const int MaximumOctets = 2 * 1024 * 1024;
}

/// <summary>The inventory changed.</summary>
/// <param name="Eui64">The device, as its EUI-64.</param>
/// <param name="Field">What changed: <c>status</c> or <c>firmware</c>.</param>
/// <param name="Value">Its new value.</param>
public sealed record InventoryChanged(string Eui64, string Field, string Value) : AttemptEvent;

/// <summary>The attempt ended.</summary>
/// <param name="Verdict">How it ended.</param>
/// <param name="Reason">Why, when it did not pass; otherwise empty.</param>
/// <param name="Elapsed">How long it took, on the monotonic clock.</param>
/// <param name="OctetsToDevice">The octets that the attempt sent to ports.</param>
/// <param name="OctetsFromDevice">The octets that it received from ports.</param>
public sealed record AttemptFinished(
    Verdict Verdict, string Reason, TimeSpan Elapsed, long OctetsToDevice, long OctetsFromDevice) : AttemptEvent;

/// <summary>Takes the events of an attempt and keeps them.</summary>
public interface IAttemptJournal
{
    /// <summary>Appends an event; it is kept in order, and on disk with the next flush.</summary>
    /// <remarks>Completes at once unless the journal is full: then the step waits, nothing is dropped.</remarks>
    ValueTask AppendAsync(AttemptEvent attemptEvent, CancellationToken cancellationToken);

    /// <summary>Waits until everything appended so far is on disk.</summary>
    ValueTask FlushAsync(CancellationToken cancellationToken);
}
