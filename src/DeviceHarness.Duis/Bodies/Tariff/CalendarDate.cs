namespace DeviceHarness.Duis.Bodies.Tariff;

/// <summary>A date of a calendar; a part that is null is every one.</summary>
/// <param name="Year">The year, from 2014.</param>
/// <param name="Month">The month, 1 to 12.</param>
/// <param name="DayOfMonth">The day, 1 to 31, or <see cref="LastDay"/>, <see cref="SecondLastDay"/>.</param>
/// <param name="DayOfWeek">The day of the week, 1 Monday to 7 Sunday.</param>
/// <remarks>Spec: DUIS XML schema 5.1, Date.</remarks>
public sealed record CalendarDate(int? Year, int? Month, int? DayOfMonth, int? DayOfWeek)
{
    /// <summary>The last day of the month.</summary>
    public const int LastDay = -1;

    /// <summary>The last but one.</summary>
    public const int SecondLastDay = -2;
}
