namespace DeviceHarness.Assurance.Issues;

/// <summary>A recorded fault found in testing.</summary>
public sealed record TestingIssue
{
    /// <summary>Its id: <c>TI-0001</c> and on for issues that the harness raised, or the id of a known issue.</summary>
    public required string Id { get; init; }

    /// <summary>What it is, in a line.</summary>
    public required string Title { get; init; }

    /// <summary>What is known of it from elsewhere; empty for an issue that the harness raised.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>Where it is in its life.</summary>
    public required IssueState State { get; init; }

    /// <summary>Its severity, 1 to 5, as a person set it; null until then.</summary>
    public int? Severity { get; init; }

    /// <summary>What is known of it, as its proposal was made.</summary>
    public required IssueFacts Facts { get; init; }

    /// <summary>The proposal of the decision table for <see cref="Facts"/>.</summary>
    public SeverityProposal Proposal => SeverityTable.Propose(Facts);

    /// <summary>What people said of it beside its severity.</summary>
    public IssueStanding Standing { get; init; } = IssueStanding.None;

    /// <summary>Whether a real device showed it: only then does it count towards a threshold.</summary>
    public bool IsSeenOnReal { get; init; }

    /// <summary>Whether it is one of the known issues that come with the harness.</summary>
    public bool IsKnown { get; init; }

    /// <summary>The issue that it is the same as; empty when it is none's duplicate.</summary>
    public string DuplicateOf { get; init; } = string.Empty;

    /// <summary>When it was raised, in UTC.</summary>
    public required DateTimeOffset Raised { get; init; }

    /// <summary>When it was seen last, in UTC.</summary>
    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>In how many attempts it was seen.</summary>
    public int Sightings { get; init; }
}
