using System.Globalization;
using System.Xml.Linq;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Tariff;

namespace DeviceHarness.Duis.Xml;

/// <summary>What the calendars of gas meters have in common: dates with wildcards, weeks, seasons and special days. What a request must
/// have, an answer may leave out.</summary>
/// <remarks>Spec: DUIS and MMC XML schemas 5.1, GasDateWithWildcards and the Gas types around it.</remarks>
internal static class GasCalendarFormat
{
    private const int FirstYear = 2014;
    private const int LastYear = 9999;
    private const int LastMonth = 12;
    private const int LastDay = 31;

    // The element that is not specified is named after gas in one of the four.
    private static readonly (string Name, string None, int Min, int Max)[] Parts =
    [
        ("Year", "NonSpecifiedYear", FirstYear, LastYear), ("Month", "NonSpecifiedMonth", 1, LastMonth),
        ("DayOfMonth", "GasNonSpecifiedDayOfMonth", 1, LastDay),
        ("DayOfWeek", "NonSpecifiedDayOfWeek", 1, ElectricityTariff.DaysOfWeek),
    ];

    /// <summary>Reads the weeks.</summary>
    public static ValueList<TariffWeek> ReadWeeks(ElementReader list, XNamespace space, string dayName, int days) => list.Several(
        space, "WeekProfile", (Least(space), GasTariff.MaxWeeks), week =>
        {
            int name = (int)week.Take(space, "WeekName").Only().Integer(1, GasTariff.MaxWeeks);
            ValueList<(int Index, int Day)> found = week.Several(
                space, dayName, (ElectricityTariff.DaysOfWeek, ElectricityTariff.DaysOfWeek),
                day => (day.Index(ElectricityTariff.DaysOfWeek), (int)day.Integer(1, days)), "index");
            return found.Select(day => day.Index).Distinct().Count() == found.Count
                ? new TariffWeek(name, [.. found.OrderBy(day => day.Index).Select(day => day.Day)])
                : throw week.Fault($"found an index of '{dayName}' twice; allowed is each from 1 to {ElectricityTariff.DaysOfWeek} once");
        });

    /// <summary>Writes the weeks.</summary>
    public static IEnumerable<XElement> WriteWeeks(IEnumerable<TariffWeek> weeks, XNamespace space, string dayName) =>
        weeks.Select(week => TariffTableFormat.WriteWeek(week, space, dayName));

    /// <summary>Reads the seasons.</summary>
    public static ValueList<GasSeason> ReadSeasons(ElementReader list, XNamespace space) => list.Several(
        space, "Season", (Least(space), GasTariff.MaxSeasons), season => new GasSeason(
            season.Within(space, "SeasonStartDate", date => ReadDate(date, space)),
            (int)season.Take(space, "ReferencedWeekName").Only().Integer(1, GasTariff.MaxWeeks)));

    /// <summary>Writes the seasons.</summary>
    public static IEnumerable<XElement> WriteSeasons(IEnumerable<GasSeason> seasons, XNamespace space) => seasons.Select(season =>
        new XElement(
            space + "Season",
            new XElement(space + "SeasonStartDate", WriteDate(season.Start, space)),
            RequestValues.Number(space, "ReferencedWeekName", season.Week)));

    /// <summary>Reads the special days.</summary>
    public static ValueList<TariffSpecialDay> ReadSpecialDays(ElementReader list, XNamespace space, string dayName, int days) =>
        list.Several(space, "SpecialDay", (0, GasTariff.MaxSpecialDays), day => new TariffSpecialDay(
            day.Within(space, "Date", date => ReadDate(date, space)), (int)day.Take(space, dayName).Only().Integer(1, days)));

    /// <summary>Writes the special days.</summary>
    public static IEnumerable<XElement> WriteSpecialDays(IEnumerable<TariffSpecialDay> days, XNamespace space, string dayName) =>
        days.Select(day => new XElement(
            space + "SpecialDay",
            new XElement(space + "Date", WriteDate(day.Date, space)),
            RequestValues.Number(space, dayName, day.Day)));

    private static int Least(XNamespace space) => space == DuisNames.Sr ? 1 : 0;

    private static CalendarDate ReadDate(ElementReader date, XNamespace space)
    {
        int?[] values = [.. Parts.Select(part => date.Within(
            space, $"Gas{part.Name}WithWildcards", found => ReadPart(found, space, part)))];
        return new CalendarDate(values[0], values[1], values[2], values[3]);
    }

    private static int? ReadPart(ElementReader found, XNamespace space, (string Name, string None, int Min, int Max) part)
    {
        if (found.TryTake(space, $"Specified{part.Name}", out ElementReader? specified))
        {
            return (int)specified.Only().Integer(part.Min, part.Max);
        }

        found.Take(space, part.None).Only().End();
        return null;
    }

    private static IEnumerable<XElement> WriteDate(CalendarDate date, XNamespace space)
    {
        int?[] values = [date.Year, date.Month, date.DayOfMonth, date.DayOfWeek];
        return Parts.Zip(values, (part, value) => new XElement(
            space + $"Gas{part.Name}WithWildcards",
            value is { } number
                ? new XElement(space + $"Specified{part.Name}", number.ToString(CultureInfo.InvariantCulture))
                : new XElement(space + part.None)));
    }
}
