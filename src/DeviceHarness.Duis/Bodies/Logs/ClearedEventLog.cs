namespace DeviceHarness.Duis.Bodies.Logs;

/// <summary>A log that SRV 3.3 may empty.</summary>
/// <remarks>Spec: DUIS XML schema 5.1, ClearEventLog.</remarks>
public enum ClearedEventLog
{
    /// <summary>The meter's event log.</summary>
    Esme,

    /// <summary>The event log of the auxiliary load control switches.</summary>
    Alcs,
}
