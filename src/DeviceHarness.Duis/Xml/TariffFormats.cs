using System.Xml.Linq;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Tariff;

namespace DeviceHarness.Duis.Xml;

/// <summary>The formats of tariffs: 1.1.1, 1.2.1, 4.11.1.</summary>
internal static class TariffFormats
{
    private const string Prices = "PriceElements";
    private const string ElecPrices = "ElectricityPriceElements";

    /// <summary>The formats.</summary>
    public static IReadOnlyList<BodyFormat> All { get; } =
    [
        BodyFormat.WithBareResponse(
            "1.1.1",
            "UpdateImportTariffPrimaryElementRsp",
            element => element.Has(GasTariffFormat.Tariff) ? GasTariffFormat.ReadTariff(element) : ReadTariff(element),
            (UpdateGasImportTariffPrimaryElement body) =>
            [
                .. BodyFormats.ExecutionDateTime(body),
                GasTariffFormat.WriteTariff(body.Tariff),
                GasTariffFormat.WritePrices(body.Prices),
            ],
            (UpdateImportTariffPrimaryElement body) =>
            [
                .. BodyFormats.ExecutionDateTime(body),
                WriteTariff(body.Tariff),
                WritePrices(body.Prices),
            ]),
        BodyFormat.WithBareResponse(
            "1.2.1",
            "UpdatePricePrimaryElementRsp",
            element => element.Element.Descendants(DuisNames.Sr + GasTariffFormat.Prices).Any()
                ? GasTariffFormat.ReadPriceUpdate(element)
                : ReadPriceUpdate(element),
            (UpdateGasPricePrimaryElement body) =>
                [.. BodyFormats.ExecutionDateTime(body), GasTariffFormat.WritePrices(body.Prices)],
            (UpdatePricePrimaryElement body) => [.. BodyFormats.ExecutionDateTime(body), WritePrices(body.Prices)]),
        BodyFormat.Of<ReadTariffPrimaryElement, ReadTariffPrimaryElementRsp>(
            "4.11.1", _ => new ReadTariffPrimaryElement(), _ => [], TariffResponseFormat.Read, TariffResponseFormat.Write),
    ];

    private static UpdateImportTariffPrimaryElement ReadTariff(ElementReader element)
    {
        DateTimeOffset? execution = BodyFormats.ExecutionDateTime(element);
        ElectricityTariff tariff = element.Within(DuisNames.Sr, "ElecTariffElements", ReadElements);
        return new UpdateImportTariffPrimaryElement(tariff, ReadPrices(element), execution);
    }

    private static UpdatePricePrimaryElement ReadPriceUpdate(ElementReader element)
    {
        DateTimeOffset? execution = BodyFormats.ExecutionDateTime(element);
        return new UpdatePricePrimaryElement(ReadPrices(element), execution);
    }

    private static ElectricityTariff ReadElements(ElementReader element)
    {
        ElementReader currency = element.Take(DuisNames.Sr, "CurrencyUnits").Only();
        string units = currency.Token();
        if (units is not ("GBP" or "ECB"))
        {
            throw currency.Fault($"found '{ElementValues.Quoted(units)}'; allowed: GBP, ECB");
        }

        XNamespace space = DuisNames.Sr;
        ElementReader table = element.Take(space, "SwitchingTable").Only();
        ValueList<TariffDay> days = table.Within(space, "DayProfiles", list => list.Several(
            space, "DayProfile", (1, ElectricityTariff.MaxDays), day => TariffTableFormat.ReadDay(day, space, "DayName")));
        ValueList<TariffWeek> weeks = table.Within(space, "WeekProfiles", list => list.Several(
            space, "WeekProfile", (1, ElectricityTariff.MaxSeasons),
            week => TariffTableFormat.ReadWeek(week, space, "ReferencedDayName")));
        ValueList<TariffSeason> seasons = table.Within(space, "Seasons", list => list.Several(
            space, "Season", (1, ElectricityTariff.MaxSeasons), season => TariffTableFormat.ReadSeason(season, space)));
        table.End();
        ValueList<TariffSpecialDay> special = element.Within(space, "SpecialDays", list => list.Several(
            space, "SpecialDay", (0, ElectricityTariff.MaxSpecialDays),
            day => TariffTableFormat.ReadSpecialDay(day, space, "ReferencedDayName")));
        ValueList<TariffThresholds> thresholds = element.Within(space, "ThresholdMatrix", list => list.Several(
            space, "Thresholds", (ElectricityTariff.BlockRegisters, ElectricityTariff.BlockRegisters),
            register => TariffTableFormat.ReadThresholds(register, space, 1), "index"));
        return new ElectricityTariff(units, days, weeks, seasons, special, thresholds);
    }

    private static XElement WriteTariff(ElectricityTariff tariff)
    {
        XNamespace space = DuisNames.Sr;
        return new XElement(
            space + "ElecTariffElements",
            new XElement(space + "CurrencyUnits", tariff.CurrencyUnits),
            new XElement(
                space + "SwitchingTable",
                new XElement(
                    space + "DayProfiles", tariff.Days.Select(day => TariffTableFormat.WriteDay(day, space, "DayName"))),
                new XElement(
                    space + "WeekProfiles",
                    tariff.Weeks.Select(week => TariffTableFormat.WriteWeek(week, space, "ReferencedDayName"))),
                new XElement(space + "Seasons", tariff.Seasons.Select(season => TariffTableFormat.WriteSeason(season, space)))),
            new XElement(
                space + "SpecialDays",
                tariff.SpecialDays.Select(day => TariffTableFormat.WriteSpecialDay(day, space, "ReferencedDayName"))),
            new XElement(
                space + "ThresholdMatrix",
                tariff.Thresholds.Select(register => TariffTableFormat.WriteThresholds(register, space, "Thresholds"))));
    }

    private static ElectricityPrices ReadPrices(ElementReader element) => element.Within(
        DuisNames.Sr, Prices, prices => prices.Within(DuisNames.Sr, ElecPrices, ReadElectricityPrices));

    private static ElectricityPrices ReadElectricityPrices(ElementReader element)
    {
        short standing = (short)element.Whole("StandingCharge", short.MinValue, short.MaxValue);
        sbyte standingScale = element.Scale("StandingChargeScale");
        sbyte scale = element.Scale("PriceScale");
        (TariffKind kind, ElementReader tariff) =
            element.TryTake(DuisNames.Sr, "BlockTariff", out ElementReader? found) ? (TariffKind.Block, found)
            : element.TryTake(DuisNames.Sr, "TOUTariff", out found) ? (TariffKind.TimeOfUse, found)
            : (TariffKind.Hybrid, element.Take(DuisNames.Sr, "HybridTariff"));
        List<TariffPrice> prices = [];
        if (kind != TariffKind.TimeOfUse)
        {
            prices.AddRange(tariff.Only().Several(
                DuisNames.Sr, "BlockPrices", (1, ElectricityTariff.BlockRegisters),
                register => TariffTableFormat.ReadBlockPrices(register, DuisNames.Sr), "index").SelectMany(list => list));
        }

        if (kind != TariffKind.Block)
        {
            prices.AddRange(tariff.Only().Several(
                DuisNames.Sr, "TOUPrice", (1, ElectricityTariff.Registers),
                price => TariffTableFormat.ReadPrice(price, ElectricityTariff.Registers), "index"));
        }

        tariff.End();
        return new ElectricityPrices(standing, standingScale, scale, kind, [.. prices]);
    }

    private static XElement WritePrices(ElectricityPrices prices)
    {
        string kind = prices.Kind switch
        {
            TariffKind.Block => "BlockTariff",
            TariffKind.TimeOfUse => "TOUTariff",
            _ => "HybridTariff",
        };
        return new XElement(
            DuisNames.Sr + Prices,
            new XElement(
                DuisNames.Sr + ElecPrices,
                RequestValues.Number("StandingCharge", prices.StandingCharge),
                RequestValues.Number("StandingChargeScale", prices.StandingChargeScale),
                RequestValues.Number("PriceScale", prices.PriceScale),
                new XElement(
                    DuisNames.Sr + kind,
                    TariffTableFormat.WriteBlockPrices(prices.Prices, DuisNames.Sr, "BlockPrices"),
                    TariffTableFormat.WritePrices(prices.Prices, DuisNames.Sr, "TOUPrice"))));
    }
}
