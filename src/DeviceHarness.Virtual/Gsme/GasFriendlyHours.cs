using DeviceHarness.Virtual.Tariff;

namespace DeviceHarness.Virtual.Gsme;

/// <summary>The times at which a gas meter leaves the supply on without credit.</summary>
/// <param name="Tables">Its calendar; script 1 begins such a time, script 0 ends it.</param>
/// <param name="Days">The days that have a profile of their own.</param>
internal sealed record GasFriendlyHours(CalendarTables Tables, IReadOnlyList<SpecialDay> Days)
{
    /// <summary>Whether the supply stays on at a moment.</summary>
    /// <param name="moment">The moment, by the meter's clock.</param>
    public bool IsOnAt(DateTimeOffset moment) => Tables.SelectorAt(moment, new SpecialDays(Days)) == 1;
}
