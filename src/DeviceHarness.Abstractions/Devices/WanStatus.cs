namespace DeviceHarness.Abstractions.Devices;

/// <summary>The state of a comms hub's wide area network.</summary>
/// <param name="IsRegistered">Whether it is registered with a network.</param>
/// <param name="Operator">The network; empty when there is none.</param>
/// <param name="SignalDecibelMilliwatts">What it receives of it, in dBm.</param>
/// <param name="Since">Since when, UTC.</param>
public sealed record WanStatus(bool IsRegistered, string Operator, int SignalDecibelMilliwatts, DateTimeOffset Since);
