using DeviceHarness.Duis;

namespace DeviceHarness.Abstractions.Devices;

/// <summary>An alert that waits in a comms hub.</summary>
/// <param name="Time">When it arose, UTC.</param>
/// <param name="Code">What it tells, four hexadecimal digits, such as <c>8F12</c>.</param>
/// <param name="About">The device that it is about.</param>
public sealed record QueuedAlert(DateTimeOffset Time, string Code, Eui64 About);
