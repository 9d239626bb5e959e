using DeviceHarness.Abstractions.Devices;

namespace DeviceHarness.Abstractions.Execution;

/// <summary>The way to the keys of a bench's devices, past the service: no Service Request rotates a key of a SMETS1 device.</summary>
/// <remarks>No key passes here. A broken bench, a device that is not there and a spent budget of attempts are
/// <see cref="Errors.HarnessException"/>s.</remarks>
public interface IKeyPort
{
    /// <summary>Gives a device a new Management Key.</summary>
    /// <param name="device">The device's name in the rig file.</param>
    /// <param name="cancellationToken">Ends the wait; both keys are kept, and which one the device holds is open.</param>
    /// <exception cref="Errors.HarnessException">Nothing was sent, or the bench broke.</exception>
    Task<KeyRotation> RotateAsync(DeviceId device, CancellationToken cancellationToken);

    /// <summary>Gives a device a new Management Key as the simulated Service Provider's automation does, which repeats a command that was
    /// not confirmed.</summary>
    /// <param name="device">The device's name in the rig file.</param>
    /// <param name="cancellationToken">Ends the wait; all keys are kept, and which one the device holds is open.</param>
    /// <returns>What became of the last command. A bench without an automation sends one.</returns>
    /// <exception cref="Errors.HarnessException">Nothing was sent, or the bench broke.</exception>
    Task<KeyRotation> AutomateAsync(DeviceId device, CancellationToken cancellationToken) => RotateAsync(device, cancellationToken);

    /// <summary>Where a device stands with the rotation that is due after its migration, by what is known of its keys. Nothing is
    /// sent.</summary>
    /// <param name="device">The device's name in the rig file.</param>
    /// <param name="migratedAt">When it is taken to have been migrated.</param>
    /// <param name="at">The time at which it is judged.</param>
    /// <returns>Null when the bench keeps no keys of it.</returns>
    RotationTimeliness? TimelinessOf(DeviceId device, DateTimeOffset migratedAt, DateTimeOffset at) => null;

    /// <summary>Finds out which key a device holds.</summary>
    /// <param name="device">The device's name in the rig file.</param>
    /// <param name="subject">With which keys.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Errors.HarnessException">Nothing was sent, the device takes no key, or the bench broke.</exception>
    Task<KeyProbe> ProbeAsync(DeviceId device, KeyProbeSubject subject, CancellationToken cancellationToken);
}
