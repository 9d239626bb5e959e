using System.Security.Cryptography;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Drivers.Dlms;
using DeviceHarness.Drivers.Keys;
using DeviceHarness.Drivers.Security;

namespace DeviceHarness.Drivers.Esme;

/// <summary>Rotates the keys of a meter in two phases, and probes which it holds.</summary>
/// <param name="options">Device, profile and source of new keys.</param>
/// <param name="session">Link and association.</param>
/// <param name="setup">Where new keys are sent.</param>
/// <param name="authentication">The credentials.</param>
internal sealed class EsmeKeys(
    EsmeOptions options, EsmeSession session, SecuritySetupObject setup, DeviceAuthentication authentication)
    : IKeyRotation
{
    private readonly string _device = options.Id.Value;

    /// <inheritdoc/>
    public async Task<KeyRotation> RotateAsync(CancellationToken cancellationToken)
    {
        DeviceKeyRing ring = Ring();
        CipherKey master = DeviceCredentials.MasterKeyNamedBy(options.Profile)
            ?? throw KeyFaults.CannotRotate(_device, "no master key is known; name it as 'master-key' under 'keys' in the rig file");
        if (options.Profile.Association.ServerTitle is null)
        {
            throw KeyFaults.CannotRotate(
                _device, "nothing tells it from another with the same keys; state its system title as 'server-title' of the association");
        }

        using IDisposable rotation = ring.Begin(_device);
        await OpenAsync(ring, cancellationToken).ConfigureAwait(false);

        KeySet candidate = KeySet.Generate(options.Profile.Association.Suite, options.Random ?? RandomNumberGenerator.Fill);
        ring.Prepare(candidate);
        KeyRotationOutcome outcome;
        string detail;
        bool isLinkSound = true;
        try
        {
            await setup.TransferKeysAsync(master, candidate.Encryption, candidate.Authentication, cancellationToken).ConfigureAwait(false);
            outcome = KeyRotationOutcome.Confirmed;
            detail = "the device confirmed the new key";
        }
        catch (DeviceRefusedException refusal)
        {
            outcome = KeyRotationOutcome.Refused;
            detail = refusal.Message;
        }
        catch (HarnessException silence) when (silence is LinkTimeoutException or RemoteProtocolException)
        {
            outcome = KeyRotationOutcome.Unconfirmed;
            detail = $"no confirmation: {silence.Message}; both keys are kept, probe which one it holds";
            isLinkSound = LostLink.IsSilentApplication(silence) && await session.ProbeAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Whatever came: what is ciphered under the keys of this association may be wrong from now on.
            session.Forget();
        }

        ring.Answer(outcome);
        return outcome == KeyRotationOutcome.Unconfirmed
            ? new KeyRotation(outcome, KeyProof.None, detail) { IsLinkSound = isLinkSound }
            : await ProveAsync(ring, outcome, detail, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<KeyProbe> ProbeAsync(KeyProbeSubject subject, CancellationToken cancellationToken)
    {
        DeviceKeyRing ring = Ring();
        using IDisposable probe = ring.Begin(_device);
        if (subject == KeyProbeSubject.Former)
        {
            return await ProbeFormerAsync(ring, cancellationToken).ConfigureAwait(false);
        }

        await session.ReconnectAsync(cancellationToken).ConfigureAwait(false);
        await session.AssociateAsync(cancellationToken).ConfigureAwait(false);
        return Proven(ring);
    }

    private static KeyProbe Proven(DeviceKeyRing ring)
    {
        KeyRecord record = ring.Record;
        return new KeyProbe(
            record.Held, record.Held == KeyProof.Candidate ? "the device holds the new key" : "the device holds the former key");
    }

    /// <summary>A rotation begins from the key that the device has just proved to hold.</summary>
    private async Task OpenAsync(DeviceKeyRing ring, CancellationToken cancellationToken)
    {
        if (!session.IsOpen || ring.Record.State != RotationState.Settled)
        {
            await session.ReconnectAsync(cancellationToken).ConfigureAwait(false);
            await session.AssociateAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<KeyRotation> ProveAsync(
        DeviceKeyRing ring, KeyRotationOutcome outcome, string detail, CancellationToken cancellationToken)
    {
        try
        {
            await session.ReconnectAsync(cancellationToken).ConfigureAwait(false);
            await session.AssociateAsync(cancellationToken).ConfigureAwait(false);
            KeyProbe proven = Proven(ring);
            return new KeyRotation(outcome, proven.Proof, $"{detail}; {proven.Detail}");
        }
        catch (HarnessException open) when (open is not TransportException)
        {
            // The rotation has its outcome; that nothing is proven is one more, and both keys are kept.
            return new KeyRotation(outcome, KeyProof.None, $"{detail}; which key it holds is not proven: {open.Message}");
        }
    }

    private async Task<KeyProbe> ProbeFormerAsync(DeviceKeyRing ring, CancellationToken cancellationToken)
    {
        if (ring.Record.State != RotationState.Settled)
        {
            // Which one is the former is not known yet.
            await session.ReconnectAsync(cancellationToken).ConfigureAwait(false);
            await session.AssociateAsync(cancellationToken).ConfigureAwait(false);
        }

        KeyRecord record = ring.Record;
        KeySet former = record.Held == KeyProof.Candidate && record.Retired is { } retired
            ? retired
            : throw new LocalProtocolException(
                KeyFaults.NoFormerKey, $"{_device}: no key was rotated out, so there is none to be refused", "never rotated", "probe");
        authentication.RequireSpare(_device);
        KeyProbe found = await TryFormerAsync(former, cancellationToken).ConfigureAwait(false);

        // The right key gives the device's count of failures back.
        await session.ReassociateWithAsync(record.Active, cancellationToken).ConfigureAwait(false);
        return found;
    }

    private async Task<KeyProbe> TryFormerAsync(KeySet former, CancellationToken cancellationToken)
    {
        try
        {
            await session.ReassociateWithAsync(former, cancellationToken).ConfigureAwait(false);
            return new KeyProbe(KeyProof.Former, "the device takes the former key still");
        }
        catch (AuthenticationFailedException refusal) when (!refusal.IsCounter && !refusal.IsLockedOut && !refusal.IsOtherDevice)
        {
            return new KeyProbe(KeyProof.Refused, $"the device refuses the former key: {refusal.Message}");
        }
    }

    private DeviceKeyRing Ring() => authentication.Ring
        ?? throw KeyFaults.CannotRotate(
            _device,
            options.Profile.Association.NeedsGlobalKeys
                ? "no key store was given"
                : "its association uses no global key, so it could not prove which one it holds");
}
