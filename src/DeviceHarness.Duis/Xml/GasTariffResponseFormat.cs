using System.Globalization;
using System.Xml.Linq;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Tariff;

namespace DeviceHarness.Duis.Xml;

/// <summary>The content of a gas meter's ReadTariffPrimaryElementRsp.</summary>
internal static class GasTariffResponseFormat
{
    private const int MaxLabelCharacters = 3;
    private const string DayName = "ReferencedDay";

    /// <summary>Reads it.</summary>
    public static GasTariffReading Read(ElementReader element)
    {
        XNamespace space = DuisNames.Ra;
        GasTariffReading head = new()
        {
            PrimaryActiveTariffPrice = element.OptionalInteger("PrimaryActiveTariffPrice", min: 0),
            PrimaryActiveTariffPriceScale = element.OptionalInteger("PrimaryActiveTariffPriceScale"),
            CurrencyUnitsLabel = element.OptionalText("CurrencyUnitsLabel", MaxLabelCharacters),
            StandingCharge = element.OptionalInteger("StandingCharge", min: 0),
        };
        GasTariffReading tables = element.OptionalGroup("TariffSwitchingTable", table => head with
        {
            Days = table.OptionalGroup("DayProfiles", list => list.Several(
                space, "DayProfile", (0, GasTariff.MaxDays), day => GasTariffFormat.ReadDay(day, space))) ?? [],
            Weeks = table.OptionalGroup(
                "WeekProfiles", list => GasCalendarFormat.ReadWeeks(list, space, DayName, GasTariff.MaxDays)) ?? [],
            Seasons = table.OptionalGroup("Seasons", list => GasCalendarFormat.ReadSeasons(list, space)) ?? [],
        }) ?? head;
        return tables with
        {
            SpecialDays = element.OptionalGroup(
                "TariffSwitchingTableSpecialDays",
                list => GasCalendarFormat.ReadSpecialDays(list, space, DayName, GasTariff.MaxDays)) ?? [],
            Thresholds = element.OptionalGroup("TariffThresholds", ReadThresholds) ?? [],
            TimeOfUsePrices = element.OptionalGroup(
                "TOUTariff", list => GasTariffFormat.ReadPrices(list, space, "TariffTOUPrice", 0)) ?? [],
            BlockPrices = element.OptionalGroup(
                "BlockTariff", list => GasTariffFormat.ReadPrices(list, space, "BlockPrice", 0)) ?? [],
        };
    }

    /// <summary>Writes it.</summary>
    public static XElement Write(GasTariffReading body)
    {
        XNamespace space = DuisNames.Ra;
        return new XElement(
            space + "Gas",
            OptionalValues.Number("PrimaryActiveTariffPrice", body.PrimaryActiveTariffPrice),
            OptionalValues.Number("PrimaryActiveTariffPriceScale", body.PrimaryActiveTariffPriceScale),
            OptionalValues.Text("CurrencyUnitsLabel", body.CurrencyUnitsLabel),
            OptionalValues.Number("StandingCharge", body.StandingCharge),
            OptionalValues.Group(
                "TariffSwitchingTable",
                Group("DayProfiles", body.Days.Select(day => GasTariffFormat.WriteDay(day, space))),
                Group("WeekProfiles", GasCalendarFormat.WriteWeeks(body.Weeks, space, DayName)),
                Group("Seasons", GasCalendarFormat.WriteSeasons(body.Seasons, space))),
            Group("TariffSwitchingTableSpecialDays", GasCalendarFormat.WriteSpecialDays(body.SpecialDays, space, DayName)),
            Group("TariffThresholds", body.Thresholds.Select((threshold, index) => GasTariffFormat.Indexed(
                new XElement(space + "BlockThreshold", threshold.ToString(CultureInfo.InvariantCulture)), index + 1))),
            Group("TOUTariff", GasTariffFormat.WritePrices(body.TimeOfUsePrices, space, "TariffTOUPrice")),
            Group("BlockTariff", GasTariffFormat.WritePrices(body.BlockPrices, space, "BlockPrice")));
    }

    private static XElement? Group(string name, IEnumerable<XElement> content) => OptionalValues.Group(name, [.. content]);

    private static ValueList<decimal> ReadThresholds(ElementReader list)
    {
        ValueList<(int Index, decimal Threshold)> found = list.Several(
            DuisNames.Ra, "BlockThreshold", (0, GasTariff.MaxThresholds),
            threshold => (threshold.Index(GasTariff.MaxThresholds), threshold.Decimal()), "index");
        return [.. found.OrderBy(one => one.Index).Select(one => one.Threshold)];
    }
}
