using System.Security.Cryptography;

namespace DeviceHarness.Codecs.Security.Mmo;

/// <summary>What is made of a link key: the keys that other keys are sent under, and what may be shown of it.</summary>
/// <remarks>Spec: ZigBee specification, keys of a link key, as this harness's ZigBee guide sums it up: HMAC-MMO of one octet.</remarks>
public static class LinkKeyDerivation
{
    private const byte KeyTransportInput = 0x00;
    private const byte KeyLoadInput = 0x02;
    private const byte VerifyInput = 0x03;
    private const int FingerprintOctets = 4;

    /// <summary>The key that a network key is sent under to a device that joins.</summary>
    /// <param name="linkKey">The link key, 16 octets.</param>
    /// <exception cref="ArgumentException">The key has not 16 octets.</exception>
    public static CipherKey KeyTransport(CipherKey linkKey) => Derive(linkKey, KeyTransportInput);

    /// <summary>The key that a new link key is sent under.</summary>
    /// <param name="linkKey">The link key, 16 octets.</param>
    /// <exception cref="ArgumentException">The key has not 16 octets.</exception>
    public static CipherKey KeyLoad(CipherKey linkKey) => Derive(linkKey, KeyLoadInput);

    /// <summary>Makes what a device proves by that it holds the link key: the hash in a Verify Key command.</summary>
    /// <param name="linkKey">The link key, 16 octets.</param>
    /// <param name="hash">Where the 16 octets go.</param>
    /// <exception cref="ArgumentException">The key has not 16 octets, or the target has fewer.</exception>
    public static void VerifyHash(CipherKey linkKey, Span<byte> hash)
    {
        ArgumentNullException.ThrowIfNull(linkKey);
        HmacMmo.Compute(linkKey.Reveal(), [VerifyInput], hash);
    }

    /// <summary>What may be shown of a key: the first four octets of its AES-MMO hash, as eight hexadecimal digits.</summary>
    /// <param name="key">Any key.</param>
    public static string Fingerprint(CipherKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        Span<byte> digest = stackalloc byte[AesMmo.DigestOctets];
        AesMmo.Hash(key.Reveal(), digest);
        return Convert.ToHexString(digest[..FingerprintOctets]);
    }

    private static CipherKey Derive(CipherKey linkKey, byte input)
    {
        ArgumentNullException.ThrowIfNull(linkKey);
        Span<byte> octets = stackalloc byte[HmacMmo.MacOctets];
        HmacMmo.Compute(linkKey.Reveal(), [input], octets);
        CipherKey key = CipherKey.Create(octets);
        CryptographicOperations.ZeroMemory(octets);
        return key;
    }
}
