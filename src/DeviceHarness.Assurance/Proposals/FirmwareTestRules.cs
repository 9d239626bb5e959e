using DeviceHarness.Assurance.Regression;

namespace DeviceHarness.Assurance.Proposals;

/// <summary>Which test a combination needs after a firmware change: the first row that matches.</summary>
/// <remarks>Spec: project guide to the DMCT process, section 1: PPCT is for firmware newer than an entry of the Eligible Product
/// Combinations List, DMCT for what is to join it. The DCC said in February 2019 that any firmware beyond what DMCT and SIT put on the
/// list is tested in PPCT. Versions have no public order: another version than the list's counts as newer. FC-4 is this harness's
/// choice.</remarks>
public static class FirmwareTestRules
{
    /// <summary>The row of a version that the list holds already.</summary>
    public const string Listed = "FC-1";

    /// <summary>The row of a combination that is on the list with another version.</summary>
    public const string Beyond = "FC-2";

    /// <summary>The row of a combination that is stated and not on the list.</summary>
    public const string NotListed = "FC-3";

    /// <summary>The row of a combination of which nothing is stated: a default of this project's own.</summary>
    public const string Unstated = "FC-4, this harness's default";

    /// <summary>Proposes a test.</summary>
    /// <param name="changes">The devices whose firmware changed; at least one.</param>
    /// <param name="dmcId">The combination that the cycle is for; empty when none is stated.</param>
    /// <param name="dmc">What is stated of the combination; null when nothing is.</param>
    /// <exception cref="ArgumentException"><paramref name="changes"/> is empty.</exception>
    public static TestProposal Propose(IReadOnlyList<FirmwareChange> changes, string dmcId, DmcDefinition? dmc)
    {
        ArgumentNullException.ThrowIfNull(changes);
        if (changes.Count == 0)
        {
            throw new ArgumentException("no firmware changed", nameof(changes));
        }

        (ProposedTest test, string rule, string why) = Match(changes, dmcId, dmc);
        return new TestProposal(test, rule, why, dmcId, changes);
    }

    private static (ProposedTest Test, string Rule, string Why) Match(
        IReadOnlyList<FirmwareChange> changes, string dmcId, DmcDefinition? dmc)
    {
        if (dmc is null)
        {
            string unknown = dmcId.Length == 0 ? "the cycle is marked with no combination" : $"the combination {dmcId} is not stated";
            return (ProposedTest.Dmct, Unstated, $"{unknown}; assumed is that it is not on the EPCL, so that it needs the whole test");
        }

        if (dmc.Eligible.Count == 0)
        {
            return (ProposedTest.Dmct, NotListed, $"{dmc.Id} is stated without eligible firmware: it is not on the EPCL");
        }

        string eligible = string.Join(", ", dmc.Eligible);
        return changes.All(change => dmc.Eligible.Contains(new EligibleFirmware(change.DeviceType, change.To)))
            ? (ProposedTest.CycleAgain, Listed, $"{dmc.Id} is on the EPCL with the new version too ({eligible})")
            : (ProposedTest.Ppct, Beyond, $"{dmc.Id} is on the EPCL with {eligible}: other firmware is tested in PPCT");
    }
}
