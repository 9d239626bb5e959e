using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DeviceHarness.Virtual.Firmware;

/// <summary>The Matyas-Meyer-Oseas hash over AES-128, by which a meter judges an upgrade file.</summary>
/// <remarks>Spec: ZigBee OTA upgrade cluster, image integrity code, as the domain guide gives it: H(0) = 0, H(n) = AES(key H(n-1), block n)
/// XOR block n. The device side has its own, so that a mistake of the builder is not its own judge.
/// <code>
/// message | 80 | 00 ... | length in bits: 2 octets, or from 65,536 bits on 4 octets and 00 00, at the end of the last block
/// </code>
/// </remarks>
public static class AesMmoHash
{
    /// <summary>How many octets a hash has.</summary>
    public const int OctetCount = 16;

    private const int ShortLimitBits = 65_536;
    private const int ShortTailOctets = 2;
    private const int LongTailOctets = 6;

    /// <summary>The hash of a message.</summary>
    /// <param name="message">The message, of any length.</param>
    /// <returns>16 octets.</returns>
    public static byte[] Compute(ReadOnlySpan<byte> message)
    {
        long bits = message.Length * 8L;
        int tail = bits < ShortLimitBits ? ShortTailOctets : LongTailOctets;
        int wholeOctets = message.Length / OctetCount * OctetCount;
        int restOctets = message.Length - wholeOctets;
        byte[] end = new byte[restOctets + 1 + tail <= OctetCount ? OctetCount : 2 * OctetCount];
        message[wholeOctets..].CopyTo(end);
        end[restOctets] = 0x80;
        if (tail == ShortTailOctets)
        {
            BinaryPrimitives.WriteUInt16BigEndian(end.AsSpan(end.Length - ShortTailOctets), (ushort)bits);
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(end.AsSpan(end.Length - LongTailOctets), (uint)bits);
        }

        byte[] hash = new byte[OctetCount];
        Absorb(hash, message[..wholeOctets]);
        Absorb(hash, end);
        return hash;
    }

    private static void Absorb(byte[] hash, ReadOnlySpan<byte> blocks)
    {
        using Aes aes = Aes.Create();
        Span<byte> next = stackalloc byte[OctetCount];
        for (; !blocks.IsEmpty; blocks = blocks[OctetCount..])
        {
            aes.Key = hash;
            aes.EncryptEcb(blocks[..OctetCount], next, PaddingMode.None);
            for (int index = 0; index < OctetCount; index++)
            {
                hash[index] = (byte)(next[index] ^ blocks[index]);
            }
        }
    }
}
