using DeviceHarness.Assurance.Cycles;

namespace DeviceHarness.Orchestrator.Cycles;

/// <summary>Questions that are asked of a cycle's state.</summary>
internal static class CycleStateExtensions
{
    /// <summary>Whether the cycle is over.</summary>
    public static bool HasEnded(this CycleState state) => state is CycleState.Complete or CycleState.Incomplete or CycleState.Void;
}
