using DeviceHarness.Duis.Service;

namespace DeviceHarness.Abstractions.Devices;

/// <summary>What became of one service request on a device.</summary>
/// <param name="Outcome">The device-level outcome, as the service needs it.</param>
/// <param name="Latency">Where the time went.</param>
public sealed record SrvResult(DeviceOutcome Outcome, LatencySplit Latency);
