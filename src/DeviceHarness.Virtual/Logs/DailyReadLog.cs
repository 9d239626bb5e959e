using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual.Logs;

/// <summary>The register readings at the last midnights, one row a day.</summary>
/// <remarks>Midnight is the meter's own. Setting the clock neither makes nor removes a row: the next one comes at the next midnight by the
/// new time. Not safe for use from several threads.</remarks>
public sealed class DailyReadLog
{
    /// <summary>The most rows; the oldest makes room.</summary>
    public const int Capacity = 31;

    private readonly List<DailyReading> _rows = new(Capacity + 1);

    /// <summary>The rows, oldest first.</summary>
    public IReadOnlyList<DailyReading> Rows => _rows;

    /// <summary>The first midnight after a moment, UTC.</summary>
    public static DateTimeOffset MidnightAfter(DateTimeOffset moment) => new(moment.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);

    /// <summary>Enters a row.</summary>
    public void Enter(DailyReading reading)
    {
        if (_rows.Count == Capacity)
        {
            _rows.RemoveAt(0);
        }

        _rows.Add(reading);
    }

    /// <summary>Enters the rows that the meter would have made had it been on before: the register counted back along the same
    /// load.</summary>
    /// <param name="profile">The load.</param>
    /// <param name="now">True time.</param>
    /// <param name="clockOffset">How far the meter's clock is ahead of it.</param>
    /// <param name="activeImportWh">The register now; days before it was zero have no row.</param>
    public void FillBack(LoadProfile profile, DateTimeOffset now, TimeSpan clockOffset, uint activeImportWh)
    {
        DateTimeOffset stamp = MidnightAfter(now + clockOffset).AddDays(-Capacity);
        EnergyMetrology past = new(profile, default, stamp - clockOffset);
        List<(DateTimeOffset Stamp, uint Wh)> counted = [];
        for (; stamp - clockOffset <= now; stamp = stamp.AddDays(1))
        {
            past.AdvanceTo(stamp - clockOffset, supplyConnected: true);
            counted.Add((stamp, past.Totals.ActiveImportWh));
        }

        past.AdvanceTo(now, supplyConnected: true);
        uint total = past.Totals.ActiveImportWh;
        foreach ((DateTimeOffset midnight, uint wh) in counted)
        {
            if (total - wh <= activeImportWh)
            {
                Enter(new DailyReading(midnight, true, activeImportWh - (total - wh)));
            }
        }
    }
}
