using System.Diagnostics;
using System.Security.Cryptography;
using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Drivers.Keys;

/// <summary>The keys of one device that change together: what the Service Provider calls its Management Key.</summary>
/// <remarks>Neither key shows: in text there is the identifier only.</remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class KeySet : IEquatable<KeySet>
{
    private const int IdentifierOctets = 8;

    /// <summary>Puts two keys together.</summary>
    /// <param name="encryption">The global unicast encryption key.</param>
    /// <param name="authentication">The authentication key.</param>
    public KeySet(CipherKey encryption, CipherKey authentication)
    {
        ArgumentNullException.ThrowIfNull(encryption);
        ArgumentNullException.ThrowIfNull(authentication);
        Encryption = encryption;
        Authentication = authentication;
        Identifier = Identify(encryption, authentication);
    }

    /// <summary>The global unicast encryption key.</summary>
    public CipherKey Encryption { get; }

    /// <summary>The authentication key.</summary>
    public CipherKey Authentication { get; }

    /// <summary>Which keys these are, in 16 hexadecimal digits that do not give them away.</summary>
    public string Identifier { get; }

    /// <summary>Makes new keys.</summary>
    /// <param name="suite">Says how long they are.</param>
    /// <param name="random">Where their octets come from; on a real device a cryptographic source.</param>
    public static KeySet Generate(SecuritySuite suite, RandomOctets random) =>
        new(CipherKey.Generate(suite, random), CipherKey.Generate(suite, random));

    /// <inheritdoc/>
    public bool Equals(KeySet? other) =>
        other is not null && Encryption.Equals(other.Encryption) && Authentication.Equals(other.Authentication);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as KeySet);

    /// <inheritdoc/>
    public override int GetHashCode() => Identifier.GetHashCode(StringComparison.Ordinal);

    /// <summary>The identifier, never a key.</summary>
    public override string ToString() => $"keys {Identifier}";

    private static string Identify(CipherKey encryption, CipherKey authentication)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("device keys"u8);
        hash.AppendData(encryption.Reveal());
        hash.AppendData(authentication.Reveal());
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, IdentifierOctets));
    }
}
