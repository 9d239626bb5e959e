namespace DeviceHarness.Duis.Bodies.Reads;

/// <summary>One half-hour of active energy, or gas, imported. Each value may be absent.</summary>
/// <param name="Timestamp">The end of its period, or when it was taken.</param>
/// <param name="PrimaryValue">Active energy imported, in Wh.</param>
/// <param name="SecondaryValue">That of a second element, in Wh.</param>
/// <remarks>Spec: MMC XML schema 5.4, ProfileDataLogActiveImportType.</remarks>
public sealed record ActiveImportProfileEntry(
    DateTimeOffset? Timestamp,
    long? PrimaryValue,
    long? SecondaryValue = null)
{
    /// <summary>Whether it is a gas meter's: then it has <see cref="GasValue"/> alone.</summary>
    public bool IsGas { get; init; }

    /// <summary>Gas imported, in cubic metres; null for an electricity meter, and when it is absent.</summary>
    public decimal? GasValue { get; init; }
}
