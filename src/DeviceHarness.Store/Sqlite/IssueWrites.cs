using System.Globalization;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Issues;
using Microsoft.Data.Sqlite;

namespace DeviceHarness.Store.Sqlite;

/// <summary>Raises Testing Issues and sees them again, inside the transaction that ended the attempt.</summary>
/// <remarks>What an issue is known by, and what it says, are rules of the assurance module; this class only feeds them.</remarks>
internal static class IssueWrites
{
    /// <summary>Who is behind a change that no person made.</summary>
    public const string Harness = "harness";

    /// <summary>Sees an issue in a failed attempt; raises it when it is new. A second call for the same attempt changes nothing.</summary>
    public static void See(StatementCache statements, AttemptKey key, AttemptFinished result, DateTimeOffset now)
    {
        if (statements.Scalar(
            "SELECT 1 FROM issue_sighting WHERE execution_id = $1 AND attempt = $2", key.ExecutionId, (long)key.Number) is not null)
        {
            return;
        }

        FailedAttempt failed = FailedAttemptReads.Read(statements, key, result.Reason, result.Issue);
        Fingerprint fingerprint = failed.Fingerprint;
        string seenIn = $"{key.ExecutionId}, attempt {key.Number.ToString(CultureInfo.InvariantCulture)}";
        IssueRow? issue = failed.Known is { } definition
            ? IssueRow.ById(statements, definition.Id)
            : IssueRow.ByFingerprint(statements, fingerprint.Key);
        bool isNew = issue is null;
        issue ??= Raise(statements, failed, $"seen in {seenIn}", now);
        issue = IssueRow.Original(statements, issue);
        KeepFingerprint(statements, fingerprint, issue.Seq);
        KeepSighting(statements, new Sighting(key, issue.Seq, fingerprint.Key, failed.Deciding?.Index ?? 0, isNew, Harness), now);
        if (!isNew)
        {
            SeeAgain(statements, issue, failed.Facts, $"seen again in {seenIn}", now);
        }
    }

    /// <summary>Links a failed attempt to an issue on a person's word.</summary>
    public static IssueAnswer Link(StatementCache statements, IssueLink link, DateTimeOffset now)
    {
        if (link.Who.Length == 0 || link.Reason.Length == 0)
        {
            return new IssueAnswer(IsFound: true, "a link needs who made it and a reason");
        }

        if (IssueRow.ById(statements, link.IssueId) is not { } issue)
        {
            return IssueAnswer.NoIssue(link.IssueId);
        }

        if (FindFailed(statements, link) is not { } found)
        {
            string number = link.Attempt is { } attempt ? $" {attempt.ToString(CultureInfo.InvariantCulture)}" : string.Empty;
            string missing = $"no failed attempt{number} that counts at {link.CaseId} in the cycle {link.CycleId}; "
                + "'harness watch' shows a cycle's cases";
            return new IssueAnswer(IsFound: false, missing);
        }

        FailedAttempt failed = FailedAttemptReads.Read(statements, found.Key, found.Reason, evidence: null);
        string? known = SeenAs(statements, found.Key);
        string fingerprint = known ?? failed.Fingerprint.Key;
        if (known is null)
        {
            KeepFingerprint(statements, failed.Fingerprint, issue.Seq);
        }

        int added = KeepSighting(
            statements, new Sighting(found.Key, issue.Seq, fingerprint, failed.Deciding?.Index ?? 0, IsFirst: false, link.Who), now);
        if (added > 0)
        {
            string to = $"{link.CycleId} {link.CaseId} attempt {found.Key.Number.ToString(CultureInfo.InvariantCulture)}";
            IssueRow.Note(statements, issue.Seq, new IssueChange("link", string.Empty, to, link.Who, now, string.Empty, link.Reason));
        }

        return IssueAnswer.Done;
    }

    private static IssueRow Raise(StatementCache statements, FailedAttempt failed, string reason, DateTimeOffset now)
    {
        KnownIssue? known = failed.Known;
        IssueState state = known is null ? IssueState.New : IssueState.CarriedOver;
        long number = statements.Scalar("SELECT 1 + count(*) FROM issue WHERE known = 0")!.Value;
        string id = known?.Id ?? string.Create(CultureInfo.InvariantCulture, $"TI-{number:0000}");
        IssueFacts facts = failed.Facts;
        IssueStanding standing = known is null
            ? IssueStanding.None
            : new IssueStanding { EarlierPhase = known.EarlierPhase, ProductionDefect = known.ProductionDefect };
        statements.Execute(
            """
            INSERT INTO issue (id, title, description, state, facts, known, raised, last_seen, standing)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8)
            """,
            id, known?.Title ?? failed.Title, known is null ? string.Empty : $"{known.Description} Source: {known.Source}.", (long)state,
            StoredJson.WriteFacts(facts), known is null ? 0L : 1L, now.UtcTicks, StoredJson.WriteStanding(standing));
        IssueRow issue = IssueRow.ById(statements, id)!;
        IssueRow.Note(statements, issue.Seq, new IssueChange("state", string.Empty, state.ToString(), Harness, now, string.Empty, reason));
        string proposal = SeverityTable.Propose(facts).ToString();
        IssueRow.Note(statements, issue.Seq, new IssueChange("proposal", string.Empty, proposal, Harness, now, string.Empty, reason));
        return issue;
    }

    private static void SeeAgain(StatementCache statements, IssueRow issue, IssueFacts seen, string reason, DateTimeOffset now)
    {
        statements.Execute("UPDATE issue SET last_seen = max(last_seen, $1) WHERE seq = $2", now.UtcTicks, issue.Seq);
        IssueRow.ChangeFacts(statements, issue, issue.Facts.With(seen), new Decider(Harness, now, string.Empty, reason));
        if (issue.State == IssueState.Closed)
        {
            IssueRow.ChangeState(statements, issue, IssueState.Reopened, new Decider(Harness, now, string.Empty, reason));
        }
    }

    private static void KeepFingerprint(StatementCache statements, Fingerprint fingerprint, long issueSeq) => statements.Execute(
        """
        INSERT OR IGNORE INTO issue_fingerprint (key, issue_seq, case_id, srv, step, symptom, device_model, firmware)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """,
        fingerprint.Key, issueSeq, fingerprint.CaseId, fingerprint.ServiceReferenceVariant, fingerprint.Step, fingerprint.Symptom,
        fingerprint.DeviceModel, fingerprint.Firmware);

    /// <returns>How many were added: one, or none when the attempt is linked to the issue already.</returns>
    private static int KeepSighting(StatementCache statements, Sighting sighting, DateTimeOffset now)
    {
        int added = statements.Execute(
            """
            INSERT OR IGNORE INTO issue_sighting (execution_id, attempt, issue_seq, fingerprint, step, is_first, linked_by, time)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            sighting.Key.ExecutionId, (long)sighting.Key.Number, sighting.IssueSeq, sighting.Fingerprint, (long)sighting.Step,
            sighting.IsFirst ? 1L : 0L, sighting.LinkedBy, now.UtcTicks);
        statements.Execute("UPDATE issue SET sightings = sightings + $1 WHERE seq = $2", (long)added, sighting.IssueSeq);
        return added;
    }

    private static (AttemptKey Key, string Reason)? FindFailed(StatementCache statements, IssueLink link)
    {
        using SqliteDataReader reader = statements.Query(
            """
            SELECT a.execution_id, a.number, a.lease_number, a.reason
            FROM attempt a JOIN execution e ON e.id = a.execution_id JOIN cycle c ON c.seq = e.cycle_seq
            WHERE c.id = $1 AND e.case_id = $2 AND a.verdict = $3 AND a.superseded = 0 AND ($4 IS NULL OR a.number = $4)
            ORDER BY e.ordinal, a.number LIMIT 1
            """,
            link.CycleId, link.CaseId, (long)Verdict.Failed, (long?)link.Attempt);
        return reader.Read() ? (new AttemptKey(reader.GetString(0), reader.GetInt32(1), reader.GetInt64(2)), reader.GetString(3)) : null;
    }

    private static string? SeenAs(StatementCache statements, AttemptKey key)
    {
        using SqliteDataReader reader = statements.Query(
            "SELECT fingerprint FROM issue_sighting WHERE execution_id = $1 AND attempt = $2 LIMIT 1", key.ExecutionId, (long)key.Number);
        return reader.Read() ? reader.GetString(0) : null;
    }

    private sealed record Sighting(AttemptKey Key, long IssueSeq, string Fingerprint, int Step, bool IsFirst, string LinkedBy);
}
