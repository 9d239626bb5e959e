using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using Microsoft.Data.Sqlite;

namespace DeviceHarness.Store.Sqlite;

/// <summary>Keeps <c>cycle_total</c> in line with the executions, inside the transaction that changed one.</summary>
/// <remarks>What counts as what is the rule of <see cref="PassRate"/>; this class only feeds it. A cycle is counted anew rather than
/// moved by a difference, so that a total cannot drift.</remarks>
internal static class CycleTotalWrites
{
    /// <summary>Counts the executions of a cycle by their verdicts and writes its row.</summary>
    /// <returns>The counts, and whether every execution has finished.</returns>
    public static (PassRate Rate, bool IsOver) Write(StatementCache statements, long cycleSeq)
    {
        (PassRate rate, bool isOver) = Count(statements, cycleSeq);
        statements.Execute(
            """
            INSERT OR REPLACE INTO cycle_total (cycle_seq, passed, failed, inconclusive, error, blocked, not_run, skipped, descoped)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """,
            cycleSeq, (long)rate.Passed, (long)rate.Failed, (long)rate.Inconclusive, (long)rate.Error, (long)rate.Blocked,
            (long)rate.NotRun, (long)rate.Skipped, (long)rate.Descoped);
        return (rate, isOver);
    }

    /// <summary>Writes the rows of a file from before the table was there.</summary>
    /// <remarks>Earlier versions left the verdict of an execution as it was when a newer attempt superseded the one that had decided;
    /// those are judged again.</remarks>
    public static void FillAll(StatementCache statements)
    {
        foreach (string executionId in Read(
            statements, "SELECT DISTINCT execution_id FROM attempt WHERE superseded = 1", reader => reader.GetString(0)))
        {
            SettlementWrites.JudgeAgain(statements, executionId);
        }

        foreach (long cycleSeq in Read(statements, "SELECT seq FROM cycle", reader => reader.GetInt64(0)))
        {
            Write(statements, cycleSeq);
        }
    }

    private static (PassRate Rate, bool IsOver) Count(StatementCache statements, long cycleSeq)
    {
        PassRate rate = new(0, 0, 0, 0, 0, 0, 0, 0);
        bool isOver = true;
        using SqliteDataReader reader = statements.Query(
            "SELECT state, verdict, descoped_reason <> '', count(*) FROM execution WHERE cycle_seq = $1 GROUP BY 1, 2, 3", cycleSeq);
        while (reader.Read())
        {
            isOver &= (ExecutionState)reader.GetInt32(0) == ExecutionState.Finished;
            rate = rate.With((Verdict)reader.GetInt32(1), reader.GetBoolean(2), reader.GetInt32(3));
        }

        return (rate, isOver);
    }

    private static List<T> Read<T>(StatementCache statements, string sql, Func<SqliteDataReader, T> read)
    {
        List<T> values = [];
        using SqliteDataReader reader = statements.Query(sql);
        while (reader.Read())
        {
            values.Add(read(reader));
        }

        return values;
    }
}
