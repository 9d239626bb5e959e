using DeviceHarness.Duis.Bodies.Tariff;

namespace DeviceHarness.Duis.Bodies.Prepayment;

/// <summary>A special day of the calendar.</summary>
/// <param name="Index">Its number, 1 to 20.</param>
/// <param name="Date">The date.</param>
public sealed record NonDisablementSpecialDay(int Index, CalendarDate Date);

/// <summary>A switching time of the calendar.</summary>
/// <param name="IsStart">Whether a time without disablement begins; else it ends.</param>
/// <param name="SpecialDays">The numbers of the special days on which it holds.</param>
/// <param name="DaysOfWeek">The days of the week on which it holds.</param>
/// <param name="SwitchTime">The time of day, UTC.</param>
/// <param name="StartDate">The first date, with month and day and perhaps a year; null for any, which no request has.</param>
/// <param name="EndDate">The last date, alike; null for any.</param>
/// <remarks>Spec: DUIS XML schema 5.1, ElectricityNonDisablementSchedule. A date of every year has the year 65535 in the request templates
/// that the DCC publishes, which is COSEM's "not specified".</remarks>
public sealed record NonDisablementSwitch(
    bool IsStart, ValueList<int> SpecialDays, ValueList<DayOfWeek> DaysOfWeek, TimeOnly SwitchTime, CalendarDate? StartDate,
    CalendarDate? EndDate);

/// <summary>When the supply of an electricity meter stays on without credit.</summary>
/// <param name="SpecialDays">The special days, at most 20.</param>
/// <param name="Switches">The switching times, 1 to 22.</param>
/// <remarks>Spec: DUIS XML schema 5.1, ElectricityNonDisablementCalendar.</remarks>
public sealed record NonDisablementCalendar(ValueList<NonDisablementSpecialDay> SpecialDays, ValueList<NonDisablementSwitch> Switches)
{
    /// <summary>The most special days.</summary>
    public const int MaxSpecialDays = 20;

    /// <summary>The most switching times.</summary>
    public const int MaxSwitches = 22;
}
