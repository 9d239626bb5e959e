using System.Globalization;

namespace DeviceHarness.Duis.Bodies.Tariff;

/// <summary>The answer to SRV 4.11.1: an electricity meter's, or with <see cref="Gas"/> a gas meter's. Each value may be absent.</summary>
/// <remarks>Spec: MMC XML schema 5.1, ReadTariffPrimaryElementRsp.</remarks>
public sealed record ReadTariffPrimaryElementRsp : SrvResponseBody
{
    /// <summary>The price in force, in the unit of <see cref="CurrencyUnitsName"/> a kWh as far as it is known; null when absent.</summary>
    public long? PrimaryActiveTariffPrice { get; init; }

    /// <summary>GBP or ECB; null when absent.</summary>
    public string? CurrencyUnitsLabel { get; init; }

    /// <summary>Millipence or Millicent; null when absent.</summary>
    public string? CurrencyUnitsName { get; init; }

    /// <summary>The standing charge of a day, to be scaled; null when absent.</summary>
    public long? StandingCharge { get; init; }

    /// <summary>Its power of ten; null when absent.</summary>
    public long? StandingChargeScale { get; init; }

    /// <summary>The power of ten of the prices; null when absent.</summary>
    public long? PriceScale { get; init; }

    /// <summary>The prices, those of blocks first.</summary>
    public ValueList<TariffPrice> Prices { get; init; } = [];

    /// <summary>The days.</summary>
    public ValueList<TariffDay> Days { get; init; } = [];

    /// <summary>The weeks.</summary>
    public ValueList<TariffWeek> Weeks { get; init; } = [];

    /// <summary>The seasons.</summary>
    public ValueList<TariffSeason> Seasons { get; init; } = [];

    /// <summary>The special days.</summary>
    public ValueList<TariffSpecialDay> SpecialDays { get; init; } = [];

    /// <summary>The block thresholds.</summary>
    public ValueList<TariffThresholds> Thresholds { get; init; } = [];

    /// <summary>What a gas meter tells, in place of all else; null of an electricity meter.</summary>
    public GasTariffReading? Gas { get; init; }

    /// <inheritdoc/>
    public override string ElementName => "ReadTariffPrimaryElementRsp";

    /// <inheritdoc/>
    /// <remarks><c>Electricity.TOUPrice[2]</c> is the price of register 2, <c>Electricity.BlockPrice[1][3]</c> that of its block 3,
    /// <c>Electricity.BlockThreshold[1][2]</c> a threshold, <c>Electricity.Day[1].Switch[2]</c> a switching time with its
    /// register, <c>Electricity.Season[1]</c> a season's name, first day and week.</remarks>
    public override IReadOnlyDictionary<string, string> Values
    {
        get
        {
            if (Gas is { } gas)
            {
                return gas.AddTo(BodyValues.Of(this)).Entries;
            }

            BodyValues values = BodyValues.Of(this)
                .Add("Electricity.PrimaryActiveTariffPrice", PrimaryActiveTariffPrice)
                .Add("Electricity.CurrencyUnitsLabel", CurrencyUnitsLabel)
                .Add("Electricity.CurrencyUnitsName", CurrencyUnitsName)
                .Add("Electricity.StandingCharge", StandingCharge)
                .Add("Electricity.StandingChargeScale", StandingChargeScale)
                .Add("Electricity.PriceScale", PriceScale)
                .Add("Electricity.SpecialDay.Count", SpecialDays.Count);
            foreach (TariffPrice price in Prices)
            {
                values.Add(
                    price.Block is { } block
                        ? Invariant($"Electricity.BlockPrice[{price.Register}][{block}]")
                        : Invariant($"Electricity.TOUPrice[{price.Register}]"),
                    (long)price.Price);
            }

            AddCalendar(values);
            return values.Entries;
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private void AddCalendar(BodyValues values)
    {
        foreach (TariffThresholds register in Thresholds)
        {
            for (int index = 0; index < register.Thresholds.Count; index++)
            {
                values.Add(Invariant($"Electricity.BlockThreshold[{register.Register}][{index + 1}]"), register.Thresholds[index]);
            }
        }

        foreach (TariffDay day in Days)
        {
            for (int index = 0; index < day.Switches.Count; index++)
            {
                TariffSwitch turn = day.Switches[index];
                values.Add(
                    Invariant($"Electricity.Day[{day.Day}].Switch[{index + 1}]"),
                    Invariant($"{turn.Start:HH:mm:ss} {(turn.HasBlocks ? "block" : "TOU")} {turn.Register}"));
            }
        }

        foreach (TariffWeek week in Weeks)
        {
            values.Add(Invariant($"Electricity.Week[{week.Week}]"), string.Join(' ', week.Days));
        }

        for (int index = 0; index < Seasons.Count; index++)
        {
            TariffSeason season = Seasons[index];
            values.Add(
                Invariant($"Electricity.Season[{index + 1}]"),
                Invariant($"{season.Name} {season.Start.Month:00}-{season.Start.DayOfMonth:00} week {season.Week}"));
        }
    }
}
