using System.Diagnostics.CodeAnalysis;

namespace DeviceHarness.Codecs.Security;

/// <summary>A key of a security suite: encryption, authentication, dedicated or master.</summary>
/// <remarks>Spec: IEC 62056-5-3, security suites: 16 octets in suites 0 and 1, 32 octets in suite 2.</remarks>
public sealed class CipherKey : SecretOctets
{
    private CipherKey(ReadOnlySpan<byte> octets)
        : base(octets)
    {
    }

    /// <summary>Makes a key.</summary>
    /// <param name="octets">16 or 32 octets.</param>
    /// <param name="key">The key; null when the length is another.</param>
    public static bool TryCreate(ReadOnlySpan<byte> octets, [NotNullWhen(true)] out CipherKey? key)
    {
        bool isLengthRight = octets.Length is SecuritySuiteFacts.ShortKeyOctets or SecuritySuiteFacts.LongKeyOctets;
        key = isLengthRight ? new CipherKey(octets) : null;
        return isLengthRight;
    }

    /// <summary>Makes a key.</summary>
    /// <param name="octets">16 or 32 octets.</param>
    /// <exception cref="ArgumentException">The length is another; the text names only the length.</exception>
    public static CipherKey Create(ReadOnlySpan<byte> octets) => TryCreate(octets, out CipherKey? key)
        ? key
        : throw new ArgumentException($"a key has 16 or 32 octets, not {octets.Length}", nameof(octets));

    /// <summary>Makes a new key.</summary>
    /// <param name="suite">Says how long the key is.</param>
    /// <param name="random">Where its octets come from; on a real device a cryptographic source.</param>
    public static CipherKey Generate(SecuritySuite suite, RandomOctets random)
    {
        ArgumentNullException.ThrowIfNull(random);
        Span<byte> octets = stackalloc byte[suite.KeyOctets()];
        random(octets);
        CipherKey key = new(octets);
        octets.Clear();
        return key;
    }
}
