using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Logs;

namespace DeviceHarness.Virtual.Quality;

/// <summary>Averages the voltage over periods, keeps the averages, and counts and tells those that leave their bounds.</summary>
internal sealed class AverageVoltage(QualityOptions options, MeterLog log, IMeterHost host) : IMeterEngine
{
    private long _decivoltTicks;
    private long _ticks;
    private bool _isOver;
    private bool _isUnder;

    /// <summary>The averages, in tenths of a volt.</summary>
    public MeterLog Log => log;

    /// <summary>The period, in seconds: a divisor of a day.</summary>
    public int PeriodSeconds { get; private set; } = options.AveragePeriodSeconds;

    /// <summary>The average above which is too much, in tenths of a volt.</summary>
    public int OverDecivolts { get; set; } = options.AverageOverDecivolts;

    /// <summary>The average below which is too little, in tenths of a volt.</summary>
    public int UnderDecivolts { get; set; } = options.AverageUnderDecivolts;

    /// <summary>How many averages were above.</summary>
    public uint OverCount { get; set; }

    /// <summary>How many averages were below.</summary>
    public uint UnderCount { get; set; }

    /// <summary>The last average, in tenths of a volt; 0 before the first.</summary>
    public int Last { get; private set; }

    /// <inheritdoc/>
    public DateTimeOffset? NextDue => null;

    /// <summary>Whether averages can be made over such a period.</summary>
    public static bool IsPeriod(long seconds) => seconds is >= 60 and <= 86_400 && 86_400 % seconds == 0;

    /// <inheritdoc/>
    public void Live(in MeterSlice slice)
    {
        _decivoltTicks += slice.Decivolts * slice.Length.Ticks;
        _ticks += slice.Length.Ticks;
        if (!slice.Crosses(TimeSpan.FromSeconds(PeriodSeconds), out DateTimeOffset boundary) || _ticks == 0)
        {
            return;
        }

        Last = (int)(_decivoltTicks / _ticks);
        Forget();
        log.Enter(boundary, host.IsClockValid, Last);
        OverCount += Last > OverDecivolts ? 1u : 0u;
        UnderCount += Last < UnderDecivolts ? 1u : 0u;
        Tell(ref _isOver, Last > OverDecivolts, EventCode.AverageOverVoltage, EventCode.AverageOverVoltageEnded);
        Tell(ref _isUnder, Last < UnderDecivolts, EventCode.AverageUnderVoltage, EventCode.AverageUnderVoltageEnded);
    }

    /// <summary>Averages over another period from now on; the rows so far are gone, as they are of another. The same period written once
    /// more changes nothing.</summary>
    public void ChangePeriod(int seconds)
    {
        if (seconds == PeriodSeconds)
        {
            return;
        }

        PeriodSeconds = seconds;
        log.Clear();
        Forget();
    }

    /// <summary>The period that runs is forgotten.</summary>
    public void Forget() => _decivoltTicks = _ticks = 0;

    /// <summary>Enters the rows that the meter would have made had it been on before; what left its bounds is counted and not
    /// told.</summary>
    /// <param name="profile">The voltage of the network.</param>
    /// <param name="now">True time.</param>
    /// <param name="clockOffset">How far the meter's clock is ahead of it.</param>
    /// <param name="days">How many whole days before the last midnight.</param>
    public void FillBack(LoadProfile profile, DateTimeOffset now, TimeSpan clockOffset, int days)
    {
        TimeSpan period = TimeSpan.FromSeconds(PeriodSeconds);
        DateTimeOffset end = DailyReadLog.MidnightAfter(now + clockOffset).AddDays(-days - 1) + period;
        List<LogRow> rows = [];
        for (; end - clockOffset <= now; end += period)
        {
            Sum(profile, end - clockOffset - period, end - clockOffset);
            int average = (int)(_decivoltTicks / _ticks);
            rows.Add(new LogRow(end, true, [average]));
            Last = average;
            OverCount += average > OverDecivolts ? 1u : 0u;
            UnderCount += average < UnderDecivolts ? 1u : 0u;
            Forget();
        }

        log.Fill(rows);
        Sum(profile, end - clockOffset - period, now);
    }

    /// <summary>Goes on from what was kept without power.</summary>
    public void Restore(QualityRecord kept)
    {
        PeriodSeconds = kept.PeriodSeconds;
        (OverDecivolts, UnderDecivolts, OverCount, UnderCount) = (kept.OverDecivolts, kept.UnderDecivolts, kept.OverCount, kept.UnderCount);
    }

    private void Sum(LoadProfile profile, DateTimeOffset from, DateTimeOffset to)
    {
        while (from < to)
        {
            long slot = LoadProfile.SlotOf(from);
            DateTimeOffset slotEnd = new((slot + 1) * LoadProfile.Slot.Ticks, TimeSpan.Zero);
            DateTimeOffset until = slotEnd < to ? slotEnd : to;
            _decivoltTicks += profile.Decivolts(slot) * (until - from).Ticks;
            _ticks += (until - from).Ticks;
            from = until;
        }
    }

    private void Tell(ref bool was, bool isSo, EventCode begun, EventCode ended)
    {
        if (was != isSo)
        {
            host.Enter(isSo ? begun : ended);
        }

        was = isSo;
    }
}
