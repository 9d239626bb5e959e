using System.Globalization;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Issues;

namespace DeviceHarness.Assurance.Reports;

/// <summary>Testing Issues in words.</summary>
public static class IssueText
{
    /// <summary>Whether the cycle raised it.</summary>
    public static string Standing(CycleIssue issue) => issue switch
    {
        { Issue.IsKnown: true } => "known issue",
        { IsNew: true } => "new in this cycle",
        _ => "known from an earlier attempt",
    };

    /// <summary>The severity that a person set.</summary>
    public static string Severity(TestingIssue issue) =>
        issue.Severity is { } severity ? severity.ToString(CultureInfo.InvariantCulture) : "not set: a person confirms";

    /// <summary>How a severity came to be set: from what, to what, by whom, where, when and why.</summary>
    public static string Severity(IssueChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        string from = change.Old.Length == 0 ? string.Empty : $"{change.Old} to ";
        return $"{from}{change.New}, {Display.Moment(change.Time)}, {change.Decider}: {change.Reason}";
    }

    /// <summary>Where it was known before this phase.</summary>
    /// <returns>Empty when it was found in this one.</returns>
    public static string KnownBefore(IssueStanding standing)
    {
        ArgumentNullException.ThrowIfNull(standing);
        string[] parts =
        [
            standing.EarlierPhase.Length == 0 ? string.Empty : $"carried over from {standing.EarlierPhase}",
            standing.ProductionDefect.Length == 0 ? string.Empty : $"production defect {standing.ProductionDefect}",
        ];
        return string.Join("; ", parts.Where(part => part.Length > 0));
    }

    /// <summary>Whether it counts against a threshold; if not, why and who decided.</summary>
    public static string Counted(IssueStanding standing)
    {
        ArgumentNullException.ThrowIfNull(standing);
        return standing.IsCounted ? "yes" : $"no: {standing.NotCountedReason}; decided by {standing.NotCountedBy}";
    }

    /// <summary>What is known of the effect, and how.</summary>
    public static string Effect(IssueFacts facts) => facts.Effect switch
    {
        EffectAchieved.Yes => $"yes ({facts.EffectSource})",
        EffectAchieved.No => $"no ({facts.EffectSource})",
        _ => "unknown: the case states no way to know it",
    };

    /// <summary>What is known of the report, and how.</summary>
    public static string Outcome(IssueFacts facts) => facts.Outcome switch
    {
        OutcomeReported.Right => $"yes ({facts.OutcomeSource})",
        OutcomeReported.WrongOrLate => $"no, or late ({facts.OutcomeSource})",
        _ => "unknown: the case states no way to know it",
    };

    /// <summary>An issue of a cycle in one line.</summary>
    public static string Line(CycleIssue issue) =>
        $"{issue.Issue.Id} ({Standing(issue)}): {issue.Issue.Title}; proposed {issue.Issue.Proposal}";
}
