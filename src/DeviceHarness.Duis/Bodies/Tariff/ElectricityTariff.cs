namespace DeviceHarness.Duis.Bodies.Tariff;

/// <summary>From a time of day on: which register counts.</summary>
/// <param name="Start">The time of day, UTC.</param>
/// <param name="Register">The time-of-use register, 1 to 48, or with blocks 1 to 8.</param>
/// <param name="HasBlocks">Whether the register is one with blocks.</param>
/// <remarks>Spec: DUIS XML schema 5.1, ElecProfileSchedulePrimary.</remarks>
public sealed record TariffSwitch(TimeOnly Start, int Register, bool HasBlocks = false);

/// <summary>The switching times of a day.</summary>
/// <param name="Day">Its name, 1 to 16.</param>
/// <param name="Switches">The switching times, 1 to 48.</param>
public sealed record TariffDay(int Day, ValueList<TariffSwitch> Switches);

/// <summary>The days of a week.</summary>
/// <param name="Week">Its name, 1 to 4.</param>
/// <param name="Days">The names of seven days, Monday first: index 1 is taken for Monday.</param>
public sealed record TariffWeek(int Week, ValueList<int> Days);

/// <summary>A part of the year.</summary>
/// <param name="Name">Its name, at most eight characters.</param>
/// <param name="Start">Its first day.</param>
/// <param name="Week">The name of its week.</param>
public sealed record TariffSeason(string Name, CalendarDate Start, int Week);

/// <summary>A day that is not like others.</summary>
/// <param name="Date">The date.</param>
/// <param name="Day">The name of its day.</param>
public sealed record TariffSpecialDay(CalendarDate Date, int Day);

/// <summary>The block thresholds of one register with blocks.</summary>
/// <param name="Register">The register, 1 to 8.</param>
/// <param name="Thresholds">One to three thresholds, in Wh as far as it is known, block 1's first.</param>
public sealed record TariffThresholds(int Register, ValueList<long> Thresholds);

/// <summary>An electricity tariff without its prices.</summary>
/// <param name="CurrencyUnits">GBP or ECB.</param>
/// <param name="Days">The days, 1 to 16.</param>
/// <param name="Weeks">The weeks, 1 to 4.</param>
/// <param name="Seasons">The seasons, 1 to 4.</param>
/// <param name="SpecialDays">The special days, at most 50.</param>
/// <param name="Thresholds">The thresholds of eight registers.</param>
/// <remarks>Spec: DUIS XML schema 5.1, ElecTariffElements.</remarks>
public sealed record ElectricityTariff(
    string CurrencyUnits,
    ValueList<TariffDay> Days,
    ValueList<TariffWeek> Weeks,
    ValueList<TariffSeason> Seasons,
    ValueList<TariffSpecialDay> SpecialDays,
    ValueList<TariffThresholds> Thresholds)
{
    /// <summary>The most days.</summary>
    public const int MaxDays = 16;

    /// <summary>The most weeks, and seasons.</summary>
    public const int MaxSeasons = 4;

    /// <summary>The most special days.</summary>
    public const int MaxSpecialDays = 50;

    /// <summary>How many time-of-use registers there are.</summary>
    public const int Registers = 48;

    /// <summary>How many registers with blocks there are.</summary>
    public const int BlockRegisters = 8;

    /// <summary>The days of a week.</summary>
    public const int DaysOfWeek = 7;
}
