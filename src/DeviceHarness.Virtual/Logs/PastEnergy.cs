using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual.Logs;

/// <summary>What a meter would have counted had it been on before.</summary>
internal static class PastEnergy
{
    private static readonly TimeSpan HalfHour = TimeSpan.FromMinutes(30);

    /// <summary>Counts along the load.</summary>
    /// <param name="profile">The load.</param>
    /// <param name="now">True time.</param>
    /// <param name="clockOffset">How far the meter's clock is ahead of it.</param>
    /// <param name="days">How many whole days before the last midnight.</param>
    /// <returns>The registers, from 0 on, at the end of each half hour by the meter's clock; the last item is now.</returns>
    public static IReadOnlyList<(DateTimeOffset End, EnergyTotals Totals)> Count(
        LoadProfile profile, DateTimeOffset now, TimeSpan clockOffset, int days)
    {
        DateTimeOffset end = DailyReadLog.MidnightAfter(now + clockOffset).AddDays(-days - 1);
        EnergyMetrology metrology = new(profile, default, end - clockOffset);
        List<(DateTimeOffset End, EnergyTotals Totals)> counted = [];
        for (; end - clockOffset <= now; end += HalfHour)
        {
            metrology.AdvanceTo(end - clockOffset, supplyConnected: true);
            counted.Add((end, metrology.Totals));
        }

        metrology.AdvanceTo(now, supplyConnected: true);
        counted.Add((now + clockOffset, metrology.Totals));
        return counted;
    }
}
