using Dapper;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using Microsoft.Data.Sqlite;

namespace DeviceHarness.Store.Sqlite;

/// <summary>Lets cut cycles go on, and keeps who did.</summary>
internal static class ResumptionRows
{
    /// <summary>Queues cases of a cycle that ended Incomplete; one that finished with a verdict meanwhile is left as it is.</summary>
    /// <returns>Whether anything was queued: not when the cycle is in another state by now.</returns>
    public static bool Resume(StatementCache statements, CycleResumption resumption)
    {
        (long Seq, string Was)? cycle = null;
        using (SqliteDataReader reader = statements.Query(
            "SELECT seq, state_reason FROM cycle WHERE id = $1 AND state = $2", resumption.CycleId, (long)CycleState.Incomplete))
        {
            cycle = reader.Read() ? (reader.GetInt64(0), reader.GetString(1)) : null;
        }

        if (cycle is not { } ended)
        {
            return false;
        }

        int queued = 0;
        foreach (string caseId in resumption.Cases)
        {
            queued += statements.Execute(
                """
                UPDATE execution SET state = $1
                WHERE cycle_seq = $2 AND case_id = $3 AND state = $4 AND verdict NOT IN ($5, $6) AND descoped_reason = ''
                """,
                (long)ExecutionState.Queued, ended.Seq, caseId, (long)ExecutionState.Finished, (long)Verdict.Passed, (long)Verdict.Failed);
        }

        if (queued == 0)
        {
            return false;
        }

        statements.Execute(
            "UPDATE cycle SET state = $1, ended = NULL, cancelled = 0, state_reason = '', stop_spent = $2 WHERE seq = $3",
            (long)CycleState.Running, StopWrites.Spent(statements, ended.Seq), ended.Seq);
        statements.Execute(
            "INSERT INTO cycle_resumption (cycle_seq, who, reason, was, cases, time) VALUES ($1, $2, $3, $4, $5, $6)",
            ended.Seq, resumption.Who, resumption.Reason, ended.Was, StoredJson.WriteNames(resumption.Cases), resumption.Time.UtcTicks);
        return true;
    }

    /// <summary>The resumptions of a cycle, oldest first.</summary>
    public static IReadOnlyList<CycleResumption> Read(SqliteConnection connection, long cycleSeq, string cycleId) =>
    [
        .. connection.Query<Row>(
            """
            SELECT who AS Who, reason AS Reason, was AS Was, cases AS Cases, time AS Time
            FROM cycle_resumption WHERE cycle_seq = @cycleSeq ORDER BY seq
            """,
            new { cycleSeq })
            .Select(row => new CycleResumption(cycleId, row.Who, row.Reason, Moment.Of(row.Time))
            {
                Was = row.Was,
                Cases = StoredJson.ReadNames(row.Cases),
            }),
    ];

    private sealed record Row(string Who, string Reason, string Was, string Cases, long Time);
}
