namespace DeviceHarness.Duis.Bodies.Reads;

/// <summary>One half-hour of reactive energy imported. Each value may be absent.</summary>
/// <param name="Timestamp">The end of its period, or when it was taken.</param>
/// <param name="ReactiveEnergyImportedValue">Reactive energy imported, in varh.</param>
/// <remarks>Spec: MMC XML schema 5.4, ReactiveImportProfileDataLogType.</remarks>
public sealed record ReactiveImportProfileEntry(
    DateTimeOffset? Timestamp,
    long? ReactiveEnergyImportedValue);
