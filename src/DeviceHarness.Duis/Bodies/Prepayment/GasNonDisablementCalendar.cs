using DeviceHarness.Duis.Bodies.Tariff;

namespace DeviceHarness.Duis.Bodies.Prepayment;

/// <summary>From a time of day on: whether the supply stays on without credit.</summary>
/// <param name="Start">The time of day, UTC.</param>
/// <param name="IsStart">Whether a time without disablement begins; else it ends.</param>
public sealed record GasNonDisablementAction(TimeOnly Start, bool IsStart);

/// <summary>A day of the calendar.</summary>
/// <param name="Day">Its name, 1 to 5.</param>
/// <param name="Actions">One to three switching times.</param>
public sealed record GasNonDisablementDay(int Day, ValueList<GasNonDisablementAction> Actions);

/// <summary>When the supply of a gas meter stays on without credit.</summary>
/// <param name="Days">The days, 1 to 5.</param>
/// <param name="Weeks">The weeks, 1 or 2.</param>
/// <param name="Seasons">The seasons, 1 to 3.</param>
/// <param name="SpecialDays">The special days, at most 20.</param>
/// <remarks>Spec: DUIS XML schema 5.1, GasNonDisablementCalendar.</remarks>
public sealed record GasNonDisablementCalendar(
    ValueList<GasNonDisablementDay> Days, ValueList<TariffWeek> Weeks, ValueList<GasSeason> Seasons,
    ValueList<TariffSpecialDay> SpecialDays)
{
    /// <summary>The most days.</summary>
    public const int MaxDays = 5;

    /// <summary>The most switching times of a day.</summary>
    public const int MaxActions = 3;
}
