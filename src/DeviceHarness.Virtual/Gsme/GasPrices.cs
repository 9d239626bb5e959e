using DeviceHarness.Virtual.Tariff;

namespace DeviceHarness.Virtual.Gsme;

/// <summary>Changes single prices of a tariff; the others stay.</summary>
internal static class GasPrices
{
    /// <summary>The highest price, in thousandths of a penny.</summary>
    public const int MaximumMillipence = 32_767_000;

    /// <summary>Sets the price of a rate now; what it cost by blocks is over.</summary>
    /// <param name="tariff">The tariff.</param>
    /// <param name="rate">The rate, from 1.</param>
    /// <param name="millipence">Thousandths of a penny a kWh; the digits that the finest common scale has no room for are dropped.</param>
    public static void Set(TariffEngine tariff, int rate, long millipence)
    {
        List<TariffPrice> prices = [new(rate, 0, (int)millipence)];
        foreach (int other in Enumerable.Range(1, TariffEngine.Rates).Where(other => other != rate))
        {
            long price = tariff.Energy.Active.MillipenceOf(other, block: 1);
            if (price > 0)
            {
                prices.Add(new TariffPrice(other, 0, (int)price));
            }
        }

        tariff.Energy.Passive = TariffEngine.EnergyPrices(new TariffOptions { Prices = prices });
        tariff.Energy.Activate();
    }

    /// <summary>A tariff holds now. Its thresholds are turned into energy by the factors of this moment, since blocks are counted in
    /// energy; blocks begin anew with them.</summary>
    /// <param name="tariff">The tariff of the meter.</param>
    /// <param name="plan">The new one.</param>
    /// <param name="metrology">What knows the factors.</param>
    public static void Use(TariffEngine tariff, GasTariffPlan plan, GasMetrology metrology)
    {
        tariff.Energy.Passive = TariffEngine.EnergyPrices(new TariffOptions { Prices = plan.Prices });
        tariff.Energy.Activate();
        SetStanding(tariff, plan.StandingMillipence);
        if (plan.ThresholdsDm3 is { } thresholds)
        {
            tariff.SetThresholds(1, [.. thresholds.Select(dm3 => (uint)Math.Min(uint.MaxValue, metrology.EnergyOf(dm3)))]);
            tariff.ResetBlocks();
        }
    }

    /// <summary>Sets the standing charge of a day now.</summary>
    /// <param name="tariff">The tariff.</param>
    /// <param name="millipence">Thousandths of a penny.</param>
    public static void SetStanding(TariffEngine tariff, long millipence)
    {
        UnitCharge energy = TariffEngine.EnergyPrices(new TariffOptions { Prices = [new TariffPrice(1, 0, (int)millipence)] });
        tariff.Standing.Passive = tariff.Standing.Active with { PriceScale = energy.PriceScale, Prices = energy.Prices };
        tariff.Standing.Activate();
    }
}
