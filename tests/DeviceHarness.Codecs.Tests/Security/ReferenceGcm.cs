using System.Numerics;
using System.Security.Cryptography;

namespace DeviceHarness.Codecs.Tests.Security;

/// <summary>GCM by the book, bit by bit, on nothing but the AES block: slow, and independent of the platform's GCM.</summary>
/// <remarks>Spec: NIST SP 800-38D, for nonces of 12 octets.</remarks>
internal static class ReferenceGcm
{
    private const int BlockOctets = 16;

    /// <summary>Enciphers, and makes the whole tag of 16 octets.</summary>
    public static (byte[] Ciphertext, byte[] Tag) Encrypt(byte[] key, byte[] nonce, byte[] plaintext, byte[] associated)
    {
        using Aes aes = Aes.Create();
        aes.SetKey(key);
        byte[] ciphertext = new byte[plaintext.Length];
        for (int offset = 0; offset < plaintext.Length; offset += BlockOctets)
        {
            byte[] stream = aes.EncryptEcb(Counter(nonce, 2 + (offset / BlockOctets)), PaddingMode.None);
            for (int index = offset; index < Math.Min(plaintext.Length, offset + BlockOctets); index++)
            {
                ciphertext[index] = (byte)(plaintext[index] ^ stream[index - offset]);
            }
        }

        UInt128 hashKey = Number(aes.EncryptEcb(new byte[BlockOctets], PaddingMode.None));
        UInt128 hash = Absorb(Absorb(0, hashKey, associated), hashKey, ciphertext);
        UInt128 lengths = ((UInt128)((ulong)associated.Length * 8) << 64) | ((ulong)ciphertext.Length * 8);
        hash = Multiply(hash ^ lengths, hashKey) ^ Number(aes.EncryptEcb(Counter(nonce, 1), PaddingMode.None));
        return (ciphertext, Octets(hash));
    }

    private static UInt128 Absorb(UInt128 hash, UInt128 hashKey, byte[] octets)
    {
        for (int offset = 0; offset < octets.Length; offset += BlockOctets)
        {
            byte[] block = new byte[BlockOctets];
            octets.AsSpan(offset, Math.Min(BlockOctets, octets.Length - offset)).CopyTo(block);
            hash = Multiply(hash ^ Number(block), hashKey);
        }

        return hash;
    }

    private static UInt128 Multiply(UInt128 left, UInt128 right)
    {
        UInt128 polynomial = (UInt128)0xE1 << 120;
        UInt128 product = 0;
        for (int bit = 127; bit >= 0; bit--)
        {
            product ^= ((left >> bit) & 1) == 1 ? right : 0;
            bool isOdd = (right & 1) == 1;
            right >>= 1;
            right ^= isOdd ? polynomial : 0;
        }

        return product;
    }

    private static byte[] Counter(byte[] nonce, int value) => [.. nonce, .. Octets((uint)value)[12..]];

    private static UInt128 Number(byte[] octets) => BinaryInteger<UInt128>(octets);

    private static T BinaryInteger<T>(byte[] octets)
        where T : IBinaryInteger<T> => T.ReadBigEndian(octets, isUnsigned: true);

    private static byte[] Octets(UInt128 number)
    {
        byte[] octets = new byte[BlockOctets];
        ((IBinaryInteger<UInt128>)number).WriteBigEndian(octets);
        return octets;
    }
}
