using DeviceHarness.Assurance.Issues;
using DeviceHarness.Assurance.Thresholds;

namespace DeviceHarness.Assurance.Cycles;

/// <summary>A cycle with all its executions.</summary>
/// <param name="Cycle">The cycle.</param>
/// <param name="Executions">Its executions by rising ordinal.</param>
public sealed record CycleDetail(Cycle Cycle, IReadOnlyList<ExecutionHistory> Executions)
{
    /// <summary>The pass rate of the executions.</summary>
    public PassRate Rate => PassRate.Of(Executions);

    /// <summary>The Testing Issues that the cycle saw, the gravest first.</summary>
    public IReadOnlyList<CycleIssue> Issues { get; init; } = [];

    /// <summary>The open issues of each entry that the cycle may be for, held against the agreed tolerances; empty when that was not
    /// looked up.</summary>
    public IReadOnlyList<ThresholdEvaluation> Thresholds { get; init; } = [];
}

/// <summary>A cycle with its counts only.</summary>
/// <param name="Cycle">The cycle.</param>
/// <param name="Rate">Its pass rate.</param>
public sealed record CycleSummary(Cycle Cycle, PassRate Rate);
