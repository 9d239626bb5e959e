namespace DeviceHarness.Assurance.Cycles;

/// <summary>How one set of one test phase went, over its cycles.</summary>
/// <param name="PackKind">The kind of the packs, such as <c>srvt</c>; empty when it was not kept.</param>
/// <param name="Kind">The set.</param>
/// <param name="Cycles">How many cycles.</param>
/// <param name="Rate">Their counts: executed and passed are percentages of their own.</param>
/// <remarks>Spec: project guide to the DMCT process, section 7: SRVT is reported as executed and passed, of the functional set and of the
/// end-of-cycle set.</remarks>
public sealed record PhaseRate(string PackKind, CycleKind Kind, int Cycles, PassRate Rate)
{
    /// <summary>Adds up cycles by kind of pack and set; a cycle that is void or has not ended counts for nothing.</summary>
    public static IReadOnlyList<PhaseRate> Of(IEnumerable<CycleSummary> cycles)
    {
        ArgumentNullException.ThrowIfNull(cycles);
        return
        [
            .. cycles.Where(cycle => cycle.Cycle.State is CycleState.Complete or CycleState.Incomplete)
                .GroupBy(cycle => (cycle.Cycle.PackKind, cycle.Cycle.Purpose.Kind))
                .OrderBy(group => group.Key.PackKind, StringComparer.Ordinal).ThenBy(group => group.Key.Kind)
                .Select(group => new PhaseRate(
                    group.Key.PackKind, group.Key.Kind, group.Count(), PassRate.Sum(group.Select(cycle => cycle.Rate)))),
        ];
    }
}
