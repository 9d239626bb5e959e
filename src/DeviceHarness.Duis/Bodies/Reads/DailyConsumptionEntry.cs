namespace DeviceHarness.Duis.Bodies.Reads;

/// <summary>The consumption of one day. Each value may be absent.</summary>
/// <param name="Timestamp">The end of its period, or when it was taken.</param>
/// <param name="Value">Active energy imported, in Wh.</param>
/// <remarks>Spec: MMC XML schema 5.4, ElecDailyConsumptionLogEntryType.</remarks>
public sealed record DailyConsumptionEntry(
    DateTimeOffset? Timestamp,
    long? Value);
