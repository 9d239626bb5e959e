using System.Globalization;

namespace DeviceHarness.Duis.Bodies.Tariff;

/// <summary>What a gas meter tells of its tariff. Each value may be absent.</summary>
/// <remarks>Spec: MMC XML schema 5.1, ReadTariffPrimaryElementRsp, Gas.</remarks>
public sealed record GasTariffReading
{
    /// <summary>The price in force, of a kWh; null when absent.</summary>
    public long? PrimaryActiveTariffPrice { get; init; }

    /// <summary>The power of ten of the price in force; null when absent.</summary>
    public long? PrimaryActiveTariffPriceScale { get; init; }

    /// <summary>GBP or ECB; null when absent.</summary>
    public string? CurrencyUnitsLabel { get; init; }

    /// <summary>The standing charge of a day; null when absent.</summary>
    public long? StandingCharge { get; init; }

    /// <summary>The days.</summary>
    public ValueList<GasTariffDay> Days { get; init; } = [];

    /// <summary>The weeks.</summary>
    public ValueList<TariffWeek> Weeks { get; init; } = [];

    /// <summary>The seasons.</summary>
    public ValueList<GasSeason> Seasons { get; init; } = [];

    /// <summary>The special days.</summary>
    public ValueList<TariffSpecialDay> SpecialDays { get; init; } = [];

    /// <summary>The block thresholds, block 1's first; the schema names no unit.</summary>
    public ValueList<decimal> Thresholds { get; init; } = [];

    /// <summary>The prices by time of use.</summary>
    public ValueList<GasPrice> TimeOfUsePrices { get; init; } = [];

    /// <summary>The prices of the blocks.</summary>
    public ValueList<GasPrice> BlockPrices { get; init; } = [];

    /// <summary>Adds the values by their paths: <c>Gas.TOUPrice[2]</c> is the price of register 2, <c>Gas.Day[1]</c> its register or
    /// <c>blocks</c>.</summary>
    internal BodyValues AddTo(BodyValues values)
    {
        values.Add("Gas.PrimaryActiveTariffPrice", PrimaryActiveTariffPrice)
            .Add("Gas.PrimaryActiveTariffPriceScale", PrimaryActiveTariffPriceScale)
            .Add("Gas.CurrencyUnitsLabel", CurrencyUnitsLabel)
            .Add("Gas.StandingCharge", StandingCharge)
            .Add("Gas.SpecialDay.Count", (long)SpecialDays.Count);
        foreach (GasPrice price in TimeOfUsePrices)
        {
            values.Add(Invariant($"Gas.TOUPrice[{price.Index}]"), price.Price);
        }

        foreach (GasPrice price in BlockPrices)
        {
            values.Add(Invariant($"Gas.BlockPrice[{price.Index}]"), price.Price);
        }

        for (int index = 0; index < Thresholds.Count; index++)
        {
            values.Add(Invariant($"Gas.BlockThreshold[{index + 1}]"), Thresholds[index]);
        }

        foreach (GasTariffDay day in Days)
        {
            values.Add(Invariant($"Gas.Day[{day.Day}]"), day.Register is { } register ? Invariant($"TOU {register}") : "blocks");
        }

        foreach (TariffWeek week in Weeks)
        {
            values.Add(Invariant($"Gas.Week[{week.Week}]"), string.Join(' ', week.Days));
        }

        for (int index = 0; index < Seasons.Count; index++)
        {
            GasSeason season = Seasons[index];
            values.Add(
                Invariant($"Gas.Season[{index + 1}]"),
                Invariant($"{season.Start.Month:00}-{season.Start.DayOfMonth:00} week {season.Week}"));
        }

        return values;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
