using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Drivers.Keys;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Agent.Bench;

/// <summary>The way to the keys of a rig's devices, each through its station: one dialogue at a time.</summary>
/// <param name="stations">The devices.</param>
/// <param name="policy">What the simulated Service Provider's automation does.</param>
/// <param name="time">The clock that it waits by.</param>
internal sealed class RigKeyPort(IReadOnlyList<DeviceStation> stations, KeyRotationPolicy policy, TimeProvider time) : IKeyPort
{
    /// <inheritdoc/>
    public Task<KeyRotation> RotateAsync(DeviceId device, CancellationToken cancellationToken) =>
        StationOf(device).RotateKeyAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<KeyRotation> AutomateAsync(DeviceId device, CancellationToken cancellationToken)
    {
        KeyRotation rotation = await RotateAsync(device, cancellationToken).ConfigureAwait(false);
        int commands = 1;
        while (policy.Repeat(commands, rotation is { Outcome: KeyRotationOutcome.Unconfirmed, IsLinkSound: true }))
        {
            await Task.Delay(policy.After, time, cancellationToken).ConfigureAwait(false);
            rotation = await RotateAsync(device, cancellationToken).ConfigureAwait(false);
            commands++;
        }

        return rotation with { Commands = commands };
    }

    /// <inheritdoc/>
    public RotationTimeliness? TimelinessOf(DeviceId device, DateTimeOffset migratedAt, DateTimeOffset at) =>
        StationOf(device).Keys is { } keys ? new RotationDeadline(migratedAt).Judge(keys.Read(), at) : null;

    /// <inheritdoc/>
    public Task<KeyProbe> ProbeAsync(DeviceId device, KeyProbeSubject subject, CancellationToken cancellationToken) =>
        StationOf(device).ProbeKeyAsync(subject, cancellationToken);

    private DeviceStation StationOf(DeviceId device) => stations.FirstOrDefault(station => station.Device.Id == device)
        ?? throw new LocalProtocolException("SRV-002", $"the device {device} is not on this bench", "the rig file", "keys");
}
