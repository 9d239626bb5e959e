namespace DeviceHarness.Assurance.Regression;

/// <summary>A condition that a fix with a code change puts on a combination: regression has to pass after it.</summary>
/// <param name="Dmc">The combination.</param>
/// <param name="Release">The fix.</param>
/// <param name="DischargedBy">The passed regression cycles that discharge it; empty while it is open.</param>
/// <remarks>Spec: project guide to the DMCT process, sections 3.1 (guard G5) and 3.6.</remarks>
public sealed record RegressionCondition(string Dmc, ComponentRelease Release, IReadOnlyList<string> DischargedBy)
{
    /// <summary>Whether it still stands.</summary>
    public bool IsOpen => DischargedBy.Count == 0;
}
