using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.Logs;

namespace DeviceHarness.Virtual.Gsme;

/// <summary>What a gas meter noted: volumes by half hours and days, snapshots, payments of debt. All of it is in flash.</summary>
internal sealed class GasHistory(IMeterFlash flash)
{
    /// <summary>The period of the profile.</summary>
    public static readonly TimeSpan HalfHour = TimeSpan.FromMinutes(30);

    /// <summary>The time of day at which the half hour ends that the defect <c>half-hour-lost</c> loses.</summary>
    public static readonly TimeSpan LostAt = TimeSpan.FromHours(3);

    private const int NetworkCapacity = 41;

    /// <summary>The volume of each half hour: thirteen months of them.</summary>
    public MeterLog HalfHours { get; } = new("gas-half-hours", 19_056, 1, flash);

    /// <summary>The volume register at midnights: so many that 731 days lie between them.</summary>
    public MeterLog Days { get; } = new("gas-days", 732, 1, flash);

    /// <summary>The volume of each six minutes: as many as an answer of the service holds.</summary>
    public MeterLog Network { get; } = new("gas-network", NetworkCapacity, 1, flash);

    /// <summary>Snapshots, in the order of <see cref="GasSnapshot"/>.</summary>
    public MeterLog Snapshots { get; } = new("gas-snapshots", 60, GasSnapshot.Columns, flash);

    /// <summary>What payments brought to a debt: amount, debt, what was left.</summary>
    public MeterLog DebtPayments { get; } = new("gas-debt-payments", 100, 3, flash);

    /// <summary>Fills the logs of a new meter with what it would have noted.</summary>
    /// <param name="metrology">Its flow and register.</param>
    /// <param name="now">True time.</param>
    /// <param name="clockOffset">How far its clock is ahead.</param>
    /// <param name="days">How far back.</param>
    /// <param name="snapshot">What a snapshot of today holds beside the register.</param>
    /// <param name="isLossy">Whether it loses a half hour of each day.</param>
    /// <returns>The register when the half hour began that is not over, and when the six minutes did; as it is now without a
    /// past.</returns>
    public (long HalfHourStart, long NetworkStart) FillBack(
        GasMetrology metrology, DateTimeOffset now, TimeSpan clockOffset, int days, GasSnapshot snapshot, bool isLossy)
    {
        if (days == 0)
        {
            return (metrology.VolumeDm3, metrology.VolumeDm3);
        }

        DateTimeOffset midnight = new((now + clockOffset).UtcDateTime.Date.AddDays(-days), TimeSpan.Zero);
        List<LogRow> halves = [];
        long total = 0;
        long tail = Flowed(metrology, midnight - clockOffset, now);
        List<LogRow> rows = [];
        for (DateTimeOffset end = midnight; end <= now + clockOffset; end += HalfHour)
        {
            long dm3 = end == midnight ? 0 : Flowed(metrology, end - HalfHour - clockOffset, end - clockOffset);
            total += dm3;
            if (end != midnight && !(isLossy && end.TimeOfDay == LostAt))
            {
                halves.Add(new LogRow(end, true, [dm3]));
            }

            if (end.TimeOfDay == TimeSpan.Zero)
            {
                rows.Add(new LogRow(end, true, [Math.Max(0, metrology.VolumeDm3 - tail + total)]));
            }
        }

        HalfHours.Fill(halves);
        Days.Fill(rows);
        Snapshots.Fill([.. rows.Select((row, index) => row with
        {
            Values = (snapshot with { Id = (uint)index + 1, VolumeDm3 = row.Values[0] }).ToRow(),
        })]);
        return (Math.Max(0, metrology.VolumeDm3 - tail + total), FillNetwork(metrology, now, clockOffset));
    }

    private long FillNetwork(GasMetrology metrology, DateTimeOffset now, TimeSpan clockOffset)
    {
        TimeSpan interval = GasUseLogs.SixMinutes;
        DateTimeOffset last = new((now + clockOffset).UtcTicks / interval.Ticks * interval.Ticks, TimeSpan.Zero);
        Network.Fill([.. Enumerable.Range(1 - NetworkCapacity, NetworkCapacity).Select(back => last + (back * interval)).Select(end =>
            new LogRow(end, true, [Flowed(metrology, end - interval - clockOffset, end - clockOffset)]))]);
        return metrology.VolumeDm3 - Flowed(metrology, last - clockOffset, now);
    }

    /// <summary>The volume of a day, from the register at its two midnights.</summary>
    /// <param name="before">0 for the day that is over since the last midnight, 1 for the one before it.</param>
    /// <returns>In cubic decimetres; null when the meter does not know.</returns>
    public long? DayBefore(int before) =>
        Days.Count >= before + 2 ? Days[Days.Count - 1 - before].Values[0] - Days[Days.Count - 2 - before].Values[0] : null;

    private static long Flowed(GasMetrology metrology, DateTimeOffset from, DateTimeOffset to)
    {
        long dm3Minutes = 0;
        for (DateTimeOffset minute = from; minute < to; minute += TimeSpan.FromMinutes(1))
        {
            dm3Minutes += metrology.FlowAt(minute);
        }

        return dm3Minutes / 60;
    }
}

/// <summary>Everything of a gas meter at one moment.</summary>
/// <param name="Id">Its number, from 1.</param>
/// <param name="Cause">Why it was taken, a bit each.</param>
/// <param name="VolumeDm3">The volume register.</param>
/// <param name="TierDm3">The first four rates' volumes.</param>
/// <param name="AccumulatedDebt">In thousandths of a penny, as what follows.</param>
/// <param name="Debts">The two time debts and the payment debt.</param>
/// <param name="EmergencyRemaining">The emergency credit that is left.</param>
/// <param name="Balance">The balance.</param>
internal sealed record GasSnapshot(
    uint Id, uint Cause, long VolumeDm3, long[] TierDm3, long AccumulatedDebt, long[] Debts, long EmergencyRemaining, long Balance)
{
    /// <summary>How many numbers it is.</summary>
    public const int Columns = 13;

    /// <summary>How many rates it holds.</summary>
    public const int Tiers = 4;

    private const int TierColumn = 3;
    private const int DebtColumn = 8;
    private const int DebtCount = 3;

    /// <summary>What a meter would note now.</summary>
    public static GasSnapshot Of(GasMeterState meter, uint id, uint cause) => new(
        id, cause, meter.Metrology.VolumeDm3, meter.TierDm3[..Tiers], meter.Account.AccumulatedDebt,
        [meter.Account.TimeDebts[0].Remaining, meter.Account.TimeDebts[1].Remaining, meter.Account.PaymentDebt],
        meter.Account.Emergency.Remaining, meter.Account.Balance);

    /// <summary>The numbers of a row.</summary>
    public long[] ToRow() => [Id, Cause, VolumeDm3, .. TierDm3, AccumulatedDebt, .. Debts, EmergencyRemaining, Balance];

    /// <summary>Reads a row.</summary>
    public static GasSnapshot Of(IReadOnlyList<long> row) => new(
        (uint)row[0], (uint)row[1], row[2], [.. row.Skip(TierColumn).Take(Tiers)], row[TierColumn + Tiers],
        [.. row.Skip(DebtColumn).Take(DebtCount)], row[Columns - 2], row[Columns - 1]);
}
