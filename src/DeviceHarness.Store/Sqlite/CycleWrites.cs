using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Proposals;
using Microsoft.Data.Sqlite;

namespace DeviceHarness.Store.Sqlite;

/// <summary>Adds, cancels and voids cycles.</summary>
internal static class CycleWrites
{
    /// <summary>Adds a cycle and its executions.</summary>
    public static long Add(StatementCache statements, string file, Cycle cycle, IReadOnlyList<Execution> executions)
    {
        (long kind, string dmc, long installation) = RegressionRows.ValuesOf(cycle.Purpose);
        statements.Execute(
            """
            INSERT INTO cycle
                (id, pack_name, pack_version, pack_hash, pack_text, rig, harness_version, devices, seed, state, created,
                 irreversible_allowed_by, stop_rules, submission, spares, pack_kind, is_selection, kind, dmc, installation)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
            """,
            cycle.Id, cycle.PackName, cycle.PackVersion, cycle.PackHash, cycle.PackText, cycle.Rig, cycle.HarnessVersion,
            StoredJson.WriteDevices(cycle.Devices), cycle.Seed, (long)CycleState.Frozen, cycle.Created.UtcTicks,
            cycle.IrreversibleAllowedBy, StoredStopRules.Write(cycle.StopRules), cycle.Submission,
            StoredJson.WriteSpares(cycle.Spares), cycle.PackKind, cycle.IsSelection ? 1L : 0L, kind, dmc, installation);
        long cycleSeq = statements.Scalar("SELECT last_insert_rowid()")!.Value;
        foreach (Execution execution in executions)
        {
            if (execution.CycleId != cycle.Id)
            {
                throw new StoreException(
                    "STORE-004",
                    $"adding cycle {cycle.Id}: execution {execution.Id} names the cycle {execution.CycleId}; nothing was added",
                    file);
            }

            bool isDescoped = execution.DescopedReason.Length > 0;
            statements.Execute(
                """
                INSERT INTO execution
                  (id, cycle_seq, rig, case_id, title, ordinal, repeat_safety, time_budget, descoped_reason, state, devices)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                """,
                execution.Id, cycleSeq, cycle.Rig, execution.CaseId, execution.Title, (long)execution.Ordinal, (long)execution.RepeatSafety,
                execution.TimeBudget.Ticks, execution.DescopedReason,
                (long)(isDescoped ? ExecutionState.Finished : ExecutionState.Queued), DeviceLines.Of(execution.Devices));
        }

        SpareRigWrites.Add(statements, cycleSeq, cycle, executions);

        SettlementWrites.SettleCycle(statements, cycleSeq, cycle.Created);

        // The first cycles of a submission run while the others are added: one that comes when a rule is met ends with them.
        StopWrites.Apply(statements, cycleSeq, executionId: null, cycle.Created);
        return cycleSeq;
    }

    /// <summary>Stops a cycle from being leased, and voids it when asked.</summary>
    /// <returns>Its live leases; null when there is no such cycle.</returns>
    public static IReadOnlyList<LiveLease>? Stop(StatementCache statements, string cycleId, string reason, bool isVoid, DateTimeOffset now)
    {
        if (statements.Scalar("SELECT seq FROM cycle WHERE id = $1", cycleId) is not { } cycleSeq)
        {
            return null;
        }

        bool isEnded = statements.Scalar("SELECT ended FROM cycle WHERE seq = $1", cycleSeq) is not null;
        if (!isEnded || isVoid)
        {
            statements.Execute("UPDATE cycle SET cancelled = 1, state_reason = $1 WHERE seq = $2", reason, cycleSeq);
            statements.Execute(
                "UPDATE execution SET state = $1 WHERE cycle_seq = $2 AND state = $3",
                (long)ExecutionState.Finished, cycleSeq, (long)ExecutionState.Queued);
        }

        if (isVoid)
        {
            statements.Execute(
                "UPDATE cycle SET state = $1, ended = coalesce(ended, $2) WHERE seq = $3", (long)CycleState.Void, now.UtcTicks, cycleSeq);
        }
        else if (!isEnded)
        {
            SettlementWrites.SettleCycle(statements, cycleSeq, now);
        }

        return LiveLeasesOf(statements, cycleSeq);
    }

    /// <summary>Keeps what the devices of a cycle are to be put through.</summary>
    /// <returns>False when there is no such cycle.</returns>
    public static bool Propose(StatementCache statements, string cycleId, TestProposal proposal) => statements.Execute(
        "UPDATE cycle SET proposal = $1 WHERE id = $2", StoredJson.WriteProposal(proposal), cycleId) > 0;

    private static List<LiveLease> LiveLeasesOf(StatementCache statements, long cycleSeq)
    {
        List<LiveLease> leases = [];
        using SqliteDataReader reader = statements.Query(
            """
            SELECT a.execution_id, a.number, a.lease_number, a.rig, e.case_id, a.ends, c.state_reason
            FROM cycle c JOIN execution e ON e.cycle_seq = c.seq JOIN attempt a ON a.execution_id = e.id
            WHERE e.cycle_seq = $1 AND a.state IN (0, 1) ORDER BY a.lease_number
            """,
            cycleSeq);
        while (reader.Read())
        {
            AttemptKey key = new(reader.GetString(0), reader.GetInt32(1), reader.GetInt64(2));
            leases.Add(new LiveLease(
                key, reader.GetString(3), reader.GetString(4), Moment.Of(reader.GetInt64(5)), reader.GetString(6)));
        }

        return leases;
    }
}
