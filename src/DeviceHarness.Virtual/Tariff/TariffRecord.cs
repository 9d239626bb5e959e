namespace DeviceHarness.Virtual.Tariff;

/// <summary>A tariff as it is kept in flash.</summary>
internal sealed record TariffRecord(
    CalendarTables Active,
    CalendarTables Passive,
    DateTimeOffset? CalendarTime,
    IReadOnlyList<SpecialDay> ActiveDays,
    IReadOnlyList<SpecialDay> PassiveDays,
    uint[] RateWh,
    uint[] BlockWh,
    uint[][] ActiveThresholds,
    uint[][] PassiveThresholds,
    PriceRecord Energy,
    PriceRecord Standing,
    long Remainder,
    int Rate,
    int RandomisedOffsetSeconds);
