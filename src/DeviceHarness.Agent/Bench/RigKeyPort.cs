using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Agent.Bench;

/// <summary>The way to the keys of a rig's devices, each through its station: one dialogue at a time.</summary>
/// <param name="stations">The devices.</param>
internal sealed class RigKeyPort(IReadOnlyList<DeviceStation> stations) : IKeyPort
{
    /// <inheritdoc/>
    public Task<KeyRotation> RotateAsync(DeviceId device, CancellationToken cancellationToken) =>
        StationOf(device).RotateKeyAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<KeyProbe> ProbeAsync(DeviceId device, KeyProbeSubject subject, CancellationToken cancellationToken) =>
        StationOf(device).ProbeKeyAsync(subject, cancellationToken);

    private DeviceStation StationOf(DeviceId device) => stations.FirstOrDefault(station => station.Device.Id == device)
        ?? throw new LocalProtocolException("SRV-002", $"the device {device} is not on this bench", "the rig file", "keys");
}
