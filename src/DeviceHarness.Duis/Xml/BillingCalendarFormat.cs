using System.Xml.Linq;
using DeviceHarness.Duis.Bodies.Configuration;

namespace DeviceHarness.Duis.Xml;

/// <summary>The content of a billing calendar of electricity.</summary>
/// <remarks>Spec: DUIS XML schema 5.1, ElectricityBillingCalendar.</remarks>
internal static class BillingCalendarFormat
{
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
