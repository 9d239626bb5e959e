using System.Xml.Linq;
using DeviceHarness.Duis.Bodies.Configuration;

namespace DeviceHarness.Duis.Xml;

/// <summary>The content of a billing calendar.</summary>
/// <remarks>Spec: DUIS XML schema 5.1, ElectricityBillingCalendar, GasBillingCalendar.</remarks>
internal static class BillingCalendarFormat
{
    /// <summary>The element of a calendar of electricity.</summary>
    public const string Electricity = "ElectricityBillingCalendar";

    /// <summary>The element of a calendar of gas.</summary>
    public const string Gas = "GasBillingCalendar";

    /// <summary>Reads the answer to 6.2.3 from its calendar.</summary>
    public static ReadDeviceConfigurationDataBillingCalendarRsp ReadAnswer(ElementReader calendar) =>
        calendar.OptionalGroup(Gas, gas => new ReadDeviceConfigurationDataBillingCalendarRsp
        {
            GasCalendar = ReadGas(gas, DuisNames.Ra),
        }) ?? new ReadDeviceConfigurationDataBillingCalendarRsp
        {
            Calendar = calendar.Within(DuisNames.Ra, Electricity, electricity => Read(electricity, DuisNames.Ra)),
        };

    /// <summary>Writes the calendar of an answer to 6.2.3; null when it has none.</summary>
    public static XElement? WriteAnswer(ReadDeviceConfigurationDataBillingCalendarRsp body) =>
        body.GasCalendar is { } gas ? WriteGas(DuisNames.Ra, gas)
        : body.Calendar is { } calendar ? Write(DuisNames.Ra, Electricity, calendar)
        : null;

    /// <summary>Reads that of gas, all but the end of its element.</summary>
    public static GasBillingCalendar ReadGas(ElementReader calendar, XNamespace space)
    {
        DateTimeOffset start = calendar.Take(space, "BillingPeriodStart").Only().Time();
        return new GasBillingCalendar(
            start, calendar.Take(space, "Periodicity").Only().OneOf<BillingPeriodicity>(period => period.ToString()));
    }

    /// <summary>Writes that of gas.</summary>
    public static XElement WriteGas(XNamespace space, GasBillingCalendar calendar) => new(
        space + Gas,
        new XElement(space + "BillingPeriodStart", DuisText.Time(calendar.BillingPeriodStart)),
        new XElement(space + "Periodicity", calendar.Periodicity.ToString()));

    /// <summary>Reads it, all but the end of its element.</summary>
    public static BillingCalendar Read(ElementReader calendar, XNamespace space)
    {
        TimeOnly time = calendar.Take(space, "BillingTime").Only().TimeOfDay();
        if (calendar.Flag(space, nameof(BillingPeriodicity.Daily)))
        {
            return new BillingCalendar(time, BillingPeriodicity.Daily);
        }

        if (calendar.TryTake(space, nameof(BillingPeriodicity.Weekly), out ElementReader? day))
        {
            return new BillingCalendar(time, BillingPeriodicity.Weekly, (int)day.Only().Integer(1, BillingCalendar.LastDayOfWeek));
        }

        return calendar.TryTake(space, nameof(BillingPeriodicity.Monthly), out day)
            ? new BillingCalendar(time, BillingPeriodicity.Monthly, (int)day.Only().Integer(1, BillingCalendar.LastDayOfMonth))
            : ReadMonths(calendar, space, time);
    }

    /// <summary>Writes it.</summary>
    public static XElement Write(XNamespace space, string name, BillingCalendar calendar) => new(
        space + name,
        RequestValues.TimeOfDay(space, "BillingTime", calendar.Time),
        new XElement(
            space + calendar.Periodicity.ToString(),
            calendar.StartMonth is { } month
                ? (object[])
                [
                    new XElement(space + "DayOfMonth", calendar.Day.GetValueOrDefault()),
                    new XElement(space + "BillingPeriodStartMonth", month),
                ]
                : calendar.Day));

    private static BillingCalendar ReadMonths(ElementReader calendar, XNamespace space, TimeOnly time)
    {
        (BillingPeriodicity periodicity, ElementReader period) =
            calendar.TryTake(space, nameof(BillingPeriodicity.Quarterly), out ElementReader? found) ? (BillingPeriodicity.Quarterly, found)
            : calendar.TryTake(space, nameof(BillingPeriodicity.SixMonthly), out found) ? (BillingPeriodicity.SixMonthly, found)
            : (BillingPeriodicity.Yearly, calendar.Take(space, nameof(BillingPeriodicity.Yearly)));
        int day = (int)period.Only().Take(space, "DayOfMonth").Only().Integer(1, BillingCalendar.LastDayOfMonth);
        int month = (int)period.Take(space, "BillingPeriodStartMonth").Only().Integer(1, BillingCalendar.LastMonth);
        period.End();
        return new BillingCalendar(time, periodicity, day, month);
    }
}
