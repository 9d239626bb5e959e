using DeviceHarness.Codecs.Acse;
using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Virtual.Security;

/// <summary>How one client's associations are secured, and how its authentications went.</summary>
internal sealed class ClientSecurity(AssociationSecurity association, SecurityOptions options, ClientSecurityRecord? kept)
{
    private int _failures = kept?.Failures ?? 0;
    private DateTimeOffset? _lockedUntil = kept?.LockedUntil;

    /// <summary>Mechanism, secret and ciphering.</summary>
    public AssociationSecurity Association => association;

    /// <summary>Keys, titles and counters; null for a client that needs none.</summary>
    public SecurityContext? Context => association.Context;

    /// <summary>The lowest invocation counter that is taken from the client.</summary>
    public uint ExpectedCounter => Context?.Counters.Receive.Expected ?? 0;

    /// <summary>What is kept of it without power.</summary>
    public ClientSecurityRecord Record => new(Context?.Counters.Receive.Last, _failures, _lockedUntil);

    /// <summary>Whether the client is locked out.</summary>
    /// <param name="now">True time.</param>
    public bool IsLocked(DateTimeOffset now) => _lockedUntil is DateTimeOffset until && now < until;

    /// <summary>The client proved who it is.</summary>
    public void Succeed()
    {
        _failures = 0;
        _lockedUntil = null;
    }

    /// <summary>Somebody could not prove to be this client.</summary>
    /// <param name="now">True time.</param>
    public void Fail(DateTimeOffset now)
    {
        _failures++;
        if (options.LockAfter > 0 && _failures >= options.LockAfter)
        {
            _failures = 0;
            _lockedUntil = now + options.LockTime;
        }
    }
}
