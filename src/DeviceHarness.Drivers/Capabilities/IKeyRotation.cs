using DeviceHarness.Abstractions.Devices;

namespace DeviceHarness.Drivers.Capabilities;

/// <summary>Gives a device a new Management Key, and finds out which key it holds.</summary>
/// <remarks>No Service Request does this on a SMETS1 device: the Service Provider rotates the key after migration. So it is a capability
/// of a driver, and a step of a pack, and no variant. What keys there are never leaves the driver.</remarks>
public interface IKeyRotation
{
    /// <summary>Makes a new key, keeps it, and gives it to the device. A confirmed or refused rotation is proven at once.</summary>
    /// <param name="cancellationToken">Ends the wait; which key the device holds is then open, and both are kept.</param>
    /// <exception cref="Abstractions.Errors.LocalProtocolException">KEYS-001: the device has no key to rotate, or no master key is known;
    /// KEYS-002: another rotation is under way. Nothing was sent.</exception>
    /// <exception cref="Abstractions.Errors.HarnessException">The device could not be reached before, or the bench broke.</exception>
    Task<KeyRotation> RotateAsync(CancellationToken cancellationToken);

    /// <summary>Associates anew and says which key the device took. That settles a rotation that was left open.</summary>
    /// <param name="subject">With which keys.</param>
    /// <param name="cancellationToken">Ends the wait; nothing is settled then.</param>
    /// <exception cref="Abstractions.Errors.LocalProtocolException">KEYS-001: the device has no key to rotate; KEYS-003: there is no former
    /// key. Nothing was sent.</exception>
    /// <exception cref="Abstractions.Errors.AttemptsSpentException">DLMS-023, -024: too few attempts are left, or the device is
    /// locked.</exception>
    /// <exception cref="Abstractions.Errors.HarnessException">The device takes none of the keys, is silent, or the bench
    /// broke.</exception>
    Task<KeyProbe> ProbeAsync(KeyProbeSubject subject, CancellationToken cancellationToken);
}
