using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Logs;

namespace DeviceHarness.Virtual.Gsme;

/// <summary>Enters into the logs of a gas meter what was used in the intervals that are over.</summary>
internal sealed class GasUseRecorder(GasHistory history)
{
    private long _halfHourStart;
    private long _networkStart;
    private bool _isOver;

    /// <summary>Begins with the register as it was when the intervals began that are not over.</summary>
    public void Begin((long HalfHour, long Network) starts) => (_halfHourStart, _networkStart) = starts;

    /// <summary>The meter restarts.</summary>
    /// <param name="isLast">Whether nothing is entered from then on: a defect.</param>
    public void Restart(bool isLast) => _isOver |= isLast;

    /// <summary>A slice was lived through.</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="volumeDm3">The register at its end.</param>
    /// <param name="isClockValid">Whether the meter trusts its clock.</param>
    /// <param name="isLossy">Whether it loses a half hour of each day.</param>
    /// <returns>Whether a half hour ended.</returns>
    public bool Note(in MeterSlice slice, long volumeDm3, bool isClockValid, bool isLossy)
    {
        if (slice.Crosses(GasUseLogs.SixMinutes, out DateTimeOffset six))
        {
            Enter(history.Network, six, volumeDm3, ref _networkStart, isClockValid);
        }

        bool isHalfHour = slice.Crosses(GasHistory.HalfHour, out DateTimeOffset half);
        if (isHalfHour && isLossy && half.TimeOfDay == GasHistory.LostAt)
        {
            _halfHourStart = volumeDm3;
        }
        else if (isHalfHour)
        {
            Enter(history.HalfHours, half, volumeDm3, ref _halfHourStart, isClockValid);
        }

        return isHalfHour;
    }

    /// <summary>What is kept in flash.</summary>
    public GasUseRecord Keep() => new(_halfHourStart, _networkStart, _isOver);

    /// <summary>Goes on after the meter was off. Of an interval that ended meanwhile nobody knows what was used of the next one before it
    /// was on again.</summary>
    /// <param name="kept">What was kept; null in a record of before it was.</param>
    /// <param name="savedAt">When, by the meter's clock.</param>
    /// <param name="now">The time by that clock.</param>
    /// <param name="volumeDm3">The register.</param>
    public void Restore(GasUseRecord? kept, DateTimeOffset savedAt, DateTimeOffset now, long volumeDm3)
    {
        _halfHourStart = IsSame(GasHistory.HalfHour) ? kept!.HalfHourStartDm3 : volumeDm3;
        _networkStart = IsSame(GasUseLogs.SixMinutes) ? kept!.NetworkStartDm3 : volumeDm3;
        _isOver = kept?.IsOver == true;

        bool IsSame(TimeSpan interval) => kept is not null && savedAt.UtcTicks / interval.Ticks == now.UtcTicks / interval.Ticks;
    }

    private void Enter(MeterLog log, DateTimeOffset end, long volumeDm3, ref long start, bool isClockValid)
    {
        if (!_isOver)
        {
            log.Enter(end, isClockValid, volumeDm3 - start);
        }

        start = volumeDm3;
    }
}

/// <summary>What a recorder keeps in flash.</summary>
/// <param name="HalfHourStartDm3">The register when the half hour began that was not over.</param>
/// <param name="NetworkStartDm3">The register when the six minutes of the network data log began that were not over.</param>
/// <param name="IsOver">Whether nothing is entered any more.</param>
internal sealed record GasUseRecord(long HalfHourStartDm3, long NetworkStartDm3, bool IsOver);
