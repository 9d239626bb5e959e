namespace DeviceHarness.Virtual.Prepayment;

/// <summary>A debt that is collected by and by: so much an hour, a day or a week.</summary>
/// <param name="Remaining">What is left of it, in thousandths of a penny.</param>
/// <param name="Amount">What is collected at once.</param>
/// <param name="Period">How often: an hour, a day, or a week.</param>
internal readonly record struct TimeDebt(long Remaining, int Amount, TimeSpan Period)
{
    /// <summary>No debt, a day.</summary>
    public static TimeDebt None { get; } = new(0, 0, TimeSpan.FromDays(1));

    /// <summary>Whether the meter collects by such a period.</summary>
    public static bool IsPeriod(TimeSpan period) =>
        period == TimeSpan.FromHours(1) || period == TimeSpan.FromDays(1) || period == TimeSpan.FromDays(7);
}
