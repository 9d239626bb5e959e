using DeviceHarness.Duis;

namespace DeviceHarness.Abstractions.Devices;

/// <summary>What a comms hub tells of itself at its service port, beyond what a service request asks for.</summary>
/// <param name="Identity">The EUI-64 of its comms hub function.</param>
/// <param name="Wan">The state of its wide area network; null when the model does not show it.</param>
/// <param name="Alerts">The alerts that wait in it, oldest first; empty when none does or the model does not show them.</param>
public sealed record HubReport(Eui64 Identity, WanStatus? Wan, IReadOnlyList<QueuedAlert> Alerts);
