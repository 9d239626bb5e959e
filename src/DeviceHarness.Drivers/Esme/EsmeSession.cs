using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Drivers.Dlms;
using DeviceHarness.Drivers.Keys;
using DeviceHarness.Drivers.Links;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Drivers.Security;

namespace DeviceHarness.Drivers.Esme;

/// <summary>Keeps link and association to one meter open between requests, and brings them up anew after any failure.</summary>
internal sealed class EsmeSession
{
    private readonly DeviceProfile _profile;
    private readonly IDeviceLink _link;
    private readonly DlmsClient _client;
    private readonly DeviceAuthentication _authentication;
    private TimeSpan _lastUsed;

    internal EsmeSession(DeviceProfile profile, IDeviceLink link, DlmsClient client, DeviceAuthentication authentication)
    {
        _profile = profile;
        _link = link;
        _client = client;
        _authentication = authentication;
    }

    /// <summary>Whether the association is open and the device cannot have dropped it yet.</summary>
    internal bool IsOpen => _client.IsAssociated
        && _link.IsUp
        && (_profile.InactivityTimeout == TimeSpan.Zero || _link.Now - _lastUsed < _profile.InactivityTimeout);

    /// <summary>Whether connecting makes anew what carries the link.</summary>
    internal bool MakesConnection => _link.MakesConnection;

    /// <summary>Notes that the device was spoken to, which restarts its inactivity time-out.</summary>
    internal void Touch() => _lastUsed = _link.Now;

    /// <summary>Forgets the association; the next request connects anew, which ends it on the device's side too.</summary>
    internal void Forget() => _client.Forget();

    /// <summary>How many associations were asked for: another number is another association, and may be with another device.</summary>
    internal int Association { get; private set; }

    /// <summary>Brings up the link.</summary>
    internal async Task ConnectAsync(CancellationToken cancellationToken)
    {
        _client.Forget();
        try
        {
            await _link.ConnectAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (DeviceRefusedException)
        {
            // A server that answers SNRM with DM is mostly still busy with an old link: take that down, then once more.
            await _link.DisconnectAsync(cancellationToken).ConfigureAwait(false);
            await _link.ConnectAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Opens the association on the link. After a rotation that was left open the device is probed with each set of keys that it
    /// may hold, and the one that it takes is kept.</summary>
    internal async Task AssociateAsync(CancellationToken cancellationToken)
    {
        Association++;
        IReadOnlyList<KeySet?> possible = _authentication.Possible;
        for (int index = 0; index < possible.Count; index++)
        {
            bool isLast = index == possible.Count - 1;
            _authentication.Use(possible[index]);
            try
            {
                await AssociateWithAsync(cancellationToken).ConfigureAwait(false);
                if (possible[index] is { } held)
                {
                    _authentication.Ring?.Prove(held);
                }

                Touch();
                return;
            }
            catch (HarnessException wrong) when (!isLast && MayBeWrongKey(wrong))
            {
                // A device that is gone shows that here, and then nothing is known of its keys.
                await ReconnectAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Opens an association anew with one set of keys, whatever the device may hold.</summary>
    internal async Task ReassociateWithAsync(KeySet keys, CancellationToken cancellationToken)
    {
        await ReconnectAsync(cancellationToken).ConfigureAwait(false);
        _authentication.Use(keys);
        await AssociateWithAsync(cancellationToken).ConfigureAwait(false);
        Touch();
    }

    /// <summary>Ends the link, and brings it up anew.</summary>
    internal async Task ReconnectAsync(CancellationToken cancellationToken)
    {
        await CloseAsync(cancellationToken).ConfigureAwait(false);
        await ConnectAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Many a device answers a wrong key by silence, or by a refusal without a reason.</summary>
    private static bool MayBeWrongKey(HarnessException exception) => exception switch
    {
        AuthenticationFailedException failure => !failure.IsCounter && !failure.IsLockedOut && !failure.IsOtherDevice,
        LinkTimeoutException or AssociationRefusedException => true,
        _ => false,
    };

    private async Task AssociateWithAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _authentication.AssociateAsync(_client, _link.Port, cancellationToken).ConfigureAwait(false);
        }
        catch (AuthenticationFailedException refusal)
            when (refusal.ExpectedCounter is uint expected && _authentication.TryRaiseCounter(expected))
        {
            // Ours had fallen behind, as when another client used the key: once more from where the meter stands.
            await _link.DisconnectAsync(cancellationToken).ConfigureAwait(false);
            await ConnectAsync(cancellationToken).ConfigureAwait(false);
            await _authentication.AssociateAsync(_client, _link.Port, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Asks the link for a sign of life: SNRM. An association that was open is lost by it.</summary>
    /// <returns>Whether anything answered.</returns>
    internal async Task<bool> ProbeAsync(CancellationToken cancellationToken)
    {
        _client.Forget();
        try
        {
            await _link.ConnectAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (LinkTimeoutException)
        {
            return false;
        }
        catch (HarnessException exception) when (exception is DeviceRefusedException or RemoteProtocolException)
        {
            // It answered, if badly: the line is sound.
            return true;
        }
    }

    /// <summary>Ends association and link; a device that no longer answers has nothing left to end.</summary>
    internal async Task CloseAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_client.IsAssociated && _profile.ReleasesAssociation && _link.IsUp)
            {
                await _client.ReleaseAsync(cancellationToken).ConfigureAwait(false);
            }

            if (_link.IsUp)
            {
                await _link.DisconnectAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (HarnessException exception) when (exception is LinkTimeoutException or RemoteProtocolException)
        {
            _link.Abandon();
        }
        finally
        {
            _client.Forget();
        }
    }
}
