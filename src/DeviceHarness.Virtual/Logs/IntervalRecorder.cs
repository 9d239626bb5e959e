using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual.Logs;

/// <summary>Counts energy over periods and keeps a row of each: the load profiles and the daily consumption log.</summary>
/// <remarks>A row carries the time at which its period ended. A period that was cut short, by a power cut or a set clock, has the energy
/// that was counted in it; one that was missed has no row.</remarks>
internal sealed class IntervalRecorder(MeterLog log, TimeSpan period, Func<EnergyTotals, uint> counts, IMeterHost host)
{
    private uint _counted;

    /// <summary>The rows.</summary>
    public MeterLog Log => log;

    /// <summary>The period.</summary>
    public TimeSpan Period => period;

    /// <summary>What the period that ended last counted.</summary>
    public uint Last => log.Count == 0 ? 0 : (uint)log[log.Count - 1].Values[0];

    /// <summary>Lives a slice.</summary>
    public void Live(in MeterSlice slice)
    {
        _counted += counts(slice.Counted);
        if (slice.Crosses(period, out DateTimeOffset end))
        {
            log.Enter(end, host.IsClockValid, _counted);
            _counted = 0;
        }
    }

    /// <summary>What is counted of the period that runs.</summary>
    public uint Keep() => _counted;

    /// <summary>Goes on from what was kept without power.</summary>
    public void Restore(uint counted) => _counted = counted;

    /// <summary>Enters the rows that the meter would have made had it been on before.</summary>
    /// <param name="past">What the registers counted until the end of each half hour, oldest first, and until now.</param>
    public void FillBack(IReadOnlyList<(DateTimeOffset End, EnergyTotals Totals)> past)
    {
        List<LogRow> rows = [];
        uint? before = null;
        foreach ((DateTimeOffset end, EnergyTotals totals) in past.SkipLast(1))
        {
            if (end.UtcTicks % period.Ticks != 0)
            {
                continue;
            }

            if (before is uint start)
            {
                rows.Add(new LogRow(end, true, [counts(totals) - start]));
            }

            before = counts(totals);
        }

        log.Fill(rows);
        _counted = counts(past[^1].Totals) - (before ?? 0);
    }
}
