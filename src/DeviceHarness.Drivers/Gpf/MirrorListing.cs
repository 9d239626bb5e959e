namespace DeviceHarness.Drivers.Gpf;

/// <summary>A mirror, for people.</summary>
/// <param name="Meter">The meter's EUI-64.</param>
/// <param name="Endpoint">The endpoint at which it is served.</param>
/// <param name="ReportedAt">When the meter reported last; null before it did.</param>
/// <param name="ReportingInterval">How often the meter said that it reports; null before it said.</param>
public sealed record MirrorListing(ulong Meter, byte Endpoint, DateTimeOffset? ReportedAt, TimeSpan? ReportingInterval);
