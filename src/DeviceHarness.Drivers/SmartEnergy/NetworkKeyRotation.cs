using System.Globalization;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.Keys;

namespace DeviceHarness.Drivers.SmartEnergy;

/// <summary>Gives the network of a device a new key, and finds out whether the device took it.</summary>
/// <remarks>Source: this harness's ZigBee guide 11.2. A device that answers holds the network key in use. One that answered before and does
/// not answer after is deaf: it missed or ignored the key, and comes back when it rejoins by its link key.</remarks>
internal sealed class NetworkKeyRotation(SmartEnergyOptions options, SmartEnergyDevice device)
{
    private bool _isRotated;

    internal async Task<KeyRotation> RotateAsync(CancellationToken cancellationToken)
    {
        if (!await device.ProbeAsync(cancellationToken).ConfigureAwait(false))
        {
            throw HanFaults.NotAcknowledged($"{device.Name}: before the network key is changed", "no answer");
        }

        byte sequence = await options.Network.RotateNetworkKeyAsync(cancellationToken).ConfigureAwait(false);
        _isRotated = true;
        string key = string.Create(CultureInfo.InvariantCulture, $"network key {sequence}");
        return await device.ProbeAsync(cancellationToken).ConfigureAwait(false)
            ? new(KeyRotationOutcome.Confirmed, KeyProof.Candidate, $"the device answers under {key}")
            : new(KeyRotationOutcome.Unconfirmed, KeyProof.None, $"the device answered before, and does not answer under {key}");
    }

    internal async Task<KeyProbe> ProbeAsync(KeyProbeSubject subject, CancellationToken cancellationToken)
    {
        if (subject == KeyProbeSubject.Former)
        {
            throw new LocalProtocolException(
                KeyFaults.NoFormerKey, $"{device.Name}: a device cannot be asked under a network key that is not in use", "any", "probe");
        }

        return !await device.ProbeAsync(cancellationToken).ConfigureAwait(false)
            ? new(KeyProof.None, "the device does not answer under the network key in use")
            : new(_isRotated ? KeyProof.Candidate : KeyProof.Former, "the device answers under the network key in use");
    }
}
