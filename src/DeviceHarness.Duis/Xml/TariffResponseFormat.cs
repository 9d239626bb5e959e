using System.Xml.Linq;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Tariff;

namespace DeviceHarness.Duis.Xml;

/// <summary>The content of ReadTariffPrimaryElementRsp, in the form of an electricity meter.</summary>
internal static class TariffResponseFormat
{
    private const int MaxLabelCharacters = 10;

    /// <summary>Reads it.</summary>
    public static ReadTariffPrimaryElementRsp Read(ElementReader element) =>
        element.OptionalGroup("Electricity", ReadElectricity)
        ?? new ReadTariffPrimaryElementRsp { Gas = element.OptionalGroup("Gas", GasTariffResponseFormat.Read) };

    /// <summary>Writes it.</summary>
    public static IEnumerable<XElement> Write(ReadTariffPrimaryElementRsp body)
    {
        if (body.Gas is { } gas)
        {
            return [GasTariffResponseFormat.Write(gas)];
        }

        XNamespace space = DuisNames.Ra;
        XElement[] blocks = [.. TariffTableFormat.WriteBlockPrices(body.Prices, space, "TariffBlockPrices")];
        XElement[] registers = [.. TariffTableFormat.WritePrices(body.Prices, space, "TariffTOUPrice")];
        return
        [
            new XElement(
                space + "Electricity",
                OptionalValues.Number("PrimaryActiveTariffPrice", body.PrimaryActiveTariffPrice),
                OptionalValues.Text("CurrencyUnitsLabel", body.CurrencyUnitsLabel),
                OptionalValues.Text("CurrencyUnitsName", body.CurrencyUnitsName),
                OptionalValues.Number("StandingCharge", body.StandingCharge),
                OptionalValues.Number("StandingChargeScale", body.StandingChargeScale),
                OptionalValues.Number("PriceScale", body.PriceScale),
                OptionalValues.Group("TariffBlockPriceMatrix", blocks),
                OptionalValues.Group("TariffTOUPriceMatrix", registers),
                OptionalValues.Group(
                    "TariffSwitchingTable",
                    OptionalValues.Group(
                        "DayProfiles", [.. body.Days.Select(day => TariffTableFormat.WriteDay(day, space, "Day"))]),
                    OptionalValues.Group(
                        "WeekProfiles",
                        [.. body.Weeks.Select(week => TariffTableFormat.WriteWeek(week, space, "ReferencedElecDay"))]),
                    OptionalValues.Group(
                        "Seasons", [.. body.Seasons.Select(season => TariffTableFormat.WriteSeason(season, space))])),
                OptionalValues.Group(
                    "TariffSwitchingTableSpecialDays",
                    [.. body.SpecialDays.Select(day => TariffTableFormat.WriteSpecialDay(day, space, "ReferencedDay"))]),
                OptionalValues.Group(
                    "TariffThresholdMatrix",
                    [.. body.Thresholds.Select(register =>
                        TariffTableFormat.WriteThresholds(register, space, "ElecTariffThresholds"))])),
        ];
    }

    private static ReadTariffPrimaryElementRsp ReadElectricity(ElementReader element)
    {
        XNamespace space = DuisNames.Ra;
        ReadTariffPrimaryElementRsp prices = ReadPrices(element, space);
        ReadTariffPrimaryElementRsp tables = element.OptionalGroup("TariffSwitchingTable", table => prices with
        {
            Days = table.OptionalGroup("DayProfiles", list => list.Several(
                space, "DayProfile", (0, ElectricityTariff.MaxDays), day => TariffTableFormat.ReadDay(day, space, "Day"))) ?? [],
            Weeks = table.OptionalGroup("WeekProfiles", list => list.Several(
                space, "WeekProfile", (0, ElectricityTariff.MaxSeasons),
                week => TariffTableFormat.ReadWeek(week, space, "ReferencedElecDay"))) ?? [],
            Seasons = table.OptionalGroup("Seasons", list => list.Several(
                space, "Season", (0, ElectricityTariff.MaxSeasons), season => TariffTableFormat.ReadSeason(season, space))) ?? [],
        }) ?? prices;
        return tables with
        {
            SpecialDays = element.OptionalGroup("TariffSwitchingTableSpecialDays", list => list.Several(
                space, "SpecialDay", (0, ElectricityTariff.MaxSpecialDays),
                day => TariffTableFormat.ReadSpecialDay(day, space, "ReferencedDay"))) ?? [],
            Thresholds = element.OptionalGroup("TariffThresholdMatrix", list => list.Several(
                space, "ElecTariffThresholds", (0, ElectricityTariff.BlockRegisters),
                register => TariffTableFormat.ReadThresholds(register, space, 0), "index")) ?? [],
        };
    }

    private static ReadTariffPrimaryElementRsp ReadPrices(ElementReader element, XNamespace space)
    {
        ReadTariffPrimaryElementRsp head = new()
        {
            PrimaryActiveTariffPrice = element.OptionalInteger("PrimaryActiveTariffPrice", min: 0),
            CurrencyUnitsLabel = element.OptionalText("CurrencyUnitsLabel", MaxLabelCharacters),
            CurrencyUnitsName = element.OptionalText("CurrencyUnitsName", MaxLabelCharacters),
            StandingCharge = element.OptionalInteger("StandingCharge"),
            StandingChargeScale = element.OptionalInteger("StandingChargeScale"),
            PriceScale = element.OptionalInteger("PriceScale"),
        };
        ValueList<TariffPrice> blocks = element.OptionalGroup<ValueList<TariffPrice>>("TariffBlockPriceMatrix", list =>
        [
            .. list.Several(
                space, "TariffBlockPrices", (0, ElectricityTariff.BlockRegisters),
                register => TariffTableFormat.ReadBlockPrices(register, space), "index").SelectMany(register => register),
        ]) ?? [];
        ValueList<TariffPrice> registers = element.OptionalGroup("TariffTOUPriceMatrix", list => list.Several(
            space, "TariffTOUPrice", (0, ElectricityTariff.Registers),
            price => TariffTableFormat.ReadPrice(price, ElectricityTariff.Registers), "index")) ?? [];
        return head with { Prices = [.. blocks, .. registers] };
    }
}
