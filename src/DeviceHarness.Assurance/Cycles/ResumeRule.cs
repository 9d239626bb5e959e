using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Assurance.Cycles;

/// <summary>What becomes of a case when its cycle is resumed.</summary>
public enum ResumeChoice
{
    /// <summary>It stays as it is.</summary>
    Kept,

    /// <summary>It is run, or run once more as a new attempt.</summary>
    Queued,

    /// <summary>A person decides: it began, said nothing, and is unsafe to repeat.</summary>
    LeftToPerson,
}

/// <summary>A case of a cycle that is to be resumed.</summary>
/// <param name="Execution">The case.</param>
/// <param name="Choice">What becomes of it.</param>
/// <param name="Why">Why.</param>
public sealed record ResumeRow(ExecutionHistory Execution, ResumeChoice Choice, string Why);

/// <summary>Which cases of a cut cycle may go on, so that nothing unsafe is repeated on its own.</summary>
public static class ResumeRule
{
    /// <summary>Why a cycle cannot be resumed; empty when it can.</summary>
    public static string WhyNot(CycleState state) => state switch
    {
        CycleState.Incomplete => string.Empty,
        CycleState.Void => "it is Void: its baseline changed, and nothing of it counts; run the pack anew",
        CycleState.Complete => "it is Complete: every in-scope case has its verdict",
        _ => $"it is {state} and goes on by itself; 'harness watch' follows it",
    };

    /// <summary>Says of each case what becomes of it.</summary>
    /// <param name="detail">The cycle.</param>
    /// <param name="repeat">The cases that a person lets run once more although they are unsafe to repeat.</param>
    public static IReadOnlyList<ResumeRow> Of(CycleDetail detail, IReadOnlyCollection<string> repeat)
    {
        ArgumentNullException.ThrowIfNull(detail);
        ArgumentNullException.ThrowIfNull(repeat);
        return [.. detail.Executions.Select(execution => Of(execution, repeat.Contains(execution.Execution.CaseId)))];
    }

    private static ResumeRow Of(ExecutionHistory execution, bool isNamed) => execution switch
    {
        { IsDescoped: true } => new ResumeRow(execution, ResumeChoice.Kept, "formally descoped"),
        { Verdict: Verdict.Skipped } => new ResumeRow(execution, ResumeChoice.Kept, "not applicable"),
        _ when execution.Verdict.IsConclusive() => new ResumeRow(execution, ResumeChoice.Kept, "has its verdict"),
        _ when !MayHaveBegun(execution) => new ResumeRow(execution, ResumeChoice.Queued, "never began"),
        { Execution.RepeatSafety: RepeatSafety.Safe } => new ResumeRow(execution, ResumeChoice.Queued, "safe to repeat"),
        _ when isNamed => new ResumeRow(execution, ResumeChoice.Queued, "unsafe to repeat, and named by a person"),
        _ => new ResumeRow(
            execution, ResumeChoice.LeftToPerson, "it may have begun, has no verdict, and is unsafe to repeat; name it to run it again"),
    };

    // An attempt whose rig was lost may have begun though nothing was heard of it.
    private static bool MayHaveBegun(ExecutionHistory execution) =>
        execution.Attempts.Any(attempt => attempt.Started is not null || attempt.Verdict != Verdict.NotRun);
}
