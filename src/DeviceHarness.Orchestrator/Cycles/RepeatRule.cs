using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;

namespace DeviceHarness.Orchestrator.Cycles;

/// <summary>Whether an execution that has ended is run again by itself.</summary>
/// <remarks>Only an inconclusive attempt says nothing about the device and may be repeated; a failed one never is, since a retry would
/// hide an intermittent fault.</remarks>
internal static class RepeatRule
{
    /// <summary>Decides after an attempt has ended.</summary>
    /// <param name="cycle">The cycle: a cancelled or void one repeats nothing.</param>
    /// <param name="history">The execution with all its attempts.</param>
    /// <param name="ended">The attempt that ended.</param>
    /// <param name="inconclusiveRetries">How often an inconclusive attempt is repeated.</param>
    public static bool IsRepeated(Cycle cycle, ExecutionHistory history, AttemptKey ended, int inconclusiveRetries) =>
        cycle.StateReason.Length == 0
        && cycle.State != CycleState.Void
        && history.State == ExecutionState.Finished
        && history.Execution.RepeatSafety == RepeatSafety.Safe
        && history.Verdict == Verdict.Inconclusive
        && history.Attempts.Max(attempt => attempt.Key.Number) == ended.Number
        && history.Attempts.Count(attempt => attempt.HasEnded && attempt.Verdict == Verdict.Inconclusive) <= inconclusiveRetries;
}
