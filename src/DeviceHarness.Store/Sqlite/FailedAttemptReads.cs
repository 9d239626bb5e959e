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
        Frozen frozen = ReadFrozen(statements, key);
        bool passedBefore = statements.Scalar(
            """
            SELECT 1 FROM execution e JOIN cycle c ON c.seq = e.cycle_seq JOIN attempt a ON a.execution_id = e.id
            WHERE e.case_id = $1 AND c.pack_hash = $2 AND a.verdict = $3 AND a.superseded = 0
              AND CASE WHEN a.rig = c.rig THEN c.devices = $4 ELSE a.rig = $5 AND c.spares = $6 END LIMIT 1
            """,
            frozen.CaseId, frozen.PackHash, (long)Verdict.Passed, frozen.OwnDevices, frozen.Rig, frozen.Spares) is not null;
        return new FailedAttempt(frozen.CaseId, reason, evidence, ReadSteps(statements, key), frozen.Devices, passedBefore);
    }

    private static Frozen ReadFrozen(StatementCache statements, AttemptKey key)
    {
        using SqliteDataReader reader = statements.Query(
            """
            SELECT e.case_id, c.pack_hash, c.devices, c.spares, a.rig
            FROM execution e JOIN cycle c ON c.seq = e.cycle_seq JOIN attempt a ON a.execution_id = e.id AND a.number = $2
            WHERE e.id = $1
            """,
            key.ExecutionId, (long)key.Number);
        return reader.Read()
            ? new Frozen(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4))
            : throw new System.Diagnostics.UnreachableException($"an attempt without its execution {key.ExecutionId}");
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

    /// <summary>What was frozen for an attempt: the devices are those of the rig that it ran on.</summary>
    private sealed record Frozen(string CaseId, string PackHash, string CycleDevices, string Spares, string Rig)
    {
        private SpareRig? Spare => StoredJson.ReadSpares(Spares).FirstOrDefault(spare => spare.Rig == Rig);

        /// <summary>The text of the cycle's own device set; empty, as no set's is, for an attempt on a spare rig.</summary>
        public string OwnDevices => Spare is null ? CycleDevices : string.Empty;

        public IReadOnlyList<DeviceBaseline> Devices => Spare?.Devices ?? StoredJson.ReadDevices(CycleDevices);
    }
}
