using System.Globalization;
using DeviceHarness.Assurance.Issues;
using Microsoft.Data.Sqlite;

namespace DeviceHarness.Store.Sqlite;

/// <summary>A row of <c>issue</c> inside a write, and the changes of one, each with its row of history.</summary>
internal sealed record IssueRow(
    long Seq, string Id, IssueState State, int? Severity, IssueFacts Facts, string DuplicateOf, IssueStanding Standing)
{
    private const string Columns = "i.seq, i.id, i.state, i.severity, i.facts, i.duplicate_of, i.standing";

    /// <summary>The issue of an id; null when there is none.</summary>
    public static IssueRow? ById(StatementCache statements, string id) =>
        Read(statements, $"SELECT {Columns} FROM issue i WHERE i.id = $1", id);

    /// <summary>The issue that a fingerprint belongs to; null when it is new.</summary>
    public static IssueRow? ByFingerprint(StatementCache statements, string key) => Read(
        statements, $"SELECT {Columns} FROM issue_fingerprint f JOIN issue i ON i.seq = f.issue_seq WHERE f.key = $1", key);

    /// <summary>The issue that one is the duplicate of, or itself.</summary>
    public static IssueRow Original(StatementCache statements, IssueRow issue) =>
        issue.DuplicateOf.Length > 0 && ById(statements, issue.DuplicateOf) is { } original ? original : issue;

    /// <summary>Adds a row of history.</summary>
    public static void Note(StatementCache statements, long seq, IssueChange change) => statements.Execute(
        "INSERT INTO issue_change (issue_seq, field, old, new, who, time, forum, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        seq, change.Field, change.Old, change.New, change.Who, change.Time.UtcTicks, change.Forum, change.Reason);

    /// <summary>Changes the state; the same state changes nothing.</summary>
    public static void ChangeState(StatementCache statements, IssueRow issue, IssueState state, Decider by)
    {
        if (state != issue.State)
        {
            statements.Execute("UPDATE issue SET state = $1 WHERE seq = $2", (long)state, issue.Seq);
            Note(statements, issue.Seq, ChangeBy(by, "state", issue.State.ToString(), state.ToString()));
        }
    }

    /// <summary>Changes the severity; the same severity changes nothing.</summary>
    public static void ChangeSeverity(StatementCache statements, IssueRow issue, int severity, Decider by)
    {
        if (severity != issue.Severity)
        {
            statements.Execute("UPDATE issue SET severity = $1 WHERE seq = $2", (long)severity, issue.Seq);
            Note(statements, issue.Seq, ChangeBy(by, "severity", Text(issue.Severity), Text(severity)));
        }
    }

    /// <summary>Changes what is known; a proposal that changes with it gets a row of history.</summary>
    public static void ChangeFacts(StatementCache statements, IssueRow issue, IssueFacts facts, Decider by)
    {
        if (facts == issue.Facts)
        {
            return;
        }

        statements.Execute("UPDATE issue SET facts = $1 WHERE seq = $2", StoredJson.WriteFacts(facts), issue.Seq);
        string before = SeverityTable.Propose(issue.Facts).ToString();
        string after = SeverityTable.Propose(facts).ToString();
        if (before != after)
        {
            Note(statements, issue.Seq, ChangeBy(by, "proposal", before, after));
        }
    }

    /// <summary>Changes what people say of it; each thing that changes gets a row of history.</summary>
    public static void ChangeStanding(StatementCache statements, IssueRow issue, IssueStanding standing, Decider by)
    {
        if (standing == issue.Standing)
        {
            return;
        }

        statements.Execute("UPDATE issue SET standing = $1 WHERE seq = $2", StoredJson.WriteStanding(standing), issue.Seq);
        foreach ((string field, string old, string value) in standing.ChangesFrom(issue.Standing))
        {
            Note(statements, issue.Seq, ChangeBy(by, field, old, value));
        }
    }

    /// <summary>A row of history.</summary>
    public static IssueChange ChangeBy(Decider by, string field, string old, string value) =>
        new(field, old, value, by.Who, by.Time, by.Forum, by.Reason);

    private static IssueRow? Read(StatementCache statements, string sql, string key)
    {
        using SqliteDataReader reader = statements.Query(sql, key);
        return reader.Read()
            ? new IssueRow(
                reader.GetInt64(0), reader.GetString(1), (IssueState)reader.GetInt32(2), reader.IsDBNull(3) ? null : reader.GetInt32(3),
                StoredJson.ReadFacts(reader.GetString(4)), reader.GetString(5), StoredJson.ReadStanding(reader.GetString(6)))
            : null;
    }

    private static string Text(int? severity) => severity?.ToString(CultureInfo.InvariantCulture) ?? string.Empty;
}
