namespace DeviceHarness.Virtual.Logs;

/// <summary>The three event logs of a meter: each keeps its last hundred entries.</summary>
/// <remarks>Not safe for use from several threads.</remarks>
public sealed class EventLogs
{
    /// <summary>The most entries that a log holds; the oldest makes room.</summary>
    public const int Capacity = 100;

    private readonly List<EventEntry> _events = new(Capacity);
    private readonly List<EventEntry> _security = new(Capacity);
    private readonly List<EventEntry> _power = new(Capacity);

    /// <summary>The event log, oldest first.</summary>
    public IReadOnlyList<EventEntry> Events => _events;

    /// <summary>The security log, oldest first.</summary>
    public IReadOnlyList<EventEntry> Security => _security;

    /// <summary>The power event log, oldest first.</summary>
    public IReadOnlyList<EventEntry> Power => _power;

    /// <summary>The code that was entered last into any log.</summary>
    public EventCode LastCode { get; private set; }

    /// <summary>Whether a code belongs into the event log.</summary>
    public static bool IsEvent(EventCode code) => !IsSecurity(code) && !IsPower(code);

    /// <summary>Enters an event into the log that it belongs to.</summary>
    public void Enter(EventEntry entry)
    {
        List<EventEntry> log = IsSecurity(entry.Code) ? _security : IsPower(entry.Code) ? _power : _events;
        if (log.Count == Capacity)
        {
            log.RemoveAt(0);
        }

        log.Add(entry);
        LastCode = entry.Code;
    }

    /// <summary>Clears the event log.</summary>
    public void ClearEvents() => _events.Clear();

    /// <summary>Takes over entries that were kept without power.</summary>
    public void Restore(IEnumerable<EventEntry> entries)
    {
        foreach (EventEntry entry in entries)
        {
            Enter(entry);
        }
    }

    private static bool IsSecurity(EventCode code) => code is EventCode.NoAuthority or EventCode.AuthenticationFailed;

    private static bool IsPower(EventCode code) =>
        code is EventCode.PowerInterrupted or EventCode.PowerRestored or EventCode.PowerRestoredAfterLong;
}
