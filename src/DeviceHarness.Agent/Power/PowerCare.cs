namespace DeviceHarness.Agent.Power;

/// <summary>What keeps the feeds of a bench from harm, whichever of them is switched.</summary>
/// <param name="Ledger">What was switched today, on the disk.</param>
/// <param name="InrushSpacing">How long after one feed was switched on the next may be.</param>
/// <param name="Isolation">The emergency stop or isolator; null for a bench without one.</param>
internal sealed record PowerCare(SwitchLedger Ledger, TimeSpan InrushSpacing, IsolationLatch? Isolation)
{
    /// <summary>Is told of each contact that moves; null when nobody asks.</summary>
    public SwitchTrouble? Trouble { get; init; }
}
