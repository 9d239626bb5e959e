using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Logs;

namespace DeviceHarness.Virtual.Gsme;

/// <summary>The battery of a gas meter: it ages with time, and faster while the meter is awake.</summary>
internal sealed class GasBattery(GasBatteryOptions options, IMeterHost host)
{
    private const int Percent = 100;
    private const int HoursPerDay = 24;

    // In microampere ticks, so that no short wake is lost; the largest capacity fits seventy times.
    private long _used = options.UsedMicroampHours * TimeSpan.TicksPerHour;
    private bool _isLowTold;

    /// <summary>What is left of it, in percent.</summary>
    public int RemainingPercent => (int)(Left / (Capacity / Percent));

    /// <summary>How many days the sleeping meter would live on what is left, at most 65,534.</summary>
    public int RemainingDays => options.SleepMicroamps == 0
        ? ushort.MaxValue - 1
        : (int)Math.Min(ushort.MaxValue - 1, Left / (options.SleepMicroamps * TimeSpan.TicksPerHour * HoursPerDay));

    /// <summary>Whether it is low.</summary>
    public bool IsLow => RemainingPercent < options.LowPercent;

    /// <summary>Whether nothing is left.</summary>
    public bool IsEmpty => Left == 0;

    /// <summary>What was taken, in microampere ticks.</summary>
    public long Used => _used;

    private long Capacity => options.CapacityMicroampHours * TimeSpan.TicksPerHour;

    private long Left => Math.Max(0, Capacity - _used);

    /// <summary>The meter lived for so long, asleep.</summary>
    public void Sleep(TimeSpan time) => _used += time.Ticks * options.SleepMicroamps;

    /// <summary>The meter was awake for so long; what it takes asleep is counted by <see cref="Sleep"/>.</summary>
    public void StayAwake(TimeSpan time) => _used += time.Ticks * options.AwakeMicroamps;

    /// <summary>Somebody puts a new one in.</summary>
    public void Replace()
    {
        _used = 0;
        _isLowTold = false;
    }

    /// <summary>Says once that it is low.</summary>
    /// <returns>Whether it did just now.</returns>
    public bool TellLow()
    {
        bool isTold = IsLow && !_isLowTold;
        _isLowTold = IsLow;
        if (isTold)
        {
            host.Enter(EventCode.BatteryLow);
        }

        return isTold;
    }

    /// <summary>Goes on from what was kept.</summary>
    public void Restore(long used)
    {
        _used = used;
        _isLowTold = IsLow;
    }
}
