namespace DeviceHarness.Duis.Bodies.Reads;

/// <summary>One half-hour of active energy imported. Each value may be absent.</summary>
/// <param name="Timestamp">The end of its period, or when it was taken.</param>
/// <param name="PrimaryValue">Active energy imported, in Wh.</param>
/// <param name="SecondaryValue">That of a second element, in Wh.</param>
/// <remarks>Spec: MMC XML schema 5.4, ProfileDataLogActiveImportType.</remarks>
public sealed record ActiveImportProfileEntry(
    DateTimeOffset? Timestamp,
    long? PrimaryValue,
    long? SecondaryValue = null);
