namespace DeviceHarness.Duis.Bodies.Tariff;

/// <summary>A day of a gas tariff: one register all day long, or the blocks.</summary>
/// <param name="Day">Its name, 1 to 4.</param>
/// <param name="Register">The time-of-use register, 1 to 4; null for a day that is charged by blocks, or whose answer does not say.</param>
/// <remarks>Spec: DUIS XML schema 5.1, GasDayProfile.</remarks>
public sealed record GasTariffDay(int Day, int? Register);

/// <summary>A part of the year of a gas meter's calendar.</summary>
/// <param name="Start">Its first day.</param>
/// <param name="Week">The name of its week, 1 or 2.</param>
/// <remarks>Spec: DUIS XML schema 5.1, GasSeason.</remarks>
public sealed record GasSeason(CalendarDate Start, int Week);

/// <summary>A gas tariff without its prices.</summary>
/// <param name="Days">The days, 1 to 4.</param>
/// <param name="Weeks">The weeks, 1 or 2.</param>
/// <param name="Seasons">The seasons, 1 to 3.</param>
/// <param name="SpecialDays">The special days, at most 20.</param>
/// <param name="Thresholds">One to three block thresholds, block 1's first, 0 to 2^48-1; the schema names no unit, cubic decimetres as far
/// as it is known.</param>
/// <remarks>Spec: DUIS XML schema 5.1, GasTariffElements.</remarks>
public sealed record GasTariff(
    ValueList<GasTariffDay> Days,
    ValueList<TariffWeek> Weeks,
    ValueList<GasSeason> Seasons,
    ValueList<TariffSpecialDay> SpecialDays,
    ValueList<long> Thresholds)
{
    /// <summary>The most days.</summary>
    public const int MaxDays = 4;

    /// <summary>The most weeks.</summary>
    public const int MaxWeeks = 2;

    /// <summary>The most seasons.</summary>
    public const int MaxSeasons = 3;

    /// <summary>The most special days.</summary>
    public const int MaxSpecialDays = 20;

    /// <summary>How many registers there are, and how many blocks.</summary>
    public const int Registers = 4;

    /// <summary>The most thresholds.</summary>
    public const int MaxThresholds = 3;

    /// <summary>The highest threshold.</summary>
    public const long HighestThreshold = 281_474_976_710_655;
}
