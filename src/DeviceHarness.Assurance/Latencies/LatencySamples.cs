using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Duis.Catalogue;

namespace DeviceHarness.Assurance.Latencies;

/// <summary>Which steps are latency samples.</summary>
/// <remarks>Counted are the steps of attempts that are not superseded and not scaled, and only requests that a device answered: a silence
/// has no latency.</remarks>
internal static class LatencySamples
{
    /// <summary>The attempts whose times count.</summary>
    public static IEnumerable<Attempt> AttemptsOf(IEnumerable<ExecutionHistory> executions) => executions
        .SelectMany(execution => execution.Attempts)
        .Where(attempt => !attempt.IsSuperseded && attempt.Provenance is not { Origin: Origin.Scaled });

    /// <summary>Whether a step sent a request that a device answered.</summary>
    public static bool IsSample(Step step) => step.Latency is { Exchanges: > 0 } && step.ServiceReferenceVariant.Length > 0
        && step.ResponseCode == ResponseCodes.Success;
}
