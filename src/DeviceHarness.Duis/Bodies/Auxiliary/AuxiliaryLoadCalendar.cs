using System.Globalization;
using DeviceHarness.Duis.Bodies.Tariff;

namespace DeviceHarness.Duis.Bodies.Auxiliary;

/// <summary>A special day of the calendar.</summary>
/// <param name="Index">Its number, 1 to 20.</param>
/// <param name="Date">The date.</param>
/// <remarks>Spec: MMC XML schema 5.1, ALCSHCALCSSpecialDays.</remarks>
public sealed record AuxiliaryLoadSpecialDay(int Index, CalendarDate Date)
{
    /// <summary>The special day on one line.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Index} {AuxiliaryLoadSwitchTime.Text(Date)}");
}

/// <summary>A switching time of the calendar.</summary>
/// <param name="Load">The load, 1 to 5.</param>
/// <param name="IsOn">Whether it is switched on; else off.</param>
/// <param name="SpecialDays">The numbers of the special days on which it holds.</param>
/// <param name="DaysOfWeek">The days of the week on which it holds, special days aside.</param>
/// <param name="SwitchTime">The time of day, UTC.</param>
/// <param name="StartDate">The first date.</param>
/// <param name="EndDate">The last date.</param>
/// <remarks>Spec: MMC XML schema 5.1, ALCSHCALCSConnectionSchedule.</remarks>
public sealed record AuxiliaryLoadSwitchTime(
    int Load, bool IsOn, ValueList<int> SpecialDays, ValueList<DayOfWeek> DaysOfWeek, TimeOnly SwitchTime, CalendarDate StartDate,
    CalendarDate EndDate)
{
    /// <summary>The switching time on one line; any two that differ differ in it.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Load} {(IsOn ? "on" : "off")} {SwitchTime:HH:mm:ss} {string.Join(',', DaysOfWeek)}/{string.Join(',', SpecialDays)} "
            + $"{Text(StartDate)}..{Text(EndDate)}");

    internal static string Text(CalendarDate date) => string.Create(
        CultureInfo.InvariantCulture, $"{Part(date.Year)}-{Part(date.Month)}-{Part(date.DayOfMonth)}-{Part(date.DayOfWeek)}");

    private static string Part(int? part) => part?.ToString(CultureInfo.InvariantCulture) ?? "*";
}

/// <summary>When auxiliary loads are switched.</summary>
/// <param name="SpecialDays">The special days, at most 20.</param>
/// <param name="SwitchTimes">The switching times in force, at most 48.</param>
/// <remarks>Spec: MMC XML schema 5.1, ReadALCSDataRsp.</remarks>
public sealed record AuxiliaryLoadCalendar(
    ValueList<AuxiliaryLoadSpecialDay> SpecialDays, ValueList<AuxiliaryLoadSwitchTime> SwitchTimes)
{
    /// <summary>The most special days.</summary>
    public const int MaxSpecialDays = 20;

    /// <summary>The most switching times.</summary>
    public const int MaxSwitchTimes = 48;

    private const int DaysLookedBack = 7;
    private const int DaysOfAWeek = 7;

    /// <summary>The states in which the calendar has a load at some moment of a period: what it was at the beginning, and what each
    /// switching time within brings.</summary>
    /// <param name="load">The load, 1 to 5.</param>
    /// <param name="from">The beginning.</param>
    /// <param name="to">The end, not before it.</param>
    /// <returns>The states; empty when no switching time of the week before says anything.</returns>
    /// <remarks>On a special day the switching times that name it hold, on others those of the day of the week: the harness's
    /// reading, as is that a bound without year, month or day bounds nothing.</remarks>
    public IReadOnlySet<bool> StatesWithin(int load, DateTimeOffset from, DateTimeOffset to)
    {
        HashSet<bool> states = [];
        for (DateOnly day = DayOf(from).AddDays(-DaysLookedBack); day <= DayOf(to); day = day.AddDays(1))
        {
            foreach (AuxiliaryLoadSwitchTime turn in TurnsOn(day, load))
            {
                DateTimeOffset moment = new(day, turn.SwitchTime, TimeSpan.Zero);
                if (moment <= from)
                {
                    states.Clear();
                }

                if (moment <= to)
                {
                    states.Add(turn.IsOn);
                }
            }
        }

        return states;
    }

    private static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    private static bool IsMet(CalendarDate date, DateOnly day) =>
        (date.Year is not { } year || year == day.Year) && (date.Month is not { } month || month == day.Month)
        && date.DayOfMonth switch
        {
            null => true,
            CalendarDate.LastDay => day.AddDays(1).Day == 1,
            CalendarDate.SecondLastDay => day.AddDays(2).Day == 1,
            int number => number == day.Day,
        }
        && (date.DayOfWeek is not { } week || week % DaysOfAWeek == (int)day.DayOfWeek);

    private static DateOnly? Bound(CalendarDate date) =>
        date is { Year: >= 1 and <= 9999, Month: >= 1 and <= 12, DayOfMonth: >= 1 }
            && date.DayOfMonth <= DateTime.DaysInMonth(date.Year.Value, date.Month.Value)
            ? new DateOnly(date.Year.Value, date.Month.Value, date.DayOfMonth.Value)
            : null;

    private IEnumerable<AuxiliaryLoadSwitchTime> TurnsOn(DateOnly day, int load)
    {
        int[] special = [.. SpecialDays.Where(candidate => IsMet(candidate.Date, day)).Select(candidate => candidate.Index)];
        return SwitchTimes
            .Where(turn => turn.Load == load
                && (Bound(turn.StartDate) is not { } first || day >= first) && (Bound(turn.EndDate) is not { } last || day <= last)
                && (special.Length > 0 ? turn.SpecialDays.Any(special.Contains) : turn.DaysOfWeek.Contains(day.DayOfWeek)))
            .OrderBy(turn => turn.SwitchTime);
    }
}
