using DeviceHarness.Abstractions.Devices;

namespace DeviceHarness.Agent.Bench;

/// <summary>Where a virtual device, or a virtual relay board, can be reached.</summary>
/// <param name="Device">The device, or the board's name.</param>
/// <param name="Path">The stable link that clients open, or the file that holds the address.</param>
/// <param name="Target">The pseudo-terminal behind it now, or the address as <c>tcp:127.0.0.1:40001</c>.</param>
public sealed record VirtualPort(DeviceId Device, string Path, string Target);
