namespace DeviceHarness.Abstractions.Devices;

/// <summary>Something that a device told unasked.</summary>
/// <param name="Code">The alert code, four upper-case hexadecimal digits; empty when what came holds none that the profile finds.</param>
/// <param name="OccurredAt">When it happened by the device's clock, UTC; null when the device did not say.</param>
/// <param name="Apdu">The APDU as it came.</param>
/// <param name="Detail">What it is, in words: what was decoded, or why nothing was.</param>
public sealed record DeviceNotification(string Code, DateTimeOffset? OccurredAt, ReadOnlyMemory<byte> Apdu, string Detail)
{
    /// <summary>What the device's clock said of itself with that time, such as <c>invalid</c>; empty when the time can be trusted, or there
    /// is none.</summary>
    public string ClockStatus { get; init; } = string.Empty;
}
