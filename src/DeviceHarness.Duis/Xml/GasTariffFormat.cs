using System.Xml.Linq;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Tariff;

namespace DeviceHarness.Duis.Xml;

/// <summary>The content of 1.1.1 and 1.2.1 to a gas meter.</summary>
internal static class GasTariffFormat
{
    /// <summary>The element that a tariff for gas has.</summary>
    public const string Tariff = "GasTariffElements";

    /// <summary>The element that prices for gas have.</summary>
    public const string Prices = "GasPriceElements";

    private const string Blocks = "BlockTariff";
    private const string TimeOfUse = "TOUTariff";

    /// <summary>Reads a tariff.</summary>
    public static UpdateGasImportTariffPrimaryElement ReadTariff(ElementReader element)
    {
        DateTimeOffset? execution = BodyFormats.ExecutionDateTime(element);
        GasTariff tariff = element.Within(DuisNames.Sr, Tariff, ReadElements);
        return new UpdateGasImportTariffPrimaryElement(tariff, ReadPrices(element), execution);
    }

    /// <summary>Reads prices alone.</summary>
    public static UpdateGasPricePrimaryElement ReadPriceUpdate(ElementReader element)
    {
        DateTimeOffset? execution = BodyFormats.ExecutionDateTime(element);
        return new UpdateGasPricePrimaryElement(ReadPrices(element), execution);
    }

    /// <summary>Writes a tariff's tables.</summary>
    public static XElement WriteTariff(GasTariff tariff)
    {
        XNamespace space = DuisNames.Sr;
        return new XElement(
            space + Tariff,
            new XElement(
                space + "SwitchingTable",
                new XElement(space + "DayProfiles", tariff.Days.Select(day => WriteDay(day, space))),
                new XElement(space + "WeekProfiles", GasCalendarFormat.WriteWeeks(tariff.Weeks, space, "ReferencedDayName")),
                new XElement(space + "Seasons", GasCalendarFormat.WriteSeasons(tariff.Seasons, space))),
            new XElement(space + "SpecialDays", GasCalendarFormat.WriteSpecialDays(tariff.SpecialDays, space, "ReferencedDayName")),
            new XElement(
                space + "ThresholdMatrix",
                tariff.Thresholds.Select((threshold, index) =>
                    Indexed(RequestValues.Number(space, "BlockThreshold", threshold), index + 1))));
    }

    /// <summary>Writes prices.</summary>
    public static XElement WritePrices(GasPrices prices)
    {
        XNamespace space = DuisNames.Sr;
        string each = prices.AreOfBlocks ? "BlockPrice" : "TOUPrice";
        return new XElement(
            space + "PriceElements",
            new XElement(
                space + Prices,
                new XElement(space + "CurrencyUnits", prices.CurrencyUnits),
                RequestValues.Number("StandingCharge", prices.StandingCharge),
                new XElement(
                    space + (prices.AreOfBlocks ? Blocks : TimeOfUse),
                    WritePrices(prices.Prices, space, each),
                    prices.NumberOfThresholds is { } count ? RequestValues.Number("NumberOfThresholds", count) : null)));
    }

    /// <summary>Reads a day.</summary>
    public static GasTariffDay ReadDay(ElementReader day, XNamespace space)
    {
        int name = (int)day.Take(space, "DayName").Only().Integer(1, GasTariff.MaxDays);
        if (day.TryTake(space, "TOUTariffAction", out ElementReader? register))
        {
            return new GasTariffDay(name, (int)register.Only().Integer(1, GasTariff.Registers));
        }

        bool hasBlocks = day.Flag(space, Blocks);
        return hasBlocks || space == DuisNames.Ra
            ? new GasTariffDay(name, Register: null)
            : throw day.Fault($"day {name} has neither a TOUTariffAction nor a {Blocks}");
    }

    /// <summary>Writes a day.</summary>
    public static XElement WriteDay(GasTariffDay day, XNamespace space) => new(
        space + "DayProfile",
        RequestValues.Number(space, "DayName", day.Day),
        day.Register is { } register
            ? RequestValues.Number(space, "TOUTariffAction", register)
            : new XElement(space + Blocks));

    /// <summary>Reads prices of one name.</summary>
    public static ValueList<GasPrice> ReadPrices(ElementReader list, XNamespace space, string name, int least) => list.Several(
        space, name, (least, GasTariff.Registers),
        price => new GasPrice(price.Index(GasTariff.Registers), price.Integer(0, uint.MaxValue)), "index");

    /// <summary>Writes prices under one name.</summary>
    public static IEnumerable<XElement> WritePrices(IEnumerable<GasPrice> prices, XNamespace space, string name) =>
        prices.Select(price => Indexed(RequestValues.Number(space, name, price.Price), price.Index));

    /// <summary>Gives an element its attribute <c>index</c>.</summary>
    public static XElement Indexed(XElement element, int index)
    {
        element.Add(RequestValues.Index(index));
        return element;
    }

    private static GasTariff ReadElements(ElementReader element)
    {
        XNamespace space = DuisNames.Sr;
        ElementReader table = element.Take(space, "SwitchingTable").Only();
        ValueList<GasTariffDay> days = table.Within(space, "DayProfiles", list => list.Several(
            space, "DayProfile", (1, GasTariff.MaxDays), day => ReadDay(day, space)));
        ValueList<TariffWeek> weeks = table.Within(
            space, "WeekProfiles", list => GasCalendarFormat.ReadWeeks(list, space, "ReferencedDayName", GasTariff.MaxDays));
        ValueList<GasSeason> seasons = table.Within(space, "Seasons", list => GasCalendarFormat.ReadSeasons(list, space));
        table.End();
        ValueList<TariffSpecialDay> special = element.Within(
            space, "SpecialDays", list => GasCalendarFormat.ReadSpecialDays(list, space, "ReferencedDayName", GasTariff.MaxDays));
        ValueList<(int Index, long Threshold)> thresholds = element.Within(space, "ThresholdMatrix", list => list.Several(
            space, "BlockThreshold", (1, GasTariff.MaxThresholds),
            threshold => (threshold.Index(GasTariff.MaxThresholds), threshold.Integer(0, GasTariff.HighestThreshold)), "index"));
        return new GasTariff(
            days, weeks, seasons, special, [.. thresholds.OrderBy(one => one.Index).Select(one => one.Threshold)]);
    }

    private static GasPrices ReadPrices(ElementReader element) => element.Within(
        DuisNames.Sr, "PriceElements", prices => prices.Within(DuisNames.Sr, Prices, ReadGasPrices));

    private static GasPrices ReadGasPrices(ElementReader element)
    {
        ElementReader currency = element.Take(DuisNames.Sr, "CurrencyUnits").Only();
        string units = currency.Token();
        if (units is not ("GBP" or "ECB"))
        {
            throw currency.Fault($"found '{ElementValues.Quoted(units)}'; allowed: GBP, ECB");
        }

        long standing = element.Unsigned("StandingCharge");
        if (!element.TryTake(DuisNames.Sr, Blocks, out ElementReader? blocks))
        {
            return new GasPrices(
                units, standing, element.Within(DuisNames.Sr, TimeOfUse, list => ReadPrices(list, DuisNames.Sr, "TOUPrice", 1)),
                NumberOfThresholds: null);
        }

        ValueList<GasPrice> prices = ReadPrices(blocks.Only(), DuisNames.Sr, "BlockPrice", 1);
        int count = (int)blocks.Whole("NumberOfThresholds", 1, GasTariff.MaxThresholds);
        blocks.End();
        return new GasPrices(units, standing, prices, count);
    }
}
