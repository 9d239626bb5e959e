using DeviceHarness.Assurance.Cycles;

namespace DeviceHarness.Store.Sqlite;

/// <summary>Which rigs of a cycle are lost to it, and which may take over whose cases.</summary>
/// <remarks>An execution is bound to one rig. When that rig is lost, any other rig of the cycle with the devices may take it, and it is
/// bound to that one; a rig that connects again is lost no more, and what nobody took is its own again. A cycle without spares has no row
/// here, and its cases wait for its rig.</remarks>
internal static class SpareRigWrites
{
    /// <summary>Adds the rigs of a new cycle.</summary>
    public static void Add(StatementCache statements, long cycleSeq, Cycle cycle, IReadOnlyList<Execution> executions)
    {
        if (cycle.Spares.Count == 0)
        {
            return;
        }

        foreach (string rig in cycle.Spares.Select(spare => spare.Rig).Prepend(cycle.Rig))
        {
            statements.Execute(
                "INSERT INTO cycle_rig (cycle_seq, rig, is_lost) VALUES ($1, $2, $3)",
                cycleSeq, rig, BenchQuarantineRows.IsOpen(statements, rig) ? 1L : 0L);
        }

        foreach (Execution execution in executions)
        {
            foreach (string rig in cycle.Spares.Where(spare => spare.Cases.Contains(execution.CaseId)).Select(spare => spare.Rig)
                .Prepend(cycle.Rig))
            {
                statements.Execute("INSERT INTO execution_rig (execution_id, rig) VALUES ($1, $2)", execution.Id, rig);
            }
        }
    }

    /// <summary>A rig is lost to the cycle of an execution.</summary>
    public static void Lose(StatementCache statements, string executionId, string rig) => statements.Execute(
        "UPDATE cycle_rig SET is_lost = 1 WHERE rig = $1 AND cycle_seq = (SELECT cycle_seq FROM execution WHERE id = $2)",
        rig, executionId);

    /// <summary>A rig is lost to every cycle that has not ended.</summary>
    public static void LoseEverywhere(StatementCache statements, string rig) => statements.Execute(
        "UPDATE cycle_rig SET is_lost = 1 WHERE rig = $1 AND cycle_seq IN (SELECT seq FROM cycle WHERE ended IS NULL)", rig);

    /// <summary>A rig is there again, and may be given work.</summary>
    public static int Return(StatementCache statements, string rig) => statements.Execute(
        """
        UPDATE cycle_rig SET is_lost = 0
        WHERE rig = $1 AND is_lost = 1 AND NOT EXISTS (SELECT 1 FROM bench_quarantine WHERE rig = $1 AND ended IS NULL)
        """,
        rig);

    /// <summary>Takes a spare rig that ran nothing of a cycle out of it.</summary>
    /// <returns>False when the rig is no spare of the cycle, or has run something of it.</returns>
    public static bool Withdraw(StatementCache statements, string cycleId, string rig)
    {
        if (statements.Scalar(
            """
            SELECT c.seq FROM cycle c JOIN cycle_rig r ON r.cycle_seq = c.seq AND r.rig = $2
            WHERE c.id = $1 AND c.rig <> $2
              AND NOT EXISTS (SELECT 1 FROM execution e JOIN attempt a ON a.execution_id = e.id WHERE e.cycle_seq = c.seq AND a.rig = $2)
            """,
            cycleId, rig) is not { } cycleSeq)
        {
            return false;
        }

        statements.Execute("DELETE FROM cycle_rig WHERE cycle_seq = $1 AND rig = $2", cycleSeq, rig);
        statements.Execute(
            "DELETE FROM execution_rig WHERE rig = $2 AND execution_id IN (SELECT id FROM execution WHERE cycle_seq = $1)", cycleSeq, rig);
        statements.Execute(
            "UPDATE execution SET rig = (SELECT rig FROM cycle WHERE seq = $1) WHERE cycle_seq = $1 AND rig = $2", cycleSeq, rig);
        return true;
    }
}
