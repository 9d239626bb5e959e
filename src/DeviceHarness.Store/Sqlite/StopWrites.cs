using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using Microsoft.Data.Sqlite;

namespace DeviceHarness.Store.Sqlite;

/// <summary>Keeps stop rules, inside the transaction that finished a case: nothing is leased once a rule is met, whoever dies when.
/// </summary>
/// <remarks>When a rule is met is <see cref="StopRule.Met"/>; this class only feeds it.</remarks>
internal static class StopWrites
{
    /// <summary>Ends the cycles of a submission when one of its rules is met.</summary>
    /// <param name="statements">The open transaction.</param>
    /// <param name="cycleSeq">A cycle of the submission.</param>
    /// <param name="executionId">The execution that finished; null when a cycle was added.</param>
    /// <param name="now">The moment, for the end of the cycles.</param>
    /// <returns>Whether cycles were ended.</returns>
    public static bool Apply(StatementCache statements, long cycleSeq, string? executionId, DateTimeOffset now)
    {
        if (ReadOpen(statements, cycleSeq) is not { } open)
        {
            return false;
        }

        Dictionary<Verdict, int> spent = StoredStopRules.Read(open.Spent).ToDictionary(rule => rule.Verdict, rule => rule.Cases);
        StopRule? rule = StopRule.Met(
            StoredStopRules.Read(open.Rules),
            verdict => Finished(statements, open.Submission, verdict) - spent.GetValueOrDefault(verdict));
        if (rule is not { } met)
        {
            return false;
        }

        string reason = met.ReasonFor(CaseOf(statements, executionId) ?? CaseThatMet(statements, open.Submission, met));
        List<string> cycles = OpenCyclesOf(statements, open.Submission);
        foreach (string cycleId in cycles)
        {
            CycleWrites.Stop(statements, cycleId, reason, isVoid: false, now);
        }

        return cycles.Count > 0;
    }

    /// <summary>What the rules of a cycle that goes on have counted so far, as it is stored: a rule that was met would be met still, and
    /// end the cycle again at once.</summary>
    public static string Spent(StatementCache statements, long cycleSeq)
    {
        (string Rules, string Submission) kept;
        using (SqliteDataReader reader = statements.Query("SELECT stop_rules, submission FROM cycle WHERE seq = $1", cycleSeq))
        {
            kept = reader.Read() ? (reader.GetString(0), reader.GetString(1)) : (string.Empty, string.Empty);
        }

        return StoredStopRules.Write(
        [
            .. StoredStopRules.Read(kept.Rules)
                .Select(rule => rule with { Cases = (int)Finished(statements, kept.Submission, rule.Verdict) })
                .Where(rule => rule.Cases > 0),
        ]);
    }

    private static (string Rules, string Submission, string Spent)? ReadOpen(StatementCache statements, long cycleSeq)
    {
        using SqliteDataReader reader = statements.Query(
            "SELECT stop_rules, submission, stop_spent FROM cycle WHERE seq = $1 AND stop_rules <> '' AND cancelled = 0", cycleSeq);
        return reader.Read() ? (reader.GetString(0), reader.GetString(1), reader.GetString(2)) : null;
    }

    private static long Finished(StatementCache statements, string submission, Verdict verdict) => statements.Scalar(
        """
        SELECT count(*) FROM cycle c JOIN execution e ON e.cycle_seq = c.seq
        WHERE c.stop_rules <> '' AND c.submission = $1 AND c.state <> $2 AND e.state = $3 AND e.verdict = $4 AND e.descoped_reason = ''
        """,
        submission, (long)CycleState.Void, (long)ExecutionState.Finished, (long)verdict)!.Value;

    private static string? CaseOf(StatementCache statements, string? executionId)
    {
        using SqliteDataReader reader = statements.Query("SELECT case_id FROM execution WHERE id = $1", executionId ?? string.Empty);
        return reader.Read() ? reader.GetString(0) : null;
    }

    private static string CaseThatMet(StatementCache statements, string submission, StopRule met)
    {
        using SqliteDataReader reader = statements.Query(
            """
            SELECT e.case_id FROM cycle c JOIN execution e ON e.cycle_seq = c.seq
            WHERE c.stop_rules <> '' AND c.submission = $1 AND c.state <> $2 AND e.state = $3 AND e.verdict = $4 AND e.descoped_reason = ''
            ORDER BY c.seq, e.ordinal LIMIT 1 OFFSET $5
            """,
            submission, (long)CycleState.Void, (long)ExecutionState.Finished, (long)met.Verdict, (long)met.Cases - 1);
        return reader.Read() ? reader.GetString(0) : throw new System.Diagnostics.UnreachableException($"{met} is met by no case");
    }

    private static List<string> OpenCyclesOf(StatementCache statements, string submission)
    {
        List<string> cycles = [];
        using SqliteDataReader reader = statements.Query(
            "SELECT id FROM cycle WHERE stop_rules <> '' AND submission = $1 AND cancelled = 0 AND ended IS NULL ORDER BY seq", submission);
        while (reader.Read())
        {
            cycles.Add(reader.GetString(0));
        }

        return cycles;
    }
}
