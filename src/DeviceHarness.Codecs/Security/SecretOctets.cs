using System.Diagnostics;
using System.Security.Cryptography;

namespace DeviceHarness.Codecs.Security;

/// <summary>Octets that never show: in text, in a debugger or in a serialised form there is only how many they are.</summary>
/// <remarks>Immutable and thread safe. Two are compared in a time that does not tell where they differ.</remarks>
[DebuggerDisplay("{ToString(),nq}")]
public abstract class SecretOctets : IEquatable<SecretOctets>
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _octets;

    private protected SecretOctets(ReadOnlySpan<byte> octets)
    {
        _octets = octets.ToArray();
    }

    /// <summary>How many octets.</summary>
    public int OctetCount => _octets.Length;

    /// <summary>The octets themselves: for a cipher, a key wrap or an encrypted store, and for nothing that people read.</summary>
    public ReadOnlySpan<byte> Reveal() => _octets;

    /// <inheritdoc/>
    public bool Equals(SecretOctets? other) => other is not null && CryptographicOperations.FixedTimeEquals(_octets, other._octets);

    /// <inheritdoc/>
    public sealed override bool Equals(object? obj) => Equals(obj as SecretOctets);

    /// <summary>A value that tells only the length.</summary>
    public sealed override int GetHashCode() => _octets.Length;

    /// <summary>How many octets, never which.</summary>
    public sealed override string ToString() => $"{_octets.Length} octets, not shown";
}
