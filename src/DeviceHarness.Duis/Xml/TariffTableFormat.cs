using System.Globalization;
using System.Xml.Linq;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Tariff;

namespace DeviceHarness.Duis.Xml;

/// <summary>The tables of a tariff, which requests and answers have alike but for some names.</summary>
internal static class TariffTableFormat
{
    private const int MaxSeasonNameCharacters = 8;
    private const int MaxThresholds = ElectricityPrices.Blocks - 1;

    /// <summary>Reads a day.</summary>
    public static TariffDay ReadDay(ElementReader day, XNamespace space, string name) => new(
        (int)day.Take(space, name).Only().Integer(1, ElectricityTariff.MaxDays),
        day.Several(space, "ProfileSchedule", (1, ElectricityTariff.Registers), turn => ReadSwitch(turn, space)));

    /// <summary>Writes a day.</summary>
    public static XElement WriteDay(TariffDay day, XNamespace space, string name) => new(
        space + "DayProfile",
        RequestValues.Number(space, name, day.Day),
        day.Switches.Select(turn => new XElement(
            space + "ProfileSchedule",
            RequestValues.TimeOfDay(space, "StartTime", turn.Start),
            RequestValues.Number(space, turn.HasBlocks ? "BlockTariffAction" : "TOUTariffAction", turn.Register))));

    /// <summary>Reads a week.</summary>
    public static TariffWeek ReadWeek(ElementReader week, XNamespace space, string dayName)
    {
        int name = (int)week.Take(space, "WeekName").Only().Integer(1, ElectricityTariff.MaxSeasons);
        ValueList<(int Index, int Day)> days = week.Several(
            space, dayName, (ElectricityTariff.DaysOfWeek, ElectricityTariff.DaysOfWeek),
            day => (day.Index(ElectricityTariff.DaysOfWeek), (int)day.Integer(1, ElectricityTariff.MaxDays)), "index");
        return days.Select(day => day.Index).Distinct().Count() == days.Count
            ? new TariffWeek(name, [.. days.OrderBy(day => day.Index).Select(day => day.Day)])
            : throw week.Fault($"found an index of '{dayName}' twice; allowed is each from 1 to {ElectricityTariff.DaysOfWeek} once");
    }

    /// <summary>Writes a week.</summary>
    public static XElement WriteWeek(TariffWeek week, XNamespace space, string dayName) => new(
        space + "WeekProfile",
        RequestValues.Number(space, "WeekName", week.Week),
        week.Days.Select((day, index) => Indexed(space, dayName, index + 1, day)));

    /// <summary>Reads a season.</summary>
    public static TariffSeason ReadSeason(ElementReader season, XNamespace space)
    {
        ElementReader name = season.Take(space, "SeasonName").Only();
        if (name.Text().Length > MaxSeasonNameCharacters)
        {
            throw name.Fault($"found {name.Text().Length} characters; allowed are {MaxSeasonNameCharacters}");
        }

        CalendarDate start = season.Within(space, "SeasonStartDate", date => CalendarFormat.Read(date, space));
        int week = (int)season.Take(space, "ReferencedWeekName").Only().Integer(1, ElectricityTariff.MaxSeasons);
        return new TariffSeason(name.Text(), start, week);
    }

    /// <summary>Writes a season.</summary>
    public static XElement WriteSeason(TariffSeason season, XNamespace space) => new(
        space + "Season",
        new XElement(space + "SeasonName", DuisXmlText.Safe(season.Name)),
        new XElement(space + "SeasonStartDate", CalendarFormat.Write(season.Start, space)),
        RequestValues.Number(space, "ReferencedWeekName", season.Week));

    /// <summary>Reads a special day.</summary>
    public static TariffSpecialDay ReadSpecialDay(ElementReader day, XNamespace space, string dayName) => new(
        day.Within(space, "Date", date => CalendarFormat.Read(date, space)),
        (int)day.Take(space, dayName).Only().Integer(1, ElectricityTariff.MaxDays));

    /// <summary>Writes a special day.</summary>
    public static XElement WriteSpecialDay(TariffSpecialDay day, XNamespace space, string dayName) => new(
        space + "SpecialDay",
        new XElement(space + "Date", CalendarFormat.Write(day.Date, space)),
        RequestValues.Number(space, dayName, day.Day));

    /// <summary>Reads the thresholds of a register.</summary>
    public static TariffThresholds ReadThresholds(ElementReader register, XNamespace space, int least)
    {
        ValueList<(int Index, long Threshold)> thresholds = register.Several(
            space, "BlockThreshold", (least, MaxThresholds),
            threshold => (threshold.Index(MaxThresholds), threshold.Integer(0, uint.MaxValue)), "index");
        return new TariffThresholds(
            register.Index(ElectricityTariff.BlockRegisters),
            [.. thresholds.OrderBy(threshold => threshold.Index).Select(threshold => threshold.Threshold)]);
    }

    /// <summary>Writes the thresholds of a register.</summary>
    public static XElement WriteThresholds(TariffThresholds register, XNamespace space, string name) => new(
        space + name,
        RequestValues.Index(register.Register),
        register.Thresholds.Select((threshold, index) => Indexed(space, "BlockThreshold", index + 1, threshold)));

    /// <summary>Reads the prices of a register's blocks.</summary>
    public static IReadOnlyList<TariffPrice> ReadBlockPrices(ElementReader register, XNamespace space)
    {
        int index = register.Index(ElectricityTariff.BlockRegisters);
        return register.Several(
            space, "BlockPrice", (0, ElectricityPrices.Blocks),
            price => new TariffPrice(index, price.Index(ElectricityPrices.Blocks), Price(price)), "index");
    }

    /// <summary>Writes the prices of all registers' blocks.</summary>
    public static IEnumerable<XElement> WriteBlockPrices(IEnumerable<TariffPrice> prices, XNamespace space, string name) =>
        prices.Where(price => price.Block is not null).GroupBy(price => price.Register).Select(register => new XElement(
            space + name,
            RequestValues.Index(register.Key),
            register.Select(price => Indexed(space, "BlockPrice", price.Block.GetValueOrDefault(), price.Price))));

    /// <summary>Reads the price of a register.</summary>
    public static TariffPrice ReadPrice(ElementReader price, int registers) => new(price.Index(registers), null, Price(price));

    /// <summary>Writes the prices of registers.</summary>
    public static IEnumerable<XElement> WritePrices(IEnumerable<TariffPrice> prices, XNamespace space, string name) =>
        prices.Where(price => price.Block is null).Select(price => Indexed(space, name, price.Register, price.Price));

    private static short Price(ElementReader price) => (short)price.Integer(short.MinValue, short.MaxValue);

    private static TariffSwitch ReadSwitch(ElementReader turn, XNamespace space)
    {
        TimeOnly start = turn.Take(space, "StartTime").Only().TimeOfDay();
        return turn.TryTake(space, "TOUTariffAction", out ElementReader? register)
            ? new TariffSwitch(start, (int)register.Only().Integer(1, ElectricityTariff.Registers))
            : new TariffSwitch(
                start, (int)turn.Take(space, "BlockTariffAction").Only().Integer(1, ElectricityTariff.BlockRegisters), HasBlocks: true);
    }

    private static XElement Indexed(XNamespace space, string name, int index, long value) =>
        new(space + name, RequestValues.Index(index), value.ToString(CultureInfo.InvariantCulture));
}
