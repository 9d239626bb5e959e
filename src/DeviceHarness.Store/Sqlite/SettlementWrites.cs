using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using Microsoft.Data.Sqlite;

namespace DeviceHarness.Store.Sqlite;

/// <summary>Brings an execution and its cycle in line with their attempts, inside the transaction that changed one.</summary>
/// <remarks>The rules are those of <see cref="VerdictRule"/>, <see cref="LeaseRule"/> and <see cref="CycleRule"/>; this class only feeds
/// them.</remarks>
internal static class SettlementWrites
{
    /// <summary>What settling needs to know of an execution.</summary>
    private readonly record struct Standing(long CycleSeq, ExecutionState State, RepeatSafety RepeatSafety);

    /// <summary>Settles an execution after one of its attempts ended.</summary>
    /// <param name="statements">The open transaction.</param>
    /// <param name="policy">How often it may go back to the queue.</param>
    /// <param name="executionId">The execution.</param>
    /// <param name="wasNeverBegun">Whether the attempt was declined before it began: then it goes back whatever its repeat safety.</param>
    /// <param name="now">The moment, for the end of the cycle.</param>
    /// <returns>Whether the execution was queued again, and whether a stop rule ended its cycle with it.</returns>
    public static (bool IsQueuedAgain, bool IsStopRuleMet) SettleExecution(
        StatementCache statements, LeasePolicy policy, string executionId, bool wasNeverBegun, DateTimeOffset now)
    {
        Standing standing = ReadStanding(statements, executionId);
        (Verdict verdict, bool hasLive, int inconclusive) = Judge(statements, executionId);
        ExecutionState state = standing.State;
        if (!hasLive)
        {
            bool isQueued = standing.State == ExecutionState.Queued && !verdict.IsConclusive();
            bool goesBack = wasNeverBegun || LeaseRule.GoesBackToQueue(policy, standing.RepeatSafety, verdict, inconclusive);
            state = isQueued || (goesBack && AcceptsWork(statements, standing.CycleSeq)) ? ExecutionState.Queued : ExecutionState.Finished;
        }

        statements.Execute("UPDATE execution SET state = $1, verdict = $2 WHERE id = $3", (long)state, (long)verdict, executionId);
        SettleCycle(statements, standing.CycleSeq, now);

        // After the cycle itself: one that its last case ended as a matter of course was not ended by a rule.
        bool isStopRuleMet =
            state == ExecutionState.Finished && StopWrites.Apply(statements, standing.CycleSeq, executionId, now);
        return (state == ExecutionState.Queued, isStopRuleMet);
    }

    /// <summary>Judges an execution anew after an attempt ceased to count; where it is in its life stays.</summary>
    public static void JudgeAgain(StatementCache statements, string executionId)
    {
        statements.Execute(
            "UPDATE execution SET verdict = $1 WHERE id = $2", (long)Judge(statements, executionId).Verdict, executionId);
        CycleTotalWrites.Write(statements, ReadStanding(statements, executionId).CycleSeq);
    }

    /// <summary>Writes the totals of a cycle, and ends it when all of its executions have finished.</summary>
    public static void SettleCycle(StatementCache statements, long cycleSeq, DateTimeOffset now)
    {
        (PassRate rate, bool isOver) = CycleTotalWrites.Write(statements, cycleSeq);
        if (isOver)
        {
            statements.Execute("UPDATE cycle_rig SET is_lost = 0 WHERE cycle_seq = $1 AND is_lost = 1", cycleSeq);
            statements.Execute(
                "UPDATE cycle SET state = $1, ended = $2 WHERE seq = $3 AND state <> $4",
                (long)CycleRule.StateWhenEnded(rate), now.UtcTicks, cycleSeq, (long)CycleState.Void);
        }
    }

    private static Standing ReadStanding(StatementCache statements, string executionId)
    {
        using SqliteDataReader reader = statements.Query(
            "SELECT cycle_seq, state, repeat_safety FROM execution WHERE id = $1", executionId);
        return reader.Read()
            ? new Standing(reader.GetInt64(0), (ExecutionState)reader.GetInt32(1), (RepeatSafety)reader.GetInt32(2))
            : throw new System.Diagnostics.UnreachableException($"an attempt without its execution {executionId}");
    }

    private static (Verdict Verdict, bool HasLive, int Inconclusive) Judge(StatementCache statements, string executionId)
    {
        List<Attempt> attempts = [];
        using SqliteDataReader reader = statements.Query(
            "SELECT number, lease_number, state, superseded, verdict FROM attempt WHERE execution_id = $1", executionId);
        while (reader.Read())
        {
            attempts.Add(new Attempt
            {
                Key = new AttemptKey(executionId, reader.GetInt32(0), reader.GetInt64(1)),
                State = (AttemptState)reader.GetInt32(2),
                IsSuperseded = reader.GetBoolean(3),
                Verdict = (Verdict)reader.GetInt32(4),
            });
        }

        return (
            VerdictRule.Deciding(attempts)?.Verdict ?? Verdict.NotRun,
            attempts.Exists(attempt => !attempt.HasEnded),
            attempts.Count(attempt => attempt.HasEnded && attempt.Verdict == Verdict.Inconclusive));
    }

    private static bool AcceptsWork(StatementCache statements, long cycleSeq) =>
        statements.Scalar("SELECT cancelled FROM cycle WHERE seq = $1", cycleSeq) == 0;
}
