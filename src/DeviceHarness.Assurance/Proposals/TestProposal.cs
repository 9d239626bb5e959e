namespace DeviceHarness.Assurance.Proposals;

/// <summary>What a combination with changed firmware is to be put through before it may stand for live devices.</summary>
public enum ProposedTest
{
    /// <summary>Nothing but the cycle again: the list holds the version already.</summary>
    CycleAgain,

    /// <summary>Device Model Combination Testing, run by the DCC.</summary>
    Dmct,

    /// <summary>Pending Product Combinations Tests, asked for by a supplier or a manufacturer.</summary>
    Ppct,
}

/// <summary>What the harness proposes after the firmware changed under a cycle, and by which rule; a person decides.</summary>
/// <param name="Test">What is proposed.</param>
/// <param name="Rule">The name of the row that matched.</param>
/// <param name="Why">Why, with what had to be assumed.</param>
/// <param name="Dmc">The combination that the cycle is for; empty when none is stated.</param>
/// <param name="Changes">The devices whose firmware changed; at least one.</param>
public sealed record TestProposal(ProposedTest Test, string Rule, string Why, string Dmc, IReadOnlyList<FirmwareChange> Changes)
{
    /// <summary>The proposed test in the words of the field, such as <c>PPCT</c>.</summary>
    public string TestName => Test switch
    {
        ProposedTest.Dmct => "DMCT",
        ProposedTest.Ppct => "PPCT",
        _ => "the cycle again",
    };

    /// <summary>Such as <c>PPCT for esme-01 (ESME) 4.2.0 to 4.3.0, by rule FC-2: 002255 is on the list with 4.2.0</c>.</summary>
    public override string ToString() => $"{TestName} for {string.Join(", ", Changes)}, by rule {Rule}: {Why}";
}
