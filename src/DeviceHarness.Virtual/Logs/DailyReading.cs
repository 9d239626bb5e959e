namespace DeviceHarness.Virtual.Logs;

/// <summary>A row of the daily read log.</summary>
/// <param name="Stamp">The midnight by the meter's clock, UTC.</param>
/// <param name="IsStampValid">Whether the meter trusted its clock.</param>
/// <param name="ActiveImportWh">The active import register at that moment, in Wh.</param>
public readonly record struct DailyReading(DateTimeOffset Stamp, bool IsStampValid, uint ActiveImportWh);
