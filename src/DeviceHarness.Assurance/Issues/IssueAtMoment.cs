using System.Globalization;
using DeviceHarness.Assurance.Thresholds;

namespace DeviceHarness.Assurance.Issues;

/// <summary>An issue as it stood at a moment, with its history up to then.</summary>
/// <param name="Issue">The issue, with severity, state and standing of that moment.</param>
/// <param name="History">Its history up to that moment, oldest first.</param>
/// <remarks>A report uses what held at its date. What is known towards a proposal, and the sightings, are as they are now.</remarks>
public sealed record IssueAtMoment(TestingIssue Issue, IReadOnlyList<IssueChange> History)
{
    /// <summary>The severities that were set by then, oldest first.</summary>
    public IEnumerable<IssueChange> Severities => History.Where(change => change.Field == "severity");

    /// <summary>Takes an issue back to a moment.</summary>
    /// <param name="issue">The issue as it is now.</param>
    /// <param name="history">Its whole history, oldest first.</param>
    /// <param name="moment">The moment, in UTC.</param>
    /// <returns>Null when it was not raised by then.</returns>
    public static IssueAtMoment? Of(TestingIssue issue, IReadOnlyList<IssueChange> history, DateTimeOffset moment)
    {
        ArgumentNullException.ThrowIfNull(issue);
        ArgumentNullException.ThrowIfNull(history);
        if (issue.Raised > moment)
        {
            return null;
        }

        IssueChange[] past = [.. history.Where(change => change.Time <= moment)];
        if (past.Length == history.Count)
        {
            return new IssueAtMoment(issue, past);
        }

        IssueState state = Enum.TryParse(Value(history, moment, "state"), out IssueState then) ? then : issue.State;
        string? severity = Value(history, moment, "severity");
        return new IssueAtMoment(
            issue with
            {
                State = state,
                Severity = severity is null ? issue.Severity : Number(severity),
                DuplicateOf = state == IssueState.Duplicate ? issue.DuplicateOf : string.Empty,
                Standing = StandingAt(issue.Standing, history, moment),
            },
            past);
    }

    private static IssueStanding StandingAt(IssueStanding now, IReadOnlyList<IssueChange> history, DateTimeOffset moment)
    {
        string reason = Value(history, moment, IssueStanding.NotCountedField) ?? now.NotCountedReason;
        IssueChange? uncounted = history.LastOrDefault(change => change.Field == IssueStanding.NotCountedField && change.Time <= moment);
        string installation = Value(history, moment, IssueStanding.InstallationField) ?? string.Empty;
        return now with
        {
            Dmc = Value(history, moment, IssueStanding.DmcField) ?? now.Dmc,
            Installation = Enum.TryParse(installation, out InstallationType then) ? then : now.Installation,
            NotCountedReason = reason,
            NotCountedBy = reason.Length == 0 ? string.Empty : uncounted?.Decider ?? now.NotCountedBy,
            EarlierPhase = Value(history, moment, IssueStanding.EarlierPhaseField) ?? now.EarlierPhase,
            ProductionDefect = Value(history, moment, IssueStanding.ProductionDefectField) ?? now.ProductionDefect,
        };
    }

    // The last value given by then; before the first change of a field, what that change found. Null: the field never changed.
    private static string? Value(IReadOnlyList<IssueChange> history, DateTimeOffset moment, string field)
    {
        IssueChange? before = history.LastOrDefault(change => change.Field == field && change.Time <= moment);
        return before is not null ? before.New : history.FirstOrDefault(change => change.Field == field)?.Old;
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int severity) ? severity : null;
}
