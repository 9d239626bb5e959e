namespace DeviceHarness.Virtual.Esme;

/// <summary>The shape of the consumption and generation behind a virtual meter.</summary>
/// <param name="BaseWatts">The load that is always there, in watts (0 to 100,000).</param>
/// <param name="MorningPeakWatts">What the morning adds at its highest point, 07:30 UTC, in watts (0 to 100,000).</param>
/// <param name="EveningPeakWatts">What the evening adds at its highest point, 18:30 UTC, in watts (0 to 100,000).</param>
/// <param name="NoiseWatts">The width of the seeded variation from minute to minute, in watts (0 to 100,000).</param>
/// <param name="GenerationPeakWatts">What a generator behind the meter feeds in at noon, in watts (0 to 100,000); 0 without one.</param>
public sealed record LoadProfileOptions(int BaseWatts, int MorningPeakWatts, int EveningPeakWatts, int NoiseWatts, int GenerationPeakWatts)
{
    /// <summary>The largest value of any of the powers, in watts: above a three-phase house, far below an overflow.</summary>
    public const int MaximumWatts = 100_000;

    /// <summary>A small house without a generator.</summary>
    public static LoadProfileOptions House { get; } = new(300, 900, 1800, 240, 0);
}
