using System.Globalization;
using DeviceHarness.Assurance.Issues;

namespace DeviceHarness.Assurance.Thresholds;

/// <summary>The open Testing Issues of an entry held against a threshold set.</summary>
/// <remarks>Spec: project guide to the DMCT process, section 5.1. Departs: an issue whose severity nobody has set yet counts with the
/// proposed one, and the evaluation names it and calls itself provisional; the guide is silent.</remarks>
public sealed record ThresholdEvaluation
{
    private ThresholdEvaluation(
        ThresholdSet set, EntryScope scope, ThresholdBasis basis, DateTimeOffset moment, IReadOnlyList<TestingIssue> issues)
    {
        TestingIssue[] open = [.. issues.Where(issue => IssueLifecycle.IsOpen(issue.State) && issue.Standing.Scope.Meets(scope))];
        (Set, Scope, Basis, Moment) = (set, scope, basis, moment);
        NotCounted = [.. open.Where(issue => !issue.Standing.IsCounted)];
        Rows = [.. Enumerable.Range(1, ThresholdSet.Severities).Select(severity => Row(open, severity))];
        Ungraded = [.. open.Where(issue => issue.Severity is null && IsCounted(issue)).Select(issue => issue.Id)];
    }

    /// <summary>The set that was used.</summary>
    public ThresholdSet Set { get; }

    /// <summary>The entry.</summary>
    public EntryScope Scope { get; }

    /// <summary>Which issues were counted.</summary>
    public ThresholdBasis Basis { get; }

    /// <summary>The moment as of which severities, states and dispositions were taken, in UTC.</summary>
    public DateTimeOffset Moment { get; }

    /// <summary>Severity 1 to 5, in order.</summary>
    public IReadOnlyList<SeverityCount> Rows { get; }

    /// <summary>The open issues that a person decided not to count; each has its reason and its decider.</summary>
    public IReadOnlyList<TestingIssue> NotCounted { get; }

    /// <summary>The counted issues whose severity nobody has set: they count with the proposed one.</summary>
    public IReadOnlyList<string> Ungraded { get; }

    /// <summary>Whether no severity has more counted issues than it may.</summary>
    public bool IsWithin => Rows.All(row => !row.IsOver);

    /// <summary>All open issues by severity, such as <c>0/1/2/0/0</c>.</summary>
    public string Open => Join(row => row.Open);

    /// <summary>The counted issues by severity, such as <c>0/1/2/0/0</c>.</summary>
    public string Counted => Join(row => row.Counted.Count);

    /// <summary>The verdict with what it rests on, such as <c>over at severity 2 (1 counted, at most 0)</c>.</summary>
    public string Verdict
    {
        get
        {
            string[] over = [.. Rows.Where(row => row.IsOver).Select(row => string.Create(
                CultureInfo.InvariantCulture, $"severity {row.Severity} ({row.Counted.Count} counted, at most {row.Maximum})"))];
            string verdict = over.Length == 0 ? $"within, {Counted} counted" : $"over at {string.Join(" and ", over)}";
            return Ungraded.Count == 0 ? verdict : $"{verdict}; provisional: nobody has set the severity of {string.Join(", ", Ungraded)}";
        }
    }

    /// <summary>Evaluates.</summary>
    /// <param name="set">The threshold set.</param>
    /// <param name="scope">The entry.</param>
    /// <param name="basis">Which issues count.</param>
    /// <param name="moment">The moment as of which the issues are given, in UTC.</param>
    /// <param name="issues">Every issue, as of that moment.</param>
    public static ThresholdEvaluation Of(
        ThresholdSet set, EntryScope scope, ThresholdBasis basis, DateTimeOffset moment, IReadOnlyList<TestingIssue> issues)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(issues);
        return new ThresholdEvaluation(set, scope, basis, moment, issues);
    }

    private SeverityCount Row(TestingIssue[] open, int severity)
    {
        TestingIssue[] issues = [.. open.Where(issue => (issue.Severity ?? issue.Proposal.Severity) == severity)];
        int notCounted = issues.Count(issue => !issue.Standing.IsCounted);
        string[] counted = [.. issues.Where(IsCounted).Select(issue => issue.Id)];
        return new SeverityCount(severity, counted, notCounted, issues.Length - notCounted - counted.Length, Set.MaximumOf(severity));
    }

    private bool IsCounted(TestingIssue issue) =>
        issue.Standing.IsCounted && (Basis == ThresholdBasis.Rehearsal || issue.IsSeenOnReal);

    private string Join(Func<SeverityCount, int> number) =>
        string.Join('/', Rows.Select(row => number(row).ToString(CultureInfo.InvariantCulture)));
}
