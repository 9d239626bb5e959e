using System.Globalization;

namespace DeviceHarness.Orchestrator.Cycles;

/// <summary>How cycles and executions are named: <c>20260105-120000-1</c> and <c>20260105-120000-1.0007</c>.</summary>
internal static class ExecutionName
{
    /// <summary>The name of a cycle.</summary>
    /// <param name="created">When it was frozen, in UTC.</param>
    /// <param name="ordinal">Its place among the cycles of that second, from 1.</param>
    public static string OfCycle(DateTimeOffset created, int ordinal) =>
        string.Create(CultureInfo.InvariantCulture, $"{created.UtcDateTime:yyyyMMdd-HHmmss}-{ordinal}");

    /// <summary>The name of an execution.</summary>
    /// <param name="cycleId">Its cycle.</param>
    /// <param name="ordinal">Its place in the cycle, from 1.</param>
    public static string Of(string cycleId, int ordinal) => string.Create(CultureInfo.InvariantCulture, $"{cycleId}.{ordinal:D4}");

    /// <summary>The cycle of an execution.</summary>
    public static string CycleOf(string executionId)
    {
        int dot = executionId.LastIndexOf('.');
        return dot < 0 ? executionId : executionId[..dot];
    }
}
