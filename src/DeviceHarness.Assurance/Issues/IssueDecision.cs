using DeviceHarness.Assurance.Thresholds;

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

    /// <summary>The Device Model Combination that it is limited to; empty takes a limit away.</summary>
    public string? Dmc { get; init; }

    /// <summary>The kind of installation that it is limited to; <see cref="InstallationType.Any"/> takes a limit away.</summary>
    public InstallationType? Installation { get; init; }

    /// <summary>Whether it counts against a threshold; when it does not, <see cref="Reason"/> says why and <see cref="Who"/> has
    /// decided.</summary>
    public bool? IsCounted { get; init; }

    /// <summary>The earlier phase that it was found in; empty takes it away.</summary>
    public string? EarlierPhase { get; init; }

    /// <summary>The reference of the production defect that it is; empty takes it away.</summary>
    public string? ProductionDefect { get; init; }

    private string Decider => Forum.Length == 0 ? Who : $"{Who} ({Forum})";

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

    /// <summary>What people say of the issue after the decision.</summary>
    public IssueStanding Apply(IssueStanding standing) => standing with
    {
        Dmc = Dmc ?? standing.Dmc,
        Installation = Installation ?? standing.Installation,
        NotCountedReason = IsCounted switch { true => string.Empty, false => Reason, _ => standing.NotCountedReason },
        NotCountedBy = IsCounted switch { true => string.Empty, false => Decider, _ => standing.NotCountedBy },
        EarlierPhase = EarlierPhase ?? standing.EarlierPhase,
        ProductionDefect = ProductionDefect ?? standing.ProductionDefect,
    };

    /// <summary>Why the decision cannot be made of an issue; empty when it can.</summary>
    /// <param name="state">The issue's state.</param>
    /// <param name="standing">What people said of it so far.</param>
    public string WhyNot(IssueState state, IssueStanding standing)
    {
        ArgumentNullException.ThrowIfNull(standing);
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

        if (State == IssueState.CarriedOver && Apply(standing) is { EarlierPhase: "", ProductionDefect: "" })
        {
            return "a carried-over issue needs the earlier phase that it was found in, or the reference of the production defect";
        }

        return DuplicateOf == IssueId ? "an issue is no duplicate of itself" : string.Empty;
    }
}
