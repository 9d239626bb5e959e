using DeviceHarness.Virtual.Tariff;

namespace DeviceHarness.Virtual.Gsme;

/// <summary>A tariff that a gas meter was told whole.</summary>
/// <param name="Id">Its number.</param>
/// <param name="At">From when on it holds, by the meter's clock.</param>
/// <param name="StandingMillipence">The charge of a day.</param>
/// <param name="Prices">The prices of a kWh, of rates or of the blocks of rate 1.</param>
/// <param name="ThresholdsDm3">The block thresholds, none for a tariff without; null for those that the meter has.</param>
internal sealed record GasTariffPlan(
    uint Id, DateTimeOffset At, long StandingMillipence, IReadOnlyList<TariffPrice> Prices, IReadOnlyList<long>? ThresholdsDm3);
