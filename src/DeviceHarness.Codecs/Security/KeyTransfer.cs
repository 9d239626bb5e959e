using System.Buffers;
using DeviceHarness.Codecs.Axdr;

namespace DeviceHarness.Codecs.Security;

/// <summary>The parameter of method 2 of the security setup: new keys for the device, each wrapped under the master key.</summary>
/// <remarks>
/// Spec: IEC 62056-6-2, security setup class 64, global_key_transfer (version 0) and key_transfer (version 1). The spans point into the
/// octets that were decoded. The answer is still ciphered with the old keys; the new ones hold from the next APDU.
/// <code>
/// 01 n { 02 02 | 16 key id | 09 length wrapped key }
/// </code>
/// </remarks>
public readonly ref struct KeyTransfer
{
    /// <summary>The class of the security setup.</summary>
    public const ushort ClassId = 64;

    /// <summary>The method.</summary>
    public const sbyte MethodId = 2;

    /// <summary>The most keys in one transfer: each of the four once.</summary>
    public const int MaximumKeys = 4;

    private const string Clause = "IEC 62056-6-2 security setup, key transfer";

    private readonly ReadOnlySpan<byte> _items;

    private KeyTransfer(int count, ReadOnlySpan<byte> items)
    {
        Count = count;
        _items = items;
    }

    /// <summary>How many keys, 1 to <see cref="MaximumKeys"/>.</summary>
    public int Count { get; }

    /// <summary>Decodes the parameter, one value of type Data.</summary>
    /// <param name="source">The octets that the value starts; octets after it are left alone.</param>
    /// <param name="transfer">The keys, when done.</param>
    /// <param name="consumedOctets">The value's octets when done, otherwise 0.</param>
    /// <param name="fault">What is wrong: no array of such structures, no or too many keys, a key id above 3, one key twice.</param>
    public static OperationStatus Decode(ReadOnlySpan<byte> source, out KeyTransfer transfer, out int consumedOctets, out CodecFault fault)
    {
        transfer = default;
        AxdrReader reader = new(source);
        if (reader.TryExpect((byte)DlmsDataType.Array, clause: Clause) && reader.TryReadLength(out int count))
        {
            int start = reader.ConsumedOctets;
            if (TryReadItems(ref reader, count))
            {
                transfer = new(count, source[start..reader.ConsumedOctets]);
            }
        }

        return reader.Complete(out consumedOctets, out fault);
    }

    /// <summary>Encodes the parameter.</summary>
    /// <param name="keys">1 to <see cref="MaximumKeys"/> wrapped keys.</param>
    /// <param name="target">Where the octets go.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    public static OperationStatus Encode(ReadOnlySpan<WrappedKey> keys, Span<byte> target, out int writtenOctets)
    {
        AxdrWriter writer = new(target);
        if (keys.Length is 0 or > MaximumKeys)
        {
            writer.Fail();
        }

        writer.WriteArray(keys.Length);
        foreach (WrappedKey key in keys)
        {
            writer.WriteStructure(2);
            writer.WriteEnum((byte)key.Id);
            writer.WriteOctetString(key.Octets.Span);
        }

        return writer.Complete(out writtenOctets);
    }

    /// <summary>Gives one of the keys.</summary>
    /// <param name="index">0 to <see cref="Count"/> less 1.</param>
    /// <param name="id">Which key of the device it becomes.</param>
    /// <returns>The wrapped key.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
    public ReadOnlySpan<byte> KeyAt(int index, out KeyId id)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        AxdrReader reader = new(_items);
        ReadOnlySpan<byte> wrapped = default;
        byte octet = 0;
        for (int read = 0; read <= index; read++)
        {
            TryReadItem(ref reader, out octet, out wrapped);
        }

        id = (KeyId)octet;
        return wrapped;
    }

    private static bool TryReadItems(scoped ref AxdrReader reader, int count)
    {
        if (count is 0 or > MaximumKeys)
        {
            return reader.Fail(new(CodecFaultKind.LimitExceeded, 1, MaximumKeys, count, Clause));
        }

        int seen = 0;
        for (int index = 0; index < count; index++)
        {
            int offset = reader.ConsumedOctets;
            if (!TryReadItem(ref reader, out byte id, out _))
            {
                return false;
            }

            const int idOffset = 3;
            bool isNew = id <= (byte)KeyId.Master && (seen & (1 << id)) == 0;
            if (!isNew)
            {
                return reader.Fail(new(CodecFaultKind.UnexpectedValue, offset + idOffset, -1, id, Clause));
            }

            seen |= 1 << id;
        }

        return true;
    }

    private static bool TryReadItem(scoped ref AxdrReader reader, out byte id, out ReadOnlySpan<byte> wrapped)
    {
        id = 0;
        wrapped = default;
        return reader.TryExpect((byte)DlmsDataType.Structure, clause: Clause)
            && reader.TryExpect(2, clause: Clause)
            && reader.TryExpect((byte)DlmsDataType.Enum, clause: Clause)
            && reader.TryReadOctet(out id)
            && reader.TryExpect((byte)DlmsDataType.OctetString, clause: Clause)
            && reader.TryReadLengthPrefixed(out wrapped);
    }
}
