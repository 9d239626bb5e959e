using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DeviceHarness.Codecs.Security;

/// <summary>Wraps a key under another, so that it can be sent.</summary>
/// <remarks>Spec: RFC 3394, AES key wrap with the default initial value A6A6A6A6A6A6A6A6, by the steps with an index of 2.2.</remarks>
public static class AesKeyWrap
{
    /// <summary>How many octets a key grows by.</summary>
    public const int OverheadOctets = 8;

    /// <summary>The longest key that is wrapped, in octets.</summary>
    public const int MaximumKeyOctets = 64;

    private const int HalfBlockOctets = 8;
    private const int BlockOctets = 16;
    private const int FewestKeyOctets = 2 * HalfBlockOctets;
    private const int Rounds = 6;
    private const ulong InitialValue = 0xA6A6_A6A6_A6A6_A6A6;
    private const string Clause = "RFC 3394 2.2";

    /// <summary>Wraps a key.</summary>
    /// <param name="keyEncryptionKey">The key that the other is wrapped under: the master key.</param>
    /// <param name="key">The key to wrap: a multiple of 8 octets, 16 to <see cref="MaximumKeyOctets"/>.</param>
    /// <param name="target">Where the wrapped key goes: 8 octets more than the key.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    /// <returns>Done; destination too small; invalid data when the key has another length.</returns>
    public static OperationStatus Wrap(CipherKey keyEncryptionKey, ReadOnlySpan<byte> key, Span<byte> target, out int writtenOctets)
    {
        ArgumentNullException.ThrowIfNull(keyEncryptionKey);
        writtenOctets = 0;
        if (!IsKeyLength(key.Length))
        {
            return OperationStatus.InvalidData;
        }

        if (target.Length < key.Length + OverheadOctets)
        {
            return OperationStatus.DestinationTooSmall;
        }

        using Aes aes = Aes.Create();
        aes.SetKey(keyEncryptionKey.Reveal());
        Span<byte> block = stackalloc byte[BlockOctets];
        Span<byte> registers = target.Slice(OverheadOctets, key.Length);
        key.CopyTo(registers);
        int count = key.Length / HalfBlockOctets;
        ulong check = InitialValue;
        for (int step = 1; step <= Rounds * count; step++)
        {
            Span<byte> register = registers.Slice((step - 1) % count * HalfBlockOctets, HalfBlockOctets);
            BinaryPrimitives.WriteUInt64BigEndian(block, check);
            register.CopyTo(block[HalfBlockOctets..]);
            aes.EncryptEcb(block, block, PaddingMode.None);
            check = BinaryPrimitives.ReadUInt64BigEndian(block) ^ (ulong)step;
            block[HalfBlockOctets..].CopyTo(register);
        }

        BinaryPrimitives.WriteUInt64BigEndian(target, check);
        block.Clear();
        writtenOctets = key.Length + OverheadOctets;
        return OperationStatus.Done;
    }

    /// <summary>Unwraps a key.</summary>
    /// <param name="keyEncryptionKey">The key that the other was wrapped under.</param>
    /// <param name="wrapped">The wrapped key, all of it: a multiple of 8 octets, 24 to 72.</param>
    /// <param name="target">Where the key goes: 8 octets fewer; cleared when the check fails.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    /// <param name="fault">Malformed by its length, or authentication failed: another key encryption key, or changed octets.</param>
    public static OperationStatus Unwrap(
        CipherKey keyEncryptionKey, ReadOnlySpan<byte> wrapped, Span<byte> target, out int writtenOctets, out SecurityFault fault)
    {
        ArgumentNullException.ThrowIfNull(keyEncryptionKey);
        writtenOctets = 0;
        fault = SecurityFault.None;
        int keyOctets = wrapped.Length - OverheadOctets;
        if (!IsKeyLength(keyOctets))
        {
            fault = SecurityFault.Malformed(new(CodecFaultKind.BadLength, 0, -1, wrapped.Length, Clause));
            return OperationStatus.InvalidData;
        }

        if (target.Length < keyOctets)
        {
            return OperationStatus.DestinationTooSmall;
        }

        Span<byte> registers = target[..keyOctets];
        if (!TryUnwrap(keyEncryptionKey, wrapped, registers))
        {
            registers.Clear();
            fault = new(SecurityFaultKind.AuthenticationFailed);
            return OperationStatus.InvalidData;
        }

        writtenOctets = keyOctets;
        return OperationStatus.Done;
    }

    private static bool TryUnwrap(CipherKey keyEncryptionKey, ReadOnlySpan<byte> wrapped, Span<byte> registers)
    {
        using Aes aes = Aes.Create();
        aes.SetKey(keyEncryptionKey.Reveal());
        Span<byte> block = stackalloc byte[BlockOctets];
        wrapped[OverheadOctets..].CopyTo(registers);
        int count = registers.Length / HalfBlockOctets;
        ulong check = BinaryPrimitives.ReadUInt64BigEndian(wrapped);
        for (int step = Rounds * count; step >= 1; step--)
        {
            Span<byte> register = registers.Slice((step - 1) % count * HalfBlockOctets, HalfBlockOctets);
            BinaryPrimitives.WriteUInt64BigEndian(block, check ^ (ulong)step);
            register.CopyTo(block[HalfBlockOctets..]);
            aes.DecryptEcb(block, block, PaddingMode.None);
            check = BinaryPrimitives.ReadUInt64BigEndian(block);
            block[HalfBlockOctets..].CopyTo(register);
        }

        block.Clear();
        return check == InitialValue;
    }

    private static bool IsKeyLength(int octets) => octets is >= FewestKeyOctets and <= MaximumKeyOctets && octets % HalfBlockOctets == 0;
}
