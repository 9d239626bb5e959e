namespace DeviceHarness.Assurance.Issues;

/// <summary>What a person decides about an issue. What is null stays as it is.</summary>
/// <param name="IssueId">The issue.</param>
/// <param name="Who">Who decides.</param>
/// <param name="Forum">Where it was decided, such as <c>TAB</c> or <c>TAG</c>; empty when nowhere in particular.</param>
/// <param name="Reason">Why; not empty.</param>
public sealed record IssueDecision(string IssueId, string Who, string Forum, string Reason)
{
    /// <summary>The severity, 1 to 5.</summary>
    public int? Severity { get; init; }

    /// <summary>The state.</summary>
    public IssueState? State { get; init; }

    /// <summary>The issue that this one is the same as; it becomes <see cref="IssueState.Duplicate"/>, and what would have been a
    /// sighting of it is one of the other.</summary>
    public string? DuplicateOf { get; init; }

    /// <summary>Whether the cause is known.</summary>
    public bool? CauseKnown { get; init; }

    /// <summary>Whether a workaround was accepted.</summary>
    public bool? WorkaroundAccepted { get; init; }

    /// <summary>Whether safety, supply, credit or security is harmed.</summary>
    public bool? Harm { get; init; }

    /// <summary>Whether the device cannot be recovered.</summary>
    public bool? Unrecoverable { get; init; }

    /// <summary>How far it reaches.</summary>
    public Spread? Spread { get; init; }

    /// <summary>What kind of departure it is.</summary>
    public Departure? Departure { get; init; }

    /// <summary>The issue's facts after the decision.</summary>
    public IssueFacts Apply(IssueFacts facts) => facts with
    {
        CauseKnown = CauseKnown ?? facts.CauseKnown,
        WorkaroundAccepted = WorkaroundAccepted ?? facts.WorkaroundAccepted,
        Harm = Harm ?? facts.Harm,
        Unrecoverable = Unrecoverable ?? facts.Unrecoverable,
        Spread = Spread ?? facts.Spread,
        Departure = Departure ?? facts.Departure,
    };

    /// <summary>Why the decision cannot be made of an issue in this state; empty when it can.</summary>
    public string WhyNot(IssueState state)
    {
        if (Severity is < 1 or > 5)
        {
            return FormattableString.Invariant($"severity {Severity}; allowed: 1 to 5");
        }

        if (Who.Length == 0 || Reason.Length == 0)
        {
            return "a decision needs who made it and a reason";
        }

        IssueState? next = DuplicateOf is null ? State : IssueState.Duplicate;
        if (next is { } wanted && wanted != state && !IssueLifecycle.Following(state).Contains(wanted))
        {
            string allowed = string.Join(", ", IssueLifecycle.Following(state));
            return $"{wanted} does not follow {state}; allowed: {(allowed.Length == 0 ? "none" : allowed)}";
        }

        if (State == IssueState.Duplicate && DuplicateOf is null)
        {
            return "a duplicate needs the issue that it is the same as";
        }

        return DuplicateOf == IssueId ? "an issue is no duplicate of itself" : string.Empty;
    }
}
