using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Virtual.Security;

/// <summary>The keys of a meter, and what it asks of those who use them.</summary>
public sealed record SecurityOptions
{
    /// <summary>The suite of its security setup.</summary>
    public SecuritySuite Suite { get; init; }

    /// <summary>What a request of a ciphered association needs at least, and what the answers get: attribute 2 of version 0.</summary>
    public SecurityPolicy Policy { get; init; }

    /// <summary>The meter's system title; null for one made of flag and serial number.</summary>
    public SystemTitle? Title { get; init; }

    /// <summary>The global unicast encryption key; null for a meter without. Only ever a test key.</summary>
    public CipherKey? TestEncryptionKey { get; init; }

    /// <summary>The authentication key; null for a meter without. Only ever a test key.</summary>
    public CipherKey? TestAuthenticationKey { get; init; }

    /// <summary>The master key, under which new keys come; null for a meter that takes none. Only ever a test key.</summary>
    public CipherKey? TestMasterKey { get; init; }

    /// <summary>After how many failed authentications in a row a client is locked out (1 to 100); 0 for never.</summary>
    public int LockAfter { get; init; }

    /// <summary>For how long, over true time.</summary>
    public TimeSpan LockTime { get; init; } = TimeSpan.FromMinutes(10);
}
