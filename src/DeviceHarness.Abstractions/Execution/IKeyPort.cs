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

    /// <summary>Finds out which key a device holds.</summary>
    /// <param name="device">The device's name in the rig file.</param>
    /// <param name="subject">With which keys.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Errors.HarnessException">Nothing was sent, the device takes no key, or the bench broke.</exception>
    Task<KeyProbe> ProbeAsync(DeviceId device, KeyProbeSubject subject, CancellationToken cancellationToken);
}
