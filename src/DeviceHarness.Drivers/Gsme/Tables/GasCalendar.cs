using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Tariff;

namespace DeviceHarness.Drivers.Gsme.Tables;

/// <summary>A switching time of a day.</summary>
/// <param name="Minutes">Minutes after midnight, UTC.</param>
/// <param name="Value">The tier of a tariff; 1 for friendly credit, 0 for its end.</param>
internal sealed record GasCalendarEntry(int Minutes, int Value);

/// <summary>A day.</summary>
/// <param name="Day">Its number.</param>
/// <param name="Entries">Its switching times.</param>
internal sealed record GasCalendarDay(int Day, ValueList<GasCalendarEntry> Entries);

/// <summary>A calendar as the Calendar cluster has it.</summary>
/// <param name="Days">The days.</param>
/// <param name="Weeks">The weeks.</param>
/// <param name="Seasons">The seasons.</param>
/// <param name="SpecialDays">The special days.</param>
internal sealed record GasCalendar(
    ValueList<GasCalendarDay> Days, ValueList<TariffWeek> Weeks, ValueList<GasSeason> Seasons, ValueList<TariffSpecialDay> SpecialDays)
{
    /// <summary>The type of the calendar of a tariff.</summary>
    public const byte OfTariff = 0;

    /// <summary>The type of the calendar of friendly credit.</summary>
    public const byte OfFriendlyCredit = 3;
}
