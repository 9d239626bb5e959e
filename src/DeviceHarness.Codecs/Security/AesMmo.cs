using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DeviceHarness.Codecs.Security;

/// <summary>The hash of ZigBee: Matyas-Meyer-Oseas with AES-128.</summary>
/// <remarks>
/// Spec: ZigBee specification, annex B.6, as this harness's ZigBee guide sums it up: H0 is zero; each block M makes H =
/// AES(key H, M) xor M.
/// The message is padded by 80 and zeros up to its length in bits: a message below 65,536 bits ends in a 16-bit length, a longer one in a
/// 32-bit length and two zero octets.
/// </remarks>
public static class AesMmo
{
    /// <summary>The length of a digest, in octets.</summary>
    public const int DigestOctets = 16;

    private const int BlockOctets = 16;
    private const int ShortLengthOffset = 14;
    private const int LongLengthOffset = 10;
    private const int FirstLongMessageOctets = 65_536 / 8;

    /// <summary>Hashes a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="digest">Where the 16 octets of the digest go.</param>
    /// <exception cref="ArgumentException">The target is shorter than 16 octets.</exception>
    public static void Hash(ReadOnlySpan<byte> message, Span<byte> digest)
    {
        if (digest.Length < DigestOctets)
        {
            throw new ArgumentException($"a digest has {DigestOctets} octets", nameof(digest));
        }

        using Aes aes = Aes.Create();
        byte[] state = new byte[DigestOctets];
        int whole = message.Length / BlockOctets * BlockOctets;
        for (int offset = 0; offset < whole; offset += BlockOctets)
        {
            Absorb(aes, state, message.Slice(offset, BlockOctets));
        }

        AbsorbPadding(aes, state, message[whole..], message.Length);
        state.CopyTo(digest);
    }

    private static void AbsorbPadding(Aes aes, byte[] state, ReadOnlySpan<byte> rest, int messageOctets)
    {
        Span<byte> tail = stackalloc byte[2 * BlockOctets];
        tail.Clear();
        rest.CopyTo(tail);
        tail[rest.Length] = 0x80;
        bool isShort = messageOctets < FirstLongMessageOctets;
        int lengthOffset = isShort ? ShortLengthOffset : LongLengthOffset;
        int blocks = rest.Length + 1 <= lengthOffset ? 1 : 2;
        Span<byte> length = tail[(((blocks - 1) * BlockOctets) + lengthOffset)..];
        if (isShort)
        {
            BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(messageOctets * 8));
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(length, (uint)messageOctets * 8);
        }

        for (int block = 0; block < blocks; block++)
        {
            Absorb(aes, state, tail.Slice(block * BlockOctets, BlockOctets));
        }
    }

    private static void Absorb(Aes aes, byte[] state, ReadOnlySpan<byte> block)
    {
        aes.SetKey(state);
        _ = aes.EncryptEcb(block, state, PaddingMode.None);
        for (int index = 0; index < BlockOctets; index++)
        {
            state[index] ^= block[index];
        }
    }
}
