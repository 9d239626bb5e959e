namespace DeviceHarness.Duis.Bodies.Reads;

/// <summary>The consumption of one day. Each value may be absent.</summary>
/// <param name="Timestamp">The end of its period, or when it was taken.</param>
/// <param name="Value">Active energy imported, in whole Wh; of a gas meter the gas imported, in cubic metres.</param>
/// <remarks>Spec: MMC XML schema 5.4, ElecDailyConsumptionLogEntryType and GasDailyConsumptionLogEntryType.</remarks>
public sealed record DailyConsumptionEntry(
    DateTimeOffset? Timestamp,
    decimal? Value);
