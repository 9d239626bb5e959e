namespace DeviceHarness.Assurance.Issues;

/// <summary>An issue with everything that happened to it.</summary>
/// <param name="Issue">The issue.</param>
/// <param name="Sightings">Where it was seen, newest first; at most <see cref="MaximumSightings"/>.</param>
/// <param name="History">Its history, oldest first.</param>
/// <param name="Related">Other issues with the same SRV and symptom, by id: they may be the same.</param>
public sealed record IssueDetail(
    TestingIssue Issue, IReadOnlyList<IssueSighting> Sightings, IReadOnlyList<IssueChange> History, IReadOnlyList<string> Related)
{
    /// <summary>The most sightings that are read at once.</summary>
    public const int MaximumSightings = 100;

    /// <summary>The most attempts that <see cref="Rates"/> are counted over, the newest ones.</summary>
    public const int MaximumJudged = 10_000;

    /// <summary>How often each device showed it, affected devices first.</summary>
    public IReadOnlyList<FailureRate> Rates { get; init; } = [];
}
