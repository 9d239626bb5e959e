using System.Globalization;
using System.Xml.Linq;
using DeviceHarness.Duis.Bodies.Tariff;

namespace DeviceHarness.Duis.Xml;

/// <summary>Dates with wildcards, as requests and answers have them alike.</summary>
internal static class CalendarFormat
{
    private const int FirstYear = 2014;
    private const int LastYear = 9999;
    private const int LastMonth = 12;
    private const int LastDay = 31;

    /// <summary>Reads a date.</summary>
    public static CalendarDate Read(ElementReader date, XNamespace space)
    {
        int? year = date.Within(space, "Year", part => Part(part, space, "Year", FirstYear, LastYear));
        int? month = date.Within(space, "Month", part => Part(part, space, "Month", 1, LastMonth));
        int? day = date.Within(space, "DayOfMonth", part =>
            part.Flag(space, "LastDayOfMonth") ? CalendarDate.LastDay
            : part.Flag(space, "SecondLastDayOfMonth") ? CalendarDate.SecondLastDay
            : Part(part, space, "DayOfMonth", 1, LastDay));
        int? week = date.Within(space, "DayOfWeek", part => Part(part, space, "DayOfWeek", 1, ElectricityTariff.DaysOfWeek));
        return new CalendarDate(year, month, day, week);
    }

    /// <summary>Writes a date's parts.</summary>
    public static IEnumerable<XElement> Write(CalendarDate date, XNamespace space) =>
    [
        new XElement(space + "Year", Part(space, "Year", date.Year)),
        new XElement(space + "Month", Part(space, "Month", date.Month)),
        new XElement(space + "DayOfMonth", date.DayOfMonth switch
        {
            CalendarDate.LastDay => new XElement(space + "LastDayOfMonth"),
            CalendarDate.SecondLastDay => new XElement(space + "SecondLastDayOfMonth"),
            int or null => Part(space, "DayOfMonth", date.DayOfMonth),
        }),
        new XElement(space + "DayOfWeek", Part(space, "DayOfWeek", date.DayOfWeek)),
    ];

    private static int? Part(ElementReader part, XNamespace space, string name, int min, int max)
    {
        if (part.TryTake(space, $"Specified{name}", out ElementReader? specified))
        {
            return (int)specified.Only().Integer(min, max);
        }

        part.Take(space, $"NonSpecified{name}").Only().End();
        return null;
    }

    private static XElement Part(XNamespace space, string name, int? value) => value is { } number
        ? new XElement(space + $"Specified{name}", number.ToString(CultureInfo.InvariantCulture))
        : new XElement(space + $"NonSpecified{name}");
}
