using DeviceHarness.Assurance.Cycles;

namespace DeviceHarness.Assurance.History;

/// <summary>How steady a case is on the same devices with the same firmware by the same pack text, over all attempts of all cycles.
/// </summary>
/// <param name="Devices">The devices; empty when none is known.</param>
/// <param name="Firmware">Their firmware.</param>
/// <param name="PackHash">SHA-256 of the pack's text.</param>
/// <param name="Passed">Counted attempts that passed.</param>
/// <param name="Failed">Counted attempts that failed.</param>
/// <param name="Others">Attempts without a conclusive verdict, superseded ones, and those of void cycles: they say nothing.</param>
public sealed record CaseSteadiness(string Devices, string Firmware, string PackHash, int Passed, int Failed, int Others)
{
    /// <summary>Whether the case passed and failed under the same conditions.</summary>
    public bool IsFlaky => Passed > 0 && Failed > 0;

    /// <summary>The conclusive attempts.</summary>
    public int Conclusive => Passed + Failed;

    /// <summary>What so many attempts allow to be said of the share that passes; null when none is conclusive.</summary>
    public WilsonInterval? Interval => Conclusive == 0 ? null : new WilsonInterval(Passed, Conclusive);
}
