namespace DeviceHarness.Assurance.Regression;

/// <summary>The combinations that regression has to cover after a release with a code change.</summary>
/// <param name="Release">The release.</param>
/// <param name="FoundIn">The combination that the fixed issue is limited to; empty when it is limited to none, or none was fixed.</param>
/// <param name="Dmcs">Every combination that has the component, by id.</param>
public sealed record RegressionPlan(ComponentRelease Release, string FoundIn, IReadOnlyList<string> Dmcs)
{
    /// <summary>The combinations beside the one of the issue: regression shows that they are not affected.</summary>
    public IReadOnlyList<string> Others => [.. Dmcs.Where(dmc => dmc != FoundIn)];

    /// <summary>Plans the regression of a release.</summary>
    /// <param name="release">The release.</param>
    /// <param name="foundIn">The combination that the fixed issue is limited to; empty when there is none.</param>
    /// <param name="dmcs">All combinations.</param>
    /// <returns>Without combinations when no code changed, or when none has the component.</returns>
    public static RegressionPlan Of(ComponentRelease release, string foundIn, IReadOnlyList<DmcDefinition> dmcs)
    {
        ArgumentNullException.ThrowIfNull(release);
        ArgumentNullException.ThrowIfNull(dmcs);
        return new RegressionPlan(
            release, foundIn,
            [.. dmcs.Where(dmc => release.ChangesCode && dmc.Components.Contains(release.Component)).Select(dmc => dmc.Id)]);
    }
}
