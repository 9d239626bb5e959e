using DeviceHarness.Virtual.Logs;

namespace DeviceHarness.Virtual.Gsme;

/// <summary>The event logs of a gas meter: what happened, under the log and the number that the Events cluster gives it.</summary>
/// <remarks>Source: the event ids of the Events cluster, as this harness's ZigBee guide 8.8 lists them. What has no number there is in the
/// first GB log under its GB code: an assumption of the harness.</remarks>
internal sealed class GasEvents
{
    /// <summary>The most events that a log keeps; the oldest makes room.</summary>
    public const int Capacity = 100;

    /// <summary>The name of all logs together.</summary>
    public const byte AllLogs = 0;

    private const byte TamperLog = 1;
    private const byte FaultLog = 2;
    private const byte GeneralLog = 3;
    private const byte SecurityLog = 4;
    private const byte HighestLog = 7;
    private const byte GreatBritainLog = 6;

    private readonly List<EventEntry> _entries = [];

    /// <summary>All entries, oldest first.</summary>
    public IReadOnlyList<EventEntry> Entries => _entries;

    /// <summary>The log and the number of what happened.</summary>
    public static (byte Log, ushort Id) NumberOf(EventCode code) => code switch
    {
        EventCode.CoverRemoved => (TamperLog, 0x00),
        EventCode.MagneticField => (TamperLog, 0x02),
        EventCode.TerminalCoverRemoved => (TamperLog, 0x87),
        EventCode.BatteryLow => (FaultLog, 0x05),
        EventCode.ClockAdjusted => (GeneralLog, 0x11),
        EventCode.ClockNotAdjusted => (GeneralLog, 0x12),
        EventCode.LogCleared => (GeneralLog, 0x1F),
        EventCode.FirmwareVerified => (GeneralLog, 0x29),
        EventCode.FirmwareChanged => (GeneralLog, 0x2A),
        EventCode.FirmwareVerificationFailed => (GeneralLog, 0x2B),
        EventCode.BillingLogUpdated => (GeneralLog, 0x30),
        EventCode.NoAuthority => (SecurityLog, (ushort)code),
        _ => (GreatBritainLog, (ushort)code),
    };

    /// <summary>Enters what happened.</summary>
    public void Enter(EventEntry entry)
    {
        byte log = NumberOf(entry.Code).Log;
        if (_entries.Count(other => NumberOf(other.Code).Log == log) == Capacity)
        {
            _entries.RemoveAt(_entries.FindIndex(other => NumberOf(other.Code).Log == log));
        }

        _entries.Add(entry);
    }

    /// <summary>Clears a log; the security log cannot be cleared.</summary>
    /// <param name="log">The log, or <see cref="AllLogs"/>.</param>
    /// <returns>The logs that are empty now, a bit each.</returns>
    public byte Clear(byte log)
    {
        byte cleared = 0;
        for (byte one = TamperLog; one <= HighestLog; one++)
        {
            if (one != SecurityLog && (log == AllLogs || log == one))
            {
                byte number = one;
                _entries.RemoveAll(entry => NumberOf(entry.Code).Log == number);
                cleared |= (byte)(1 << one);
            }
        }

        return cleared;
    }

    /// <summary>Goes on from what was kept.</summary>
    public void Restore(IEnumerable<EventEntry> entries) => _entries.AddRange(entries);
}
