using DeviceHarness.Assurance.Cycles;

namespace DeviceHarness.Assurance.Comparisons;

/// <summary>A case in two cycles.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="First">It in the first cycle; null when the cycle does not have it.</param>
/// <param name="Second">It in the second cycle; null when the cycle does not have it.</param>
internal sealed record CasePair(string CaseId, CaseSide? First, CaseSide? Second)
{
    /// <summary>Whether both cycles count it.</summary>
    public bool IsCounted => First is { IsInScope: true } && Second is { IsInScope: true };

    /// <summary>1 when it passed in the second cycle alone, -1 when in the first alone, else 0.</summary>
    public int Change => (Second is { HasPassed: true } ? 1 : 0) - (First is { HasPassed: true } ? 1 : 0);

    /// <summary>Pairs the cases of two cycles: those of the second in their order, then those that the first alone has.</summary>
    /// <remarks>A cycle has a case once; should one come twice, its second coming is paired with the other's second.</remarks>
    public static IEnumerable<CasePair> Of(CycleDetail first, CycleDetail second)
    {
        Dictionary<(string, int), CaseSide> before = Sides(first).ToDictionary(side => side.Key, side => side.Side);
        foreach (((string CaseId, int Times) key, CaseSide side) in Sides(second))
        {
            before.Remove(key, out CaseSide? earlier);
            yield return new CasePair(key.CaseId, earlier, side);
        }

        foreach (((string caseId, int _), CaseSide side) in Sides(first).Where(side => before.ContainsKey(side.Key)))
        {
            yield return new CasePair(caseId, side, Second: null);
        }
    }

    /// <summary>Why its verdict may have changed; never empty.</summary>
    public IReadOnlyList<DifferenceCause> CausesOfChange(CycleDetail first, CycleDetail second)
    {
        List<DifferenceCause> causes = First is { } before && Second is { } now ? [.. before.Conditions.ApartFrom(now.Conditions)] : [];
        if (first.Cycle.PackHash != second.Cycle.PackHash)
        {
            causes.Add(DifferenceCause.Pack);
        }

        if (first.Cycle.HarnessVersion != second.Cycle.HarnessVersion)
        {
            causes.Add(DifferenceCause.Harness);
        }

        return causes.Count == 0 ? [DifferenceCause.Rest] : causes;
    }

    /// <summary>Why one cycle alone counts it.</summary>
    public DifferenceCause CauseOfAbsence(CycleDetail first, CycleDetail second)
    {
        bool isAbsent = First is null || Second is null;
        bool isSelection = First is null ? first.Cycle.IsSelection : second.Cycle.IsSelection;
        return isAbsent && !isSelection && first.Cycle.PackHash != second.Cycle.PackHash ? DifferenceCause.Pack : DifferenceCause.Scope;
    }

    private static IEnumerable<((string CaseId, int Times) Key, CaseSide Side)> Sides(CycleDetail cycle)
    {
        Dictionary<string, int> times = new(StringComparer.Ordinal);
        foreach (ExecutionHistory execution in cycle.Executions)
        {
            int time = times[execution.Execution.CaseId] = times.GetValueOrDefault(execution.Execution.CaseId) + 1;
            yield return ((execution.Execution.CaseId, time), new CaseSide(execution, CaseConditions.Of(cycle, execution)));
        }
    }
}
