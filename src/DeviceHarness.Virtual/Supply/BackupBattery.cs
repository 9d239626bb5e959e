using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Logs;

namespace DeviceHarness.Virtual.Supply;

/// <summary>The battery that keeps the clock without power: it is used up by outages, and says when it is low.</summary>
/// <remarks>Not in the domain guide's object list: an assumption of the harness, with the guide's alert 8F1F.</remarks>
internal sealed class BackupBattery(PowerOptions options, IMeterHost host)
{
    private const int Percent = 100;

    private TimeSpan _used = options.BatteryUsed;
    private bool _isLowTold;

    /// <summary>What is left of it, in percent.</summary>
    public int RemainingPercent => (int)(Left.Ticks * Percent / options.BatteryCapacity.Ticks);

    /// <summary>Whether nothing is left.</summary>
    public bool IsEmpty => Left == TimeSpan.Zero;

    /// <summary>How long it has fed the clock.</summary>
    public TimeSpan Used => _used;

    private TimeSpan Left => _used < options.BatteryCapacity ? options.BatteryCapacity - _used : TimeSpan.Zero;

    /// <summary>The battery fed the clock for so long.</summary>
    public void Discharge(TimeSpan time) => _used += time;

    /// <summary>Says once that it is low.</summary>
    public void Tell()
    {
        bool isLow = RemainingPercent < options.BatteryLowPercent;
        if (isLow && !_isLowTold)
        {
            _isLowTold = true;
            host.Enter(EventCode.BatteryLow);
        }

        _isLowTold = isLow;
    }

    /// <summary>Goes on from what was kept without power.</summary>
    public void Restore(TimeSpan used) => _used = used;
}
