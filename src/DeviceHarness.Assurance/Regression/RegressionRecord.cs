using DeviceHarness.Assurance.Cycles;

namespace DeviceHarness.Assurance.Regression;

/// <summary>What is known towards regression, of one moment.</summary>
/// <param name="Dmcs">The Device Model Combinations, by id.</param>
/// <param name="Releases">The versions of components that came into use, oldest first.</param>
/// <param name="Credits">What other campaigns ran, oldest first.</param>
/// <param name="Cycles">The cycles that are marked with a set or a combination, oldest first.</param>
public sealed record RegressionRecord(
    IReadOnlyList<DmcDefinition> Dmcs, IReadOnlyList<ComponentRelease> Releases, IReadOnlyList<RegressionCredit> Credits,
    IReadOnlyList<CycleSummary> Cycles);
