using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using Microsoft.Data.Sqlite;

namespace DeviceHarness.Store.Sqlite;

/// <summary>Gives, takes back and ends leases.</summary>
internal static class LeaseWrites
{
    /// <summary>A lease as it was given, before its cycle is read.</summary>
    /// <param name="Attempt">The attempt.</param>
    /// <param name="CycleId">The cycle.</param>
    /// <param name="Ends">When the lease ends.</param>
    public sealed record Given(AttemptKey Attempt, string CycleId, DateTimeOffset Ends);

    /// <summary>Leases the next queued execution of a rig.</summary>
    /// <returns>Null when nothing is queued, or when the rig holds all the leases that it may.</returns>
    public static Given? TryLease(StatementCache statements, LeasePolicy policy, string rig, int parallel, DateTimeOffset now)
    {
        (long live, DateTimeOffset? lastEnd) = Live(statements, rig);
        if (live >= (long)policy.Depth * parallel || BenchQuarantineRows.IsOpen(statements, rig)
            || QueuedExecutions.Next(statements, policy, rig, parallel) is not { } next)
        {
            return null;
        }

        long leaseNumber = statements.Scalar("UPDATE fence SET last = last + 1 WHERE id = 1 RETURNING last")!.Value;
        long number = statements.Scalar(
            "SELECT 1 + coalesce(max(number), 0) FROM attempt WHERE execution_id = $1", next.ExecutionId)!.Value;
        DateTimeOffset ends = LeaseRule.EndOf(now, next.TimeBudget, lastEnd);
        statements.Execute(
            "INSERT INTO attempt (execution_id, number, lease_number, rig, state, ends) VALUES ($1, $2, $3, $4, $5, $6)",
            next.ExecutionId, number, leaseNumber, rig, (long)AttemptState.Leased, ends.UtcTicks);
        statements.Execute(
            "UPDATE execution SET state = $1, rig = $2 WHERE id = $3", (long)ExecutionState.Leased, rig, next.ExecutionId);
        statements.Execute(
            "UPDATE cycle SET state = $1 WHERE seq = $2 AND state = $3", (long)CycleState.Running, next.CycleSeq, (long)CycleState.Frozen);
        return new Given(new AttemptKey(next.ExecutionId, (int)number, leaseNumber), next.CycleId, ends);
    }

    /// <summary>Takes back a lease without events.</summary>
    public static bool Decline(StatementCache statements, LeasePolicy policy, AttemptKey key, DateTimeOffset now)
    {
        int removed = statements.Execute(
            "DELETE FROM attempt WHERE execution_id = $1 AND number = $2 AND lease_number = $3 AND state = $4 AND high_water = 0",
            key.ExecutionId, (long)key.Number, key.LeaseNumber, (long)AttemptState.Leased);
        if (removed == 0)
        {
            return false;
        }

        SettlementWrites.SettleExecution(statements, policy, key.ExecutionId, wasNeverBegun: true, now);
        return true;
    }

    /// <summary>Ends an attempt by decision, under its fence.</summary>
    public static AttemptEnding Complete(
        StatementCache statements, LeasePolicy policy, AttemptKey key, AttemptFinished result, DateTimeOffset now)
    {
        if (!EventWrites.Finish(statements, key, result))
        {
            return AttemptEnding.Rejected;
        }

        BenchQuarantineRows.Count(statements, policy, key, result.Verdict, result.Reason, now);
        return SettlementWrites.SettleExecution(statements, policy, key.ExecutionId, wasNeverBegun: false, now) switch
        {
            { IsStopRuleMet: true } => AttemptEnding.EndedAndStopped,
            { IsQueuedAgain: true } => AttemptEnding.QueuedAgain,
            _ => AttemptEnding.Ended,
        };
    }

    /// <summary>Ends the leases that are past their end.</summary>
    public static IReadOnlyList<ExpiredLease> Expire(StatementCache statements, LeasePolicy policy, DateTimeOffset now)
    {
        List<LostLease> lost = [];
        using (SqliteDataReader reader = statements.Query(
            """
            SELECT a.execution_id, a.number, a.lease_number, a.rig, e.repeat_safety,
              (SELECT count(*) FROM attempt b WHERE b.execution_id = a.execution_id AND b.state IN (2, 3) AND b.verdict = $2)
            FROM attempt a JOIN execution e ON e.id = a.execution_id
            WHERE a.state IN (0, 1) AND a.ends <= $1 ORDER BY a.lease_number
            """,
            now.UtcTicks, (long)Verdict.Inconclusive))
        {
            while (reader.Read())
            {
                AttemptKey key = new(reader.GetString(0), reader.GetInt32(1), reader.GetInt64(2));
                string reason = LeaseRule.ReasonOfExpiry(policy, (RepeatSafety)reader.GetInt32(4), reader.GetInt32(5) + 1);
                lost.Add(new LostLease(key, reader.GetString(3), reason));
            }
        }

        foreach (LostLease lease in lost)
        {
            BenchQuarantineRows.Count(statements, policy, lease.Key, Verdict.Inconclusive, lease.Reason, now);
        }

        return lost.ConvertAll(lease => EndLost(statements, policy, lease, now));
    }

    /// <summary>Ends one live lease by a person's decision, as if it had expired.</summary>
    /// <returns>Null when the lease is not live.</returns>
    public static ExpiredLease? Release(
        StatementCache statements, LeasePolicy policy, AttemptKey key, string reason, DateTimeOffset now)
    {
        string? rig = null;
        using (SqliteDataReader reader = statements.Query(
            "SELECT rig FROM attempt WHERE execution_id = $1 AND number = $2 AND lease_number = $3 AND state IN (0, 1)",
            key.ExecutionId, (long)key.Number, key.LeaseNumber))
        {
            rig = reader.Read() ? reader.GetString(0) : null;
        }

        return rig is null ? null : EndLost(statements, policy, new LostLease(key, rig, reason), now);
    }

    /// <summary>Ends every live lease of a rig by a person's decision, and gives the rig up for every cycle that has not ended.</summary>
    public static IReadOnlyList<ExpiredLease> ReleaseRig(
        StatementCache statements, LeasePolicy policy, string rig, string reason, DateTimeOffset now)
    {
        SpareRigWrites.LoseEverywhere(statements, rig);
        List<LostLease> lost = [];
        using (SqliteDataReader reader = statements.Query(
            """
            SELECT a.execution_id, a.number, a.lease_number, e.repeat_safety FROM attempt a JOIN execution e ON e.id = a.execution_id
            WHERE a.rig = $1 AND a.state IN (0, 1) ORDER BY a.lease_number
            """,
            rig))
        {
            while (reader.Read())
            {
                AttemptKey key = new(reader.GetString(0), reader.GetInt32(1), reader.GetInt64(2));
                lost.Add(new LostLease(key, rig, LeaseRule.ReasonOfRelease(reason, (RepeatSafety)reader.GetInt32(3))));
            }
        }

        return lost.ConvertAll(lease => EndLost(statements, policy, lease, now));
    }

    /// <summary>Queues a finished execution once more.</summary>
    public static bool Repeat(StatementCache statements, string executionId)
    {
        int queued = statements.Execute(
            """
            UPDATE execution SET state = $1
            WHERE id = $2 AND state = $3 AND descoped_reason = '' AND cycle_seq IN (SELECT seq FROM cycle WHERE state <> $4)
            """,
            (long)ExecutionState.Queued, executionId, (long)ExecutionState.Finished, (long)CycleState.Void);
        if (queued == 0)
        {
            return false;
        }

        statements.Execute(
            """
            UPDATE cycle SET state = $1, ended = NULL, cancelled = 0, state_reason = ''
            WHERE seq = (SELECT cycle_seq FROM execution WHERE id = $2)
            """,
            (long)CycleState.Running, executionId);
        return true;
    }

    private static ExpiredLease EndLost(StatementCache statements, LeasePolicy policy, LostLease lease, DateTimeOffset now)
    {
        SpareRigWrites.Lose(statements, lease.Key.ExecutionId, lease.Rig);
        statements.Execute(
            "UPDATE attempt SET state = $1, verdict = $2, reason = $3 WHERE execution_id = $4 AND number = $5",
            (long)AttemptState.Expired, (long)Verdict.Inconclusive, lease.Reason, lease.Key.ExecutionId, (long)lease.Key.Number);
        (bool isQueued, bool isStopRuleMet) =
            SettlementWrites.SettleExecution(statements, policy, lease.Key.ExecutionId, wasNeverBegun: false, now);
        return new ExpiredLease(lease.Key, lease.Rig, isQueued, isStopRuleMet);
    }

    private static (long Count, DateTimeOffset? LastEnd) Live(StatementCache statements, string rig)
    {
        using SqliteDataReader reader = statements.Query(
            "SELECT count(*), max(ends) FROM attempt WHERE rig = $1 AND state IN (0, 1)", rig);
        reader.Read();
        return (reader.GetInt64(0), reader.IsDBNull(1) ? null : Moment.Of(reader.GetInt64(1)));
    }

    private sealed record LostLease(AttemptKey Key, string Rig, string Reason);
}
