using DeviceHarness.Abstractions.Devices;

namespace DeviceHarness.Agent.Bench;

/// <summary>Where a virtual device can be reached.</summary>
/// <param name="Device">The device.</param>
/// <param name="Path">The stable link that clients open.</param>
/// <param name="Target">The pseudo-terminal behind it now.</param>
public sealed record VirtualPort(DeviceId Device, string Path, string Target);
