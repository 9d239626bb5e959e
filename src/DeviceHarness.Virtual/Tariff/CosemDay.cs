using DeviceHarness.Codecs.Cosem;

namespace DeviceHarness.Virtual.Tariff;

/// <summary>Dates with wildcards, as calendars use them.</summary>
/// <remarks>Spec: IEC 62056-6-2, date formats, as the domain guide gives them: year FFFF and other parts FF match everything, day FE is the
/// last of the month and FD the last but one. The meter keeps UTC: months FD and FE (daylight saving) match nothing.</remarks>
internal static class CosemDay
{
    private const ushort AnyYear = 0xFFFF;
    private const byte Any = 0xFF;
    private const byte LastDay = 0xFE;
    private const byte LastDayButOne = 0xFD;

    /// <summary>The place of a date in a week, Monday 0.</summary>
    public static int IndexOf(DateTime date) => ((int)date.DayOfWeek + 6) % 7;

    /// <summary>Whether a date is one that a calendar may hold.</summary>
    public static bool IsUsable(in CosemDate date) =>
        date.Month is (>= 1 and <= 12) or Any
        && date.Day is (>= 1 and <= 31) or Any or LastDay or LastDayButOne
        && date.DayOfWeek is (>= 1 and <= 7) or Any
        && date.Year is (>= 2000 and <= 2099) or AnyYear;

    /// <summary>Whether a pattern matches a date.</summary>
    public static bool Matches(in CosemDate pattern, DateTime date) =>
        (pattern.Year == AnyYear || pattern.Year == date.Year)
        && (pattern.Month == Any || pattern.Month == date.Month)
        && (pattern.DayOfWeek == Any || pattern.DayOfWeek == IndexOf(date) + 1)
        && (pattern.Day == Any || DayIn(pattern.Day, date.Year, date.Month) == date.Day);

    /// <summary>Whether a season may begin so: month and day are given, the time of day is midnight or unspecified.</summary>
    public static bool IsSeasonStart(in CosemDateTime start) =>
        start.Month is >= 1 and <= 12 && start.Day is (>= 1 and <= 31) or LastDay or LastDayButOne
        && start.Year is (>= 2000 and <= 2099) or AnyYear
        && start.Hour is 0 or Any && start.Minute is 0 or Any && start.Second is 0 or Any;

    /// <summary>When a season began last, seen from a date; null when it never did.</summary>
    public static DateTime? LastStart(in CosemDateTime start, DateTime date)
    {
        if (start.Year != AnyYear)
        {
            DateTime once = StartIn(start, start.Year);
            return once <= date ? once : null;
        }

        DateTime thisYear = StartIn(start, date.Year);
        return thisYear <= date ? thisYear : StartIn(start, date.Year - 1);
    }

    private static DateTime StartIn(in CosemDateTime start, int year) => new(year, start.Month, DayIn(start.Day, year, start.Month));

    private static int DayIn(byte day, int year, int month)
    {
        int days = DateTime.DaysInMonth(year, month);
        return day switch
        {
            LastDay => days,
            LastDayButOne => days - 1,
            _ => Math.Min(day, days),
        };
    }
}
