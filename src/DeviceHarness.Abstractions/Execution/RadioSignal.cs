namespace DeviceHarness.Abstractions.Execution;

/// <summary>How an adapter heard a device last: the last hop of its last message.</summary>
/// <param name="Device">The device, by its name in the rig file.</param>
/// <param name="Lqi">The link quality, 0 to 255; null before a message came.</param>
/// <param name="RssiDbm">The signal strength, in dBm; null before a message came.</param>
/// <param name="LastHeardAt">When it was heard last, polls included, in UTC; null when never.</param>
public sealed record RadioSignal(string Device, int? Lqi, int? RssiDbm, DateTimeOffset? LastHeardAt);
