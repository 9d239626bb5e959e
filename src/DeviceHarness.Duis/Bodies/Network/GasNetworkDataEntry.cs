namespace DeviceHarness.Duis.Bodies.Network;

/// <summary>One entry of a gas meter's network data log. Each value may be absent.</summary>
/// <param name="Timestamp">The end of its period.</param>
/// <param name="Value">The gas imported in it, in cubic metres.</param>
/// <remarks>Spec: MMC XML schema 5.4, GasNetworkDataLogEntryType.</remarks>
public sealed record GasNetworkDataEntry(
    DateTimeOffset? Timestamp,
    decimal? Value);
