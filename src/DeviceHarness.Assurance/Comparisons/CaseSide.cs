using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;

namespace DeviceHarness.Assurance.Comparisons;

/// <summary>A case in one of two cycles.</summary>
/// <param name="Execution">The case with its attempts.</param>
/// <param name="Conditions">On what it ran.</param>
internal sealed record CaseSide(ExecutionHistory Execution, CaseConditions Conditions)
{
    /// <summary>Whether the cycle counts it.</summary>
    public bool IsInScope => Execution.IsInScope;

    /// <summary>Whether it counts as passed.</summary>
    public bool HasPassed => IsInScope && Execution.Verdict == Verdict.Passed;
}
