using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Issues;
using Microsoft.Data.Sqlite;

namespace DeviceHarness.Store.Sqlite;

/// <summary>Reads what a Testing Issue needs of a failed attempt, inside the transaction that ended it.</summary>
internal static class FailedAttemptReads
{
    /// <summary>A failed attempt with its case, steps and device set.</summary>
    /// <param name="statements">The open transaction.</param>
    /// <param name="key">The attempt.</param>
    /// <param name="reason">Why it failed.</param>
    /// <param name="evidence">What its agent says for an issue; null when it says nothing.</param>
    public static FailedAttempt Read(StatementCache statements, AttemptKey key, string reason, IssueEvidence? evidence)
    {
        (string caseId, string packHash, string devices) = ReadFrozen(statements, key.ExecutionId);
        bool passedBefore = statements.Scalar(
            """
            SELECT 1 FROM execution e JOIN cycle c ON c.seq = e.cycle_seq JOIN attempt a ON a.execution_id = e.id
            WHERE e.case_id = $1 AND c.pack_hash = $2 AND c.devices = $3 AND a.verdict = $4 AND a.superseded = 0 LIMIT 1
            """,
            caseId, packHash, devices, (long)Verdict.Passed) is not null;
        return new FailedAttempt(
            caseId, reason, evidence, ReadSteps(statements, key), StoredJson.ReadDevices(devices), passedBefore);
    }

    private static (string CaseId, string PackHash, string Devices) ReadFrozen(StatementCache statements, string executionId)
    {
        using SqliteDataReader reader = statements.Query(
            "SELECT e.case_id, c.pack_hash, c.devices FROM execution e JOIN cycle c ON c.seq = e.cycle_seq WHERE e.id = $1", executionId);
        return reader.Read()
            ? (reader.GetString(0), reader.GetString(1), reader.GetString(2))
            : throw new System.Diagnostics.UnreachableException($"an attempt without its execution {executionId}");
    }

    private static List<Step> ReadSteps(StatementCache statements, AttemptKey key)
    {
        List<Step> steps = [];
        using SqliteDataReader reader = statements.Query(
            """
            SELECT idx, name, verdict, reason, srv, device, acknowledgement, response, elapsed
            FROM step WHERE execution_id = $1 AND attempt = $2 ORDER BY sequence
            """,
            key.ExecutionId, (long)key.Number);
        while (reader.Read())
        {
            steps.Add(new Step(
                reader.GetInt32(0), reader.GetString(1), (Verdict)reader.GetInt32(2), reader.GetString(3), reader.GetString(4),
                reader.GetString(5), reader.GetString(6), reader.GetString(7), TimeSpan.FromTicks(reader.GetInt64(8)), Latency: null));
        }

        return steps;
    }
}
