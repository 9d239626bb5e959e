using DeviceHarness.Duis.Bodies.Configuration;

namespace DeviceHarness.Drivers.Gsme.Tables;

/// <summary>The periodicities of DUIS as durations of the Price cluster.</summary>
/// <remarks>Spec: ZigBee Smart Energy, PublishBillingPeriod, as this harness's ZigBee guide 8.2 lists its fields; the numbers of the time
/// bases (1 days, 2 weeks, 3 months) are from general knowledge.</remarks>
internal static class GasBillingPeriods
{
    private const int Days = 1;
    private const int Weeks = 2;
    private const int Months = 3;

    private static readonly (BillingPeriodicity Periodicity, int Duration, int TimeBase)[] All =
    [
        (BillingPeriodicity.Daily, 1, Days), (BillingPeriodicity.Weekly, 1, Weeks), (BillingPeriodicity.Monthly, 1, Months),
        (BillingPeriodicity.Quarterly, 3, Months), (BillingPeriodicity.SixMonthly, 6, Months), (BillingPeriodicity.Yearly, 12, Months),
    ];

    /// <summary>The duration and its time base.</summary>
    internal static (int Duration, int TimeBase) Of(BillingPeriodicity periodicity)
    {
        (_, int duration, int timeBase) = All.First(one => one.Periodicity == periodicity);
        return (duration, timeBase);
    }

    /// <summary>The periodicity; null for one that DUIS has no word for.</summary>
    internal static BillingPeriodicity? From(int duration, int timeBase)
    {
        foreach ((BillingPeriodicity periodicity, int length, int unit) in All)
        {
            if (length == duration && unit == timeBase)
            {
                return periodicity;
            }
        }

        return null;
    }
}
