using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Packs.Runner;

/// <summary>How an attempt ended; everything else about it is in the journal.</summary>
/// <param name="Verdict">How it ended.</param>
/// <param name="Reason">Why, when it did not pass; otherwise empty.</param>
/// <param name="Elapsed">How long it took, on the monotonic clock.</param>
/// <param name="Provenance">The weakest provenance of the devices in use.</param>
/// <param name="OctetsToDevice">The octets that it sent to ports.</param>
/// <param name="OctetsFromDevice">The octets that it received from ports.</param>
/// <param name="Steps">Its steps that began, clean-up last.</param>
public sealed record AttemptResult(
    Verdict Verdict,
    string Reason,
    TimeSpan Elapsed,
    Provenance Provenance,
    long OctetsToDevice,
    long OctetsFromDevice,
    IReadOnlyList<StepResult> Steps);

/// <summary>How a step ended.</summary>
/// <param name="Index">Its place in the attempt, from 1; clean-up counts on.</param>
/// <param name="Name">Its name.</param>
/// <param name="Verdict">How it ended.</param>
/// <param name="Reason">Why, when it did not pass; otherwise empty.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record StepResult(int Index, string Name, Verdict Verdict, string Reason, TimeSpan Elapsed);
