using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual.Logs;

/// <summary>The highest half-hourly average of a power.</summary>
/// <remarks>Spec: IEC 62056-6-2, class 4 (extended register), as the domain guide gives it.</remarks>
/// <param name="counts">What it counts of a slice, in Wh.</param>
/// <param name="isWatching">Whether a half hour that ends at a moment is looked at.</param>
internal sealed class MaximumDemand(Func<EnergyTotals, uint> counts, Func<DateTimeOffset, bool> isWatching)
{
    private const int HalfHoursPerHour = 2;
    private static readonly TimeSpan HalfHour = TimeSpan.FromMinutes(30);

    private uint _wattHours;

    /// <summary>The highest average, in watts; 0 when there was none.</summary>
    public uint Watts { get; private set; }

    /// <summary>When its half hour ended; null when there was none.</summary>
    public DateTimeOffset? CapturedAt { get; private set; }

    /// <summary>Lives a slice.</summary>
    public void Live(in MeterSlice slice)
    {
        _wattHours += counts(slice.Counted);
        if (!slice.Crosses(HalfHour, out DateTimeOffset end))
        {
            return;
        }

        uint watts = _wattHours * HalfHoursPerHour;
        _wattHours = 0;
        if (watts > Watts && isWatching(end))
        {
            Watts = watts;
            CapturedAt = end;
        }
    }

    /// <summary>The half hour that runs is forgotten.</summary>
    public void Forget() => _wattHours = 0;

    /// <summary>Method 1: begins anew.</summary>
    public void Reset() => Restore(new DemandRecord(0, null));

    /// <summary>What is kept without power.</summary>
    public DemandRecord Keep() => new(Watts, CapturedAt);

    /// <summary>Goes on from what was kept without power.</summary>
    public void Restore(DemandRecord kept) => (Watts, CapturedAt) = (kept.Watts, kept.CapturedAt);
}

/// <summary>A maximum demand as it is kept in flash.</summary>
internal sealed record DemandRecord(uint Watts, DateTimeOffset? CapturedAt);
