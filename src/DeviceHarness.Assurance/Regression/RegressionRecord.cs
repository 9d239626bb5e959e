using DeviceHarness.Assurance.Cycles;

namespace DeviceHarness.Assurance.Regression;

/// <summary>What is known towards regression, of one moment.</summary>
/// <param name="Dmcs">The Device Model Combinations, by id.</param>
/// <param name="Releases">The versions of components that came into use, oldest first.</param>
/// <param name="Credits">What other campaigns ran, oldest first.</param>
/// <param name="Cycles">The cycles that are marked with a set or a combination, oldest first.</param>
public sealed record RegressionRecord(
    IReadOnlyList<DmcDefinition> Dmcs, IReadOnlyList<ComponentRelease> Releases, IReadOnlyList<RegressionCredit> Credits,
    IReadOnlyList<CycleSummary> Cycles)
{
    /// <summary>What was known at a moment; combinations are as they are now.</summary>
    /// <param name="moment">The moment, in UTC.</param>
    public RegressionRecord At(DateTimeOffset moment) => this with
    {
        Releases = [.. Releases.Where(release => release.Time <= moment)],
        Credits = [.. Credits.Where(credit => credit.Time <= moment)],
        Cycles = [.. Cycles.Where(cycle => cycle.Cycle.Ended is { } ended && ended <= moment)],
    };
}
