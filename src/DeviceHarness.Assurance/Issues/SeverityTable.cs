using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Assurance.Issues;

/// <summary>The decision table for a severity: the first row that matches proposes.</summary>
/// <remarks>Spec: project guide to the DMCT process, section 6.2; rows that combine two spreads or two harms there are one row here. The
/// last row is the
/// harness's own, for what that table leaves open. A fact that is unknown is first taken as it is; when no row matches, it is read as the
/// graver value, and the proposal says so.</remarks>
public static class SeverityTable
{
    /// <summary>The rows, in order.</summary>
    public static IReadOnlyList<SeverityRule> Default { get; } =
    [
        new("6.2 row 1", "harm to safety, supply, credit or security", 1) { Harm = true },
        new("6.2 row 2", "device unrecoverable on the HAN and WAN", 1) { Unrecoverable = true },
        new("6.2 row 3", "no effect, no workaround, all devices or a whole installation type", 2)
        {
            Effect = EffectAchieved.No, WorkaroundAccepted = false, Spread = Spread.Whole,
        },
        new("6.2 row 4", "no effect, workaround accepted", 3) { Effect = EffectAchieved.No, WorkaroundAccepted = true },
        new("6.2 row 5", "no effect, no workaround, some devices or intermittent", 2)
        {
            Effect = EffectAchieved.No, WorkaroundAccepted = false, Spread = Spread.Partial,
        },
        new("6.2 row 6", "effect unknown, outcome not reported right, cause unknown, no workaround", 2)
        {
            Effect = EffectAchieved.Unknown, Outcome = OutcomeReported.WrongOrLate, CauseKnown = false, WorkaroundAccepted = false,
        },
        new("6.2 row 7", "effect achieved, outcome reported wrongly or late, cause known", 3)
        {
            Effect = EffectAchieved.Yes, Outcome = OutcomeReported.WrongOrLate, CauseKnown = true,
        },
        new("6.2 row 8", "effect achieved, outcome reported right, minor departure", 4)
        {
            Effect = EffectAchieved.Yes, Outcome = OutcomeReported.Right, Departure = Departure.Minor,
        },
        new("6.2 row 9", "text, display or test asset", 5) { Departure = Departure.Asset },
        new("harness row 10", "effect achieved, outcome reported wrongly or late, cause still unknown (6.1, severity 2)", 2)
        {
            Effect = EffectAchieved.Yes, Outcome = OutcomeReported.WrongOrLate, CauseKnown = false,
        },
    ];

    /// <summary>Proposes a severity.</summary>
    public static SeverityProposal Propose(IssueFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        if (Default.FirstOrDefault(rule => rule.Matches(facts)) is { } known)
        {
            return new SeverityProposal(known.Severity, known.Name, known.Text, []);
        }

        IssueFacts graver = facts with
        {
            Effect = facts.Effect == EffectAchieved.Unknown ? EffectAchieved.No : facts.Effect,
            Outcome = facts.Outcome == OutcomeReported.Unknown ? OutcomeReported.WrongOrLate : facts.Outcome,
            Spread = facts.Spread == Spread.Unknown ? Spread.Whole : facts.Spread,
            Departure = facts.Departure == Departure.Unknown ? Departure.Minor : facts.Departure,
        };
        SeverityRule rule = Default.First(row => row.Matches(graver));
        return new SeverityProposal(rule.Severity, rule.Name, rule.Text, [.. Assumptions(facts, rule)]);
    }

    private static IEnumerable<string> Assumptions(IssueFacts facts, SeverityRule rule)
    {
        if (rule.Effect is not null && facts.Effect == EffectAchieved.Unknown)
        {
            yield return "effect unknown: the case states no way to know it; read as not achieved";
        }

        if (rule.Outcome is not null && facts.Outcome == OutcomeReported.Unknown)
        {
            yield return "outcome unknown: the case states no way to know it; read as not reported right";
        }

        if (rule.Spread is not null && facts.Spread == Spread.Unknown)
        {
            yield return "spread unknown; read as all devices";
        }

        if (rule.Departure is not null && facts.Departure == Departure.Unknown)
        {
            yield return "kind of departure unknown; read as minor";
        }
    }
}
