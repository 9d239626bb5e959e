namespace DeviceHarness.Duis.Bodies.Reads;

/// <summary>One half-hour of energy exported. Each value may be absent.</summary>
/// <param name="Timestamp">The end of its period, or when it was taken.</param>
/// <param name="ActiveEnergyExportedValue">Active energy exported, in Wh.</param>
/// <param name="ReactiveEnergyExportedValue">Reactive energy exported, in varh.</param>
/// <remarks>Spec: MMC XML schema 5.4, ExportProfileDataLogType.</remarks>
public sealed record ExportProfileEntry(
    DateTimeOffset? Timestamp,
    long? ActiveEnergyExportedValue,
    long? ReactiveEnergyExportedValue);
