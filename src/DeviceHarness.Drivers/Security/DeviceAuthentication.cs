using System.Security.Cryptography;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Acse;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Drivers.Dlms;
using DeviceHarness.Drivers.Profiles;

namespace DeviceHarness.Drivers.Security;

/// <summary>Associates with a device within its budget of attempts, and keeps what came of it.</summary>
internal sealed class DeviceAuthentication : IDisposable
{
    /// <summary>The highest counter that is taken over from a device: such a word is not authenticated, and one forged near the end would
    /// use the key up.</summary>
    internal const uint MaximumLearntCounter = 0xF000_0000;

    private readonly IDeviceSecurityStore _store;
    private readonly DeviceCredentials _credentials;
    private readonly int _limit;

    /// <summary>Reads the credentials.</summary>
    /// <exception cref="ConfigurationException">One is missing or wrong, or the store cannot be read.</exception>
    internal DeviceAuthentication(DeviceProfile profile, IDeviceSecurityStore store, RandomOctets? random)
    {
        _store = store;
        _credentials = new DeviceCredentials(profile, store, random ?? RandomNumberGenerator.Fill);
        _limit = profile.Association.AttemptLimit ?? AttemptBudget.UnknownLimit;
    }

    /// <summary>The device's keys and counters; null when its profile needs none.</summary>
    internal SecurityContext? Context => _credentials.Context;

    public void Dispose() => _credentials.Dispose();

    /// <summary>Opens an association.</summary>
    /// <exception cref="AttemptsSpentException">DLMS-023: the budget is spent; nothing was sent.</exception>
    /// <exception cref="AuthenticationFailedException">DLMS-020 to -022: the credentials do not fit.</exception>
    /// <exception cref="HarnessException">The link failed, the device refuses, or its answer breaks the protocol.</exception>
    internal async Task AssociateAsync(DlmsClient client, string port, CancellationToken cancellationToken)
    {
        if (!_credentials.AreCounted)
        {
            await client.AssociateAsync(_credentials.NextAssociation(), cancellationToken).ConfigureAwait(false);
            return;
        }

        AttemptRecord begun = Begin(port);
        AttemptEnd end = AttemptEnd.Unclear;
        try
        {
            await client.AssociateAsync(_credentials.NextAssociation(), cancellationToken).ConfigureAwait(false);
            end = AttemptEnd.Proven;
        }
        catch (AuthenticationFailedException failure)
        {
            end = failure.IsCounter ? AttemptEnd.Undecided : AttemptEnd.Failed;
            throw;
        }
        catch (AssociationRefusedException refusal)
        {
            // "No reason given" may well be a wrong key.
            end = refusal.DeviceCode > (int)AssociationDiagnostic.NoReasonGiven ? AttemptEnd.Undecided : AttemptEnd.Unclear;
            throw;
        }
        finally
        {
            _store.SaveAttempts(AttemptBudget.Settle(begun, _credentials.Identifier, end));
        }
    }

    /// <summary>Raises our counter to what the device expects.</summary>
    /// <returns>False when it is that high already, or the device expects more than can be believed.</returns>
    internal bool TryRaiseCounter(uint expected) =>
        expected <= MaximumLearntCounter && _credentials.Context?.Counters.Send.TryRaiseTo(expected) == true;

    private AttemptRecord Begin(string port)
    {
        AttemptRecord kept = _store.ReadAttempts();
        AttemptRecord? begun = AttemptBudget.Begin(kept, _credentials.Identifier, _limit);
        if (begun is null)
        {
            throw new AttemptsSpentException(
                DlmsFaults.AttemptsSpent,
                $"{port}: no attempt to authenticate is left, since one more could lock the device; put its keys right, "
                + $"then remove {_store.Place}",
                AttemptBudget.Spent(kept, _credentials.Identifier), _limit);
        }

        _store.SaveAttempts(begun);
        return begun;
    }
}
