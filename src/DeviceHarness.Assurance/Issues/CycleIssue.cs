namespace DeviceHarness.Assurance.Issues;

/// <summary>An issue as one cycle saw it.</summary>
/// <param name="Issue">The issue.</param>
/// <param name="IsNew">Whether this cycle raised it; otherwise it was known before.</param>
/// <param name="Sightings">Where this cycle saw it, in the order of its cases and attempts.</param>
public sealed record CycleIssue(TestingIssue Issue, bool IsNew, IReadOnlyList<IssueSighting> Sightings)
{
    /// <summary>The octets of its first sighting here; null when they were not looked up, or there are none.</summary>
    public FailingExchange? Exchange { get; init; }

    /// <summary>The severities that were set up to the date of the report, oldest first; empty when they were not looked up.</summary>
    public IReadOnlyList<IssueChange> Severities { get; init; } = [];
}
