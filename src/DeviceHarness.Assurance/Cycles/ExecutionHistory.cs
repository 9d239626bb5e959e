using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Assurance.Cycles;

/// <summary>Where an execution is in its life.</summary>
public enum ExecutionState
{
    /// <summary>Waiting for a rig.</summary>
    Queued,

    /// <summary>Handed to a rig that has not reported its start yet.</summary>
    Leased,

    /// <summary>Its rig reported the start.</summary>
    Running,

    /// <summary>Over: it has a verdict, or it was cancelled before it ran.</summary>
    Finished,
}

/// <summary>An execution with everything that happened to it.</summary>
/// <param name="Execution">The frozen part.</param>
/// <param name="State">Where it is in its life.</param>
/// <param name="Attempts">Its attempts by rising number, superseded ones included.</param>
public sealed record ExecutionHistory(Execution Execution, ExecutionState State, IReadOnlyList<Attempt> Attempts)
{
    /// <summary>The attempt that decides: the first conclusive one, else the last; superseded and unfinished ones never do.</summary>
    /// <value>Null when no attempt has ended.</value>
    public Attempt? Deciding => VerdictRule.Deciding(Attempts);

    /// <summary>The verdict of <see cref="Deciding"/>; <see cref="Verdict.NotRun"/> when no attempt has ended.</summary>
    public Verdict Verdict => Deciding?.Verdict ?? Verdict.NotRun;

    /// <summary>The rig that the case ran on: that of <see cref="Deciding"/>, else of the last attempt; empty when there was none.
    /// </summary>
    public string Rig => (Deciding ?? (Attempts.Count == 0 ? null : Attempts[^1]))?.Rig ?? string.Empty;

    /// <summary>Why it never ran: the reason that its cycle was stopped for; empty when it ran, or may still.</summary>
    public string NotRunReason { get; init; } = string.Empty;

    /// <summary>Why it did not pass, was descoped, or was not run; of one that passed the known departure, else empty.</summary>
    public string Reason => IsDescoped ? Execution.DescopedReason : Deciding?.Reason ?? NotRunReason;

    /// <summary>What a device did otherwise than its kind in a case that passed, as is known of its model; null when nothing.</summary>
    public string? DepartedAsKnown => !IsDescoped && Verdict == Verdict.Passed && Reason.Length > 0 ? Reason : null;

    /// <summary>Whether some attempt passed and another failed, in whatever order; the first conclusive one decides all the same.</summary>
    public bool IsFlaky => VerdictRule.IsFlaky(Attempts);

    /// <summary>Whether the case was formally descoped.</summary>
    public bool IsDescoped => Execution.DescopedReason.Length > 0;

    /// <summary>Whether the case counts in the denominator: neither descoped nor skipped as not applicable.</summary>
    public bool IsInScope => !IsDescoped && Verdict != Verdict.Skipped;
}
