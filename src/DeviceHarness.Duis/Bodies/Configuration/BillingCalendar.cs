namespace DeviceHarness.Duis.Bodies.Configuration;

/// <summary>How often a billing period ends.</summary>
public enum BillingPeriodicity
{
    /// <summary>Every day.</summary>
    Daily,

    /// <summary>On a day of each week.</summary>
    Weekly,

    /// <summary>On a day of each month.</summary>
    Monthly,

    /// <summary>Every three months.</summary>
    Quarterly,

    /// <summary>Every six months.</summary>
    SixMonthly,

    /// <summary>Once a year.</summary>
    Yearly,
}

/// <summary>When billing periods end.</summary>
/// <param name="Time">The time of day, UTC.</param>
/// <param name="Periodicity">How often.</param>
/// <param name="Day">The day of the week, 1 Monday to 7, or of the month, 1 to 28; null for every day.</param>
/// <param name="StartMonth">The month of the first period's start, 1 to 12, where it matters; else null.</param>
/// <remarks>Spec: DUIS XML schema 5.1, ElectricityBillingCalendar.</remarks>
public sealed record BillingCalendar(TimeOnly Time, BillingPeriodicity Periodicity, int? Day = null, int? StartMonth = null)
{
    /// <summary>The last day of a month that a calendar may name.</summary>
    public const int LastDayOfMonth = 28;

    /// <summary>The last day of a week.</summary>
    public const int LastDayOfWeek = 7;

    /// <summary>The last month.</summary>
    public const int LastMonth = 12;
}
