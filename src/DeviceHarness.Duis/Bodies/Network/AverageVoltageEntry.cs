namespace DeviceHarness.Duis.Bodies.Network;

/// <summary>One average voltage. Each value may be absent.</summary>
/// <param name="Timestamp">The end of its period, or when it was taken.</param>
/// <param name="Value">The average voltage, in V.</param>
/// <remarks>Spec: MMC XML schema 5.4, AvgRMSVoltageProfileLogEntryType.</remarks>
public sealed record AverageVoltageEntry(
    DateTimeOffset? Timestamp,
    decimal? Value);
