using DeviceHarness.Assurance.Issues;

namespace DeviceHarness.Store.Sqlite;

/// <summary>Carries out what a person decides about an issue.</summary>
internal static class IssueDecisions
{
    /// <summary>Changes an issue, with a row of history for each change.</summary>
    public static IssueAnswer Decide(StatementCache statements, IssueDecision decision, DateTimeOffset now)
    {
        if (IssueRow.ById(statements, decision.IssueId) is not { } issue)
        {
            return IssueAnswer.NoIssue(decision.IssueId);
        }

        if (decision.WhyNot(issue.State, issue.Standing) is { Length: > 0 } refusal)
        {
            return new IssueAnswer(IsFound: true, refusal);
        }

        Decider by = new(decision.Who, now, decision.Forum, decision.Reason);
        if (decision.DuplicateOf is { } original)
        {
            IssueAnswer merged = Merge(statements, issue, original, by);
            if (merged != IssueAnswer.Done)
            {
                return merged;
            }
        }

        IssueRow.ChangeFacts(statements, issue, decision.Apply(issue.Facts), by);
        IssueRow.ChangeStanding(statements, issue, decision.Apply(issue.Standing), by);
        if (decision.Severity is { } severity)
        {
            IssueRow.ChangeSeverity(statements, issue, severity, by);
        }

        // Who sets the severity of a new issue has taken it for a fault.
        IssueState? implied = decision.Severity is not null && issue.State == IssueState.New ? IssueState.Triaged : null;
        if ((decision.DuplicateOf is null ? decision.State ?? implied : IssueState.Duplicate) is { } state)
        {
            IssueRow.ChangeState(statements, issue, state, by);
        }

        return IssueAnswer.Done;
    }

    private static IssueAnswer Merge(StatementCache statements, IssueRow issue, string originalId, Decider by)
    {
        if (IssueRow.ById(statements, originalId) is not { } original)
        {
            return IssueAnswer.NoIssue(originalId);
        }

        if (original.DuplicateOf.Length > 0)
        {
            return new IssueAnswer(IsFound: true, $"{originalId} is itself a duplicate of {original.DuplicateOf}; name that one");
        }

        statements.Execute("UPDATE issue SET duplicate_of = $1 WHERE seq = $2", original.Id, issue.Seq);

        // What was a duplicate of this one is now one of the original: no chain is ever longer than one.
        statements.Execute("UPDATE issue SET duplicate_of = $1 WHERE duplicate_of = $2", original.Id, issue.Id);
        statements.Execute("UPDATE issue_fingerprint SET issue_seq = $1 WHERE issue_seq = $2", original.Seq, issue.Seq);
        IssueRow.Note(statements, issue.Seq, IssueRow.ChangeBy(by, "link", string.Empty, $"duplicate of {original.Id}"));
        IssueRow.Note(statements, original.Seq, IssueRow.ChangeBy(by, "link", string.Empty, $"duplicate: {issue.Id}"));
        return IssueAnswer.Done;
    }
}
