namespace DeviceHarness.Duis.Bodies.Reads;

/// <summary>The export register at the end of one day. Each value may be absent.</summary>
/// <param name="Timestamp">The end of its period, or when it was taken.</param>
/// <param name="ActiveExportRegisterValue">Active energy exported, in Wh.</param>
/// <remarks>Spec: MMC XML schema 5.4, DailyReadLogExportType.</remarks>
public sealed record ExportDailyReadLogEntry(
    DateTimeOffset? Timestamp,
    long? ActiveExportRegisterValue);
