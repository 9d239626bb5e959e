using DeviceHarness.Assurance.Cycles;
using Microsoft.Data.Sqlite;

namespace DeviceHarness.Store.Sqlite;

/// <summary>What is queued for a rig, in its order: its own executions, and those of rigs that are lost to a cycle of which it is a
/// spare.</summary>
internal static class QueuedExecutions
{
    private const string Own =
        """
        SELECT e.id, e.cycle_seq, c.id, e.time_budget, e.ordinal, CASE WHEN e.rig = c.rig THEN e.devices ELSE '' END
        FROM execution e JOIN cycle c ON c.seq = e.cycle_seq
        WHERE e.rig = $1 AND e.state = 0
          AND NOT EXISTS (SELECT 1 FROM cycle_rig r WHERE r.cycle_seq = e.cycle_seq AND r.rig = $1 AND r.is_lost = 1)
        ORDER BY e.cycle_seq, e.ordinal LIMIT $2
        """;

    // Devices are named as on their own rig: here the case may have any.
    private const string OfLost =
        """
        SELECT e.id, e.cycle_seq, c.id, e.time_budget, e.ordinal, ''
        FROM cycle_rig l JOIN execution e ON e.rig = l.rig AND e.cycle_seq = l.cycle_seq AND e.state = 0
          JOIN execution_rig x ON x.execution_id = e.id AND x.rig = $1
          JOIN cycle c ON c.seq = e.cycle_seq
        WHERE l.is_lost = 1 AND l.rig <> $1
          AND NOT EXISTS (SELECT 1 FROM cycle_rig r WHERE r.cycle_seq = e.cycle_seq AND r.rig = $1 AND r.is_lost = 1)
        ORDER BY e.cycle_seq, e.ordinal LIMIT $2
        """;

    /// <summary>The next one for a rig; null when there is none that it can begin or have waiting.</summary>
    /// <param name="statements">The store.</param>
    /// <param name="policy">How much of the same devices a rig may have waiting.</param>
    /// <param name="rig">The rig.</param>
    /// <param name="parallel">How many it runs beside each other.</param>
    public static QueuedExecution? Next(StatementCache statements, LeasePolicy policy, string rig, int parallel)
    {
        long limit = parallel == 1 ? 1 : LookAhead.MaximumQueued;
        QueuedExecution[] queued =
        [
            .. Read(statements, Own, rig, limit).Concat(Read(statements, OfLost, rig, limit))
                .OrderBy(execution => (execution.CycleSeq, execution.Ordinal)),
        ];
        int next = parallel == 1
            ? Math.Min(queued.Length, 1) - 1
            : LookAhead.Choose(LiveDevices(statements, rig), queued.Select(execution => execution.Devices), policy.Depth);
        return next < 0 ? null : queued[next];
    }

    private static List<IReadOnlyList<string>> LiveDevices(StatementCache statements, string rig)
    {
        List<IReadOnlyList<string>> live = [];
        using SqliteDataReader reader = statements.Query(
            """
            SELECT CASE WHEN e.rig = c.rig THEN e.devices ELSE '' END
            FROM attempt a JOIN execution e ON e.id = a.execution_id JOIN cycle c ON c.seq = e.cycle_seq
            WHERE a.rig = $1 AND a.state IN (0, 1)
            """,
            rig);
        while (reader.Read())
        {
            live.Add(DeviceLines.Read(reader.GetString(0)));
        }

        return live;
    }

    private static List<QueuedExecution> Read(StatementCache statements, string sql, string rig, long limit)
    {
        List<QueuedExecution> queued = [];
        using SqliteDataReader reader = statements.Query(sql, rig, limit);
        while (reader.Read())
        {
            queued.Add(new QueuedExecution(
                reader.GetString(0), reader.GetInt64(1), reader.GetString(2), TimeSpan.FromTicks(reader.GetInt64(3)), reader.GetInt64(4),
                DeviceLines.Read(reader.GetString(5))));
        }

        return queued;
    }
}

/// <summary>An execution that waits for a rig.</summary>
/// <param name="ExecutionId">Its identity.</param>
/// <param name="CycleSeq">The number of its cycle.</param>
/// <param name="CycleId">Its cycle.</param>
/// <param name="TimeBudget">How long one attempt may take.</param>
/// <param name="Ordinal">Its place in the cycle.</param>
/// <param name="Devices">Its devices on that rig; empty when it may touch all.</param>
internal sealed record QueuedExecution(
    string ExecutionId, long CycleSeq, string CycleId, TimeSpan TimeBudget, long Ordinal, IReadOnlyList<string> Devices);
