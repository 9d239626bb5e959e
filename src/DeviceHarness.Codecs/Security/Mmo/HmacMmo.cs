using System.Security.Cryptography;

namespace DeviceHarness.Codecs.Security.Mmo;

/// <summary>The keyed hash of ZigBee: HMAC over <see cref="AesMmo"/>.</summary>
/// <remarks>
/// Spec: ZigBee specification, annex C (HMAC with a block of 16 octets), as this harness's ZigBee guide sums it up:
/// H((K xor 5C..5C) | H((K xor 36..36) | message)). The octets that hold the key are cleared before it returns; the platform's cipher
/// keeps its own copies for as long as it likes.
/// </remarks>
public static class HmacMmo
{
    /// <summary>The length of a key, in octets: never another.</summary>
    public const int KeyOctets = 16;

    /// <summary>The length of a MAC, in octets.</summary>
    public const int MacOctets = AesMmo.DigestOctets;

    private const int StackOctets = 512;
    private const byte InnerPad = 0x36;
    private const byte OuterPad = 0x5C;

    /// <summary>Makes the MAC of a message.</summary>
    /// <param name="key">The key, 16 octets.</param>
    /// <param name="message">The message; it may be empty.</param>
    /// <param name="mac">Where the 16 octets go.</param>
    /// <exception cref="ArgumentException">The key has not 16 octets, or the target has fewer.</exception>
    public static void Compute(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, Span<byte> mac)
    {
        if (key.Length != KeyOctets)
        {
            throw new ArgumentException($"a key has {KeyOctets} octets, not {key.Length}", nameof(key));
        }

        if (mac.Length < MacOctets)
        {
            throw new ArgumentException($"a MAC has {MacOctets} octets", nameof(mac));
        }

        int octets = KeyOctets + message.Length;
        Span<byte> inner = octets <= StackOctets ? stackalloc byte[octets] : new byte[octets];
        Span<byte> outer = stackalloc byte[KeyOctets + MacOctets];
        for (int index = 0; index < KeyOctets; index++)
        {
            inner[index] = (byte)(key[index] ^ InnerPad);
            outer[index] = (byte)(key[index] ^ OuterPad);
        }

        message.CopyTo(inner[KeyOctets..]);
        AesMmo.Hash(inner, outer[KeyOctets..]);
        AesMmo.Hash(outer, mac);
        CryptographicOperations.ZeroMemory(inner);
        CryptographicOperations.ZeroMemory(outer);
    }

    /// <summary>Whether a MAC is that of a message; compared in a time that does not tell where they differ.</summary>
    /// <param name="key">The key, 16 octets.</param>
    /// <param name="message">The message.</param>
    /// <param name="mac">The MAC that came; of any other length it is wrong.</param>
    /// <exception cref="ArgumentException">The key has not 16 octets.</exception>
    public static bool Verify(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> mac)
    {
        Span<byte> expected = stackalloc byte[MacOctets];
        Compute(key, message, expected);
        bool isRight = CryptographicOperations.FixedTimeEquals(expected, mac);
        CryptographicOperations.ZeroMemory(expected);
        return isRight;
    }
}
