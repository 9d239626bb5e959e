namespace DeviceHarness.Virtual.Gsme;

/// <summary>The billing periods of a gas meter.</summary>
/// <remarks>Source: ZigBee Smart Energy, PublishBillingPeriod, as this harness's ZigBee guide 8.2 lists its fields; the time bases of a
/// duration (0 minutes, 1 days, 2 weeks, 3 months) are from general knowledge. A period that begins on a day that a month does not have
/// begins on its last.</remarks>
/// <param name="Start">When the first one begins, by the meter's clock.</param>
/// <param name="Duration">How many of the time base each lasts, at least 1.</param>
/// <param name="TimeBase">0 minutes, 1 days, 2 weeks, 3 months.</param>
internal sealed record GasBilling(DateTimeOffset Start, int Duration, int TimeBase)
{
    /// <summary>The highest time base.</summary>
    public const int Months = 3;

    /// <summary>The beginning of the first period that begins after a moment.</summary>
    /// <param name="moment">The moment.</param>
    public DateTimeOffset NextAfter(DateTimeOffset moment)
    {
        if (moment < Start)
        {
            return Start;
        }

        if (TimeBase == Months)
        {
            int passed = ((moment.Year - Start.Year) * 12) + moment.Month - Start.Month;
            DateTimeOffset next = Start.AddMonths(passed / Duration * Duration);
            return next > moment ? next : Start.AddMonths(((passed / Duration) + 1) * Duration);
        }

        long each = Duration * TimeBase switch
        {
            0 => TimeSpan.TicksPerMinute,
            1 => TimeSpan.TicksPerDay,
            _ => 7 * TimeSpan.TicksPerDay,
        };
        return Start.AddTicks((((moment - Start).Ticks / each) + 1) * each);
    }

    /// <summary>The beginning of the period that a moment is in; that of the first while none began.</summary>
    /// <param name="moment">The moment.</param>
    public DateTimeOffset LatestAt(DateTimeOffset moment)
    {
        DateTimeOffset latest = Start;
        DateTimeOffset next = NextAfter(moment);
        if (next > Start)
        {
            latest = TimeBase == Months ? Start.AddMonths(MonthsBetween(next) - Duration) : next - (NextAfter(next) - next);
        }

        return latest;
    }

    private int MonthsBetween(DateTimeOffset next) => ((next.Year - Start.Year) * 12) + next.Month - Start.Month;
}
