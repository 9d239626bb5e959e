using DeviceHarness.Codecs.Cosem;

namespace DeviceHarness.Virtual.Tariff;

/// <summary>A season: from when on which week holds.</summary>
/// <param name="Name">Its name, in hexadecimal.</param>
/// <param name="Start">When it begins; the year may be unspecified (every year).</param>
/// <param name="Week">The name of its week, in hexadecimal.</param>
internal sealed record SeasonProfile(string Name, CosemDateTime Start, string Week);

/// <summary>A week: which day profile holds on which day.</summary>
/// <param name="Name">Its name, in hexadecimal.</param>
/// <param name="DayIds">Seven day profiles, Monday first.</param>
internal sealed record WeekProfile(string Name, IReadOnlyList<byte> DayIds);

/// <summary>What happens at a time of day.</summary>
/// <param name="Start">The time of day.</param>
/// <param name="Script">The script table.</param>
/// <param name="Selector">The script.</param>
internal sealed record DayAction(TimeSpan Start, ObisCode Script, ushort Selector);

/// <summary>A day: its switching times.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Actions">The switching times.</param>
internal sealed record DayProfile(byte Id, IReadOnlyList<DayAction> Actions);

/// <summary>The tables of an activity calendar.</summary>
/// <remarks>Spec: IEC 62056-6-2, class 20 attributes 2 to 5, as the domain guide gives it.</remarks>
/// <param name="Name">The calendar's name, in hexadecimal.</param>
/// <param name="Seasons">The seasons.</param>
/// <param name="Weeks">The weeks.</param>
/// <param name="Days">The days.</param>
internal sealed record CalendarTables(
    string Name, IReadOnlyList<SeasonProfile> Seasons, IReadOnlyList<WeekProfile> Weeks, IReadOnlyList<DayProfile> Days)
{
    /// <summary>The most seasons, and weeks.</summary>
    public const int MaximumSeasons = 4;

    /// <summary>The most day profiles.</summary>
    public const int MaximumDays = 16;

    /// <summary>The most switching times of a day.</summary>
    public const int MaximumActions = 48;

    /// <summary>A calendar without a table.</summary>
    public static CalendarTables Empty { get; } = new(string.Empty, [], [], []);

    /// <summary>A calendar with the same day all the year.</summary>
    public static CalendarTables EveryDay(string name, IReadOnlyList<DayAction> actions) => new(
        name,
        [new SeasonProfile("01", new CosemDateTime(0xFFFF, 1, 1, 0xFF, 0, 0, 0, 0, CosemDateTime.UnspecifiedDeviation, 0xFF), "01")],
        [new WeekProfile("01", [1, 1, 1, 1, 1, 1, 1])],
        [new DayProfile(1, actions)]);

    /// <summary>Whether the tables fit together: there is a season, each season's week and each week's day exist, each once, and each
    /// day has a switching time.</summary>
    public bool IsConsistent =>
        Seasons.Count > 0
        && Days.All(day => day.Actions.Count > 0)
        && AreDistinct(Seasons.Select(season => season.Name))
        && AreDistinct(Weeks.Select(week => week.Name))
        && AreDistinct(Days.Select(day => day.Id))
        && Seasons.All(season => Weeks.Any(week => week.Name == season.Week))
        && Weeks.All(week => week.DayIds.All(id => Days.Any(day => day.Id == id)));

    /// <summary>The script that is in force at a moment.</summary>
    /// <param name="moment">The moment, by the meter's clock.</param>
    /// <param name="specialDays">Days that have a profile of their own.</param>
    /// <returns>The selector; null when the calendar is empty.</returns>
    public ushort? SelectorAt(DateTimeOffset moment, SpecialDays specialDays)
    {
        DateTime date = moment.UtcDateTime.Date;
        TimeSpan time = moment.UtcDateTime.TimeOfDay;
        for (int back = 0; back <= 7; back++)
        {
            DayAction? last = DayOf(date.AddDays(-back), specialDays)?.Actions
                .Where(action => back > 0 || action.Start <= time).MaxBy(action => action.Start);
            if (last is not null)
            {
                return last.Selector;
            }
        }

        return null;
    }

    private static bool AreDistinct<T>(IEnumerable<T> names)
    {
        HashSet<T> seen = [];
        return names.All(seen.Add);
    }

    private DayProfile? DayOf(DateTime date, SpecialDays specialDays)
    {
        byte? id = specialDays.DayIdOn(date) ?? WeekOf(date)?.DayIds[CosemDay.IndexOf(date)];
        return Days.FirstOrDefault(day => day.Id == id);
    }

    // The season of a date is the one that began last, this year or the year before.
    private WeekProfile? WeekOf(DateTime date)
    {
        SeasonProfile? season = Seasons.Where(candidate => CosemDay.LastStart(candidate.Start, date) is not null)
            .MaxBy(candidate => CosemDay.LastStart(candidate.Start, date));
        return season is null ? null : Weeks.FirstOrDefault(week => week.Name == season.Week);
    }
}
