namespace DeviceHarness.Duis.Bodies.Logs;

/// <summary>Which log SRV 6.13 reads; <see cref="EventLogText"/> has the schema's words.</summary>
/// <remarks>Spec: DUIS XML schema 5.4, ReadEventOrSecurityLog, LogToRead.</remarks>
public enum EventLog
{
    /// <summary>The event log.</summary>
    Event,

    /// <summary>The log of auxiliary load control switches.</summary>
    AlcsEvent,

    /// <summary>The power event log.</summary>
    PowerEvent,

    /// <summary>The security log.</summary>
    Security,

    /// <summary>A gas meter's event log, as the gas proxy function keeps it.</summary>
    GsmeEvent,

    /// <summary>A gas meter's security log, as the gas proxy function keeps it.</summary>
    GsmeSecurity,
}

/// <summary>The schema's words for the logs.</summary>
internal static class EventLogText
{
    /// <summary>The word for a log.</summary>
    internal static string Of(EventLog log) => log switch
    {
        EventLog.AlcsEvent => "ALCSEvent",
        EventLog.GsmeEvent => "GSMEEvent",
        EventLog.GsmeSecurity => "GSMESecurity",
        _ => log.ToString(),
    };
}
