using System.Globalization;
using System.Security.Cryptography;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Acse;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Drivers.Dlms;
using DeviceHarness.Drivers.Keys;
using DeviceHarness.Drivers.Profiles;

namespace DeviceHarness.Drivers.Security;

/// <summary>Associates with a device within its budget of attempts, and keeps what came of it.</summary>
internal sealed class DeviceAuthentication : IDisposable
{
    /// <summary>The highest counter that is taken over from a device: such a word is not authenticated, and one forged near the end would
    /// use the key up.</summary>
    internal const uint MaximumLearntCounter = 0xF000_0000;

    /// <summary>How many attempts a wrong key on purpose needs: its own, and one to come back with the right one.</summary>
    private const int AttemptsOnPurpose = 2;

    private static readonly IReadOnlyList<KeySet?> CredentialsOfProfile = [null];

    private readonly DeviceProfile _profile;
    private readonly IDeviceSecurityStore _store;
    private readonly RandomOctets _random;
    private readonly IAssociationDraws? _draws;
    private readonly TimeProvider _timeProvider;
    private readonly int _limit;
    private DeviceCredentials _credentials;
    private KeySet? _keys;

    /// <summary>Reads the credentials.</summary>
    /// <exception cref="ConfigurationException">One is missing or wrong, or a store cannot be read.</exception>
    internal DeviceAuthentication(DlmsDriverOptions options)
    {
        _profile = options.Profile;
        _store = options.Security;
        _draws = options.Draws;
        _random = _draws is null ? options.Random ?? RandomNumberGenerator.Fill : _draws.Fill;
        _timeProvider = options.Calendar ?? options.TimeProvider;
        _limit = _profile.Association.AttemptLimit ?? AttemptBudget.UnknownLimit;
        Ring = options.Keys is { } keys && _profile.Association.NeedsGlobalKeys
            ? new DeviceKeyRing(keys, DeviceCredentials.KeysNamedBy(_profile), _timeProvider)
            : null;
        _keys = Ring?.Record.Active;
        _credentials = new DeviceCredentials(_profile, _store, _random, _keys);
    }

    /// <summary>The device's keys and counters; null when its profile needs none.</summary>
    internal SecurityContext? Context => _credentials.Context;

    /// <summary>The keys over their rotations; null without a store, or when the device needs no global keys.</summary>
    internal DeviceKeyRing? Ring { get; }

    /// <summary>The sets of keys to try, in order; one null where the profile's credentials are all there is.</summary>
    /// <exception cref="ConfigurationException">The store cannot be read.</exception>
    internal IReadOnlyList<KeySet?> Possible => Ring is null ? CredentialsOfProfile : Ring.Record.Possible;

    public void Dispose() => _credentials.Dispose();

    /// <summary>Uses other keys from the next association on.</summary>
    internal void Use(KeySet? keys)
    {
        if (Equals(keys, _keys))
        {
            return;
        }

        DeviceCredentials next = new(_profile, _store, _random, keys);
        _credentials.Dispose();
        _credentials = next;
        _keys = keys;
    }

    /// <summary>Opens an association.</summary>
    /// <exception cref="AttemptsSpentException">DLMS-023: the budget is spent; DLMS-024: the device is locked. Nothing was
    /// sent.</exception>
    /// <exception cref="AuthenticationFailedException">DLMS-020 to -022: the credentials do not fit.</exception>
    /// <exception cref="HarnessException">The link failed, the device refuses, or its answer breaks the protocol.</exception>
    internal async Task AssociateAsync(DlmsClient client, string port, CancellationToken cancellationToken)
    {
        if (!_credentials.AreCounted)
        {
            await client.AssociateAsync(NextAssociation(), cancellationToken).ConfigureAwait(false);
            return;
        }

        AttemptRecord begun = Begin(port);
        AttemptEnd end = AttemptEnd.Unclear;
        DateTimeOffset? lockedUntil = null;
        try
        {
            await client.AssociateAsync(NextAssociation(), cancellationToken).ConfigureAwait(false);
            end = AttemptEnd.Proven;
        }
        catch (AuthenticationFailedException failure)
        {
            end = failure.IsCounter || failure.IsOtherDevice ? AttemptEnd.Undecided : AttemptEnd.Failed;
            lockedUntil = failure.IsLockedOut ? _timeProvider.GetUtcNow() + _profile.Association.LockTime : null;
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
            _store.SaveAttempts(AttemptBudget.Settle(begun, _credentials.Identifier, end) with { LockedUntil = lockedUntil });
            _credentials.MakeReceivedDurable();
        }
    }

    /// <summary>Makes sure that a wrong key can be tried on purpose, and the right one after it.</summary>
    /// <exception cref="AttemptsSpentException">DLMS-023: there is no attempt to spare; DLMS-024: the device is locked.</exception>
    internal void RequireSpare(string port)
    {
        AttemptRecord kept = Unlocked(port);
        int spent = AttemptBudget.Spent(kept, _credentials.Identifier);
        if (_limit - spent < AttemptsOnPurpose)
        {
            throw new AttemptsSpentException(
                DlmsFaults.AttemptsSpent,
                $"{port}: a wrong key on purpose needs {AttemptsOnPurpose} attempts, one for the right key after it; state the device's "
                + "limit as attempt-limit in its profile",
                spent, _limit);
        }
    }

    /// <summary>Raises our counter to what the device expects.</summary>
    /// <returns>False when it is that high already, or the device expects more than can be believed.</returns>
    internal bool TryRaiseCounter(uint expected) =>
        expected <= MaximumLearntCounter && _credentials.Context?.Counters.Send.TryRaiseTo(expected) == true;

    private DlmsAssociationSettings NextAssociation()
    {
        if (_draws is not null)
        {
            uint counter = _draws.Begin();
            _credentials.Context?.Counters.Send.TryRaiseTo(counter);
        }

        return _credentials.NextAssociation() with { FirstInvokeId = _draws?.FirstInvokeId };
    }

    private AttemptRecord Begin(string port)
    {
        AttemptRecord kept = Unlocked(port);
        AttemptRecord? begun = AttemptBudget.Begin(kept, _credentials.Identifier, _limit);
        if (begun is null)
        {
            string locks = _profile.Association.LockTime is { } time
                ? string.Create(CultureInfo.InvariantCulture, $"lock the device for {time.TotalMinutes:0.#} min")
                : "lock the device";
            throw new AttemptsSpentException(
                DlmsFaults.AttemptsSpent,
                $"{port}: no attempt to authenticate is left, since one more could {locks}; put its keys right, "
                + $"then remove {_store.Place}",
                AttemptBudget.Spent(kept, _credentials.Identifier), _limit);
        }

        _store.SaveAttempts(begun);
        return begun;
    }

    /// <summary>What was kept, when the device is not locked.</summary>
    private AttemptRecord Unlocked(string port)
    {
        AttemptRecord kept = AttemptBudget.Unlock(_store.ReadAttempts(), _timeProvider.GetUtcNow());
        if (kept.LockedUntil is { } until)
        {
            throw new AttemptsSpentException(
                DlmsFaults.Locked,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{port}: the device is locked until {until:yyyy-MM-dd HH:mm:ss}Z; nothing is sent before"),
                kept.Failures, _limit)
            {
                LockedUntil = until,
            };
        }

        return kept;
    }
}
