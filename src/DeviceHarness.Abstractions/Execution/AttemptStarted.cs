namespace DeviceHarness.Abstractions.Execution;

/// <summary>The attempt began.</summary>
/// <param name="CaseId">The case's id in its pack.</param>
/// <param name="Title">The case's title.</param>
/// <param name="Provenance">How the devices are reached and what they are.</param>
public sealed record AttemptStarted(string CaseId, string Title, Provenance Provenance) : AttemptEvent;
