using System.Buffers.Binary;

namespace DeviceHarness.Codecs.Axdr;

/// <summary>One value as the reader met it: its type and its content, pointing into the octets read.</summary>
/// <remarks>Of an array or a structure only the count: its items are the values read next.</remarks>
public readonly ref struct AxdrValue
{
    internal AxdrValue(DlmsDataType type, int count, ReadOnlySpan<byte> octets)
    {
        Type = type;
        Count = count;
        Octets = octets;
    }

    /// <summary>The tag.</summary>
    public DlmsDataType Type { get; }

    /// <summary>Items of an array or structure, bits of a bit-string; otherwise 0.</summary>
    public int Count { get; }

    /// <summary>
    /// The content without tag and length; empty for null-data, array and structure. Of a compact-array: the type description and the
    /// length-prefixed contents.
    /// </summary>
    public ReadOnlySpan<byte> Octets { get; }

    /// <summary>The value as a signed number; false when it is no whole number, or a long64-unsigned beyond the range.</summary>
    /// <param name="value">The number; a boolean gives 0 or 1, an enum or bcd its octet.</param>
    public bool TryGetInt64(out long value)
    {
        value = Type switch
        {
            DlmsDataType.Boolean => Octets[0] != 0 ? 1 : 0,
            DlmsDataType.Bcd or DlmsDataType.Unsigned or DlmsDataType.Enum => Octets[0],
            DlmsDataType.Integer => (sbyte)Octets[0],
            DlmsDataType.Long => BinaryPrimitives.ReadInt16BigEndian(Octets),
            DlmsDataType.LongUnsigned => BinaryPrimitives.ReadUInt16BigEndian(Octets),
            DlmsDataType.DoubleLong => BinaryPrimitives.ReadInt32BigEndian(Octets),
            DlmsDataType.DoubleLongUnsigned => BinaryPrimitives.ReadUInt32BigEndian(Octets),
            DlmsDataType.Long64 or DlmsDataType.Long64Unsigned => BinaryPrimitives.ReadInt64BigEndian(Octets),
            _ => 0,
        };
        return Type switch
        {
            DlmsDataType.Boolean or DlmsDataType.Bcd or DlmsDataType.Unsigned or DlmsDataType.Enum or DlmsDataType.Integer
                or DlmsDataType.Long or DlmsDataType.LongUnsigned or DlmsDataType.DoubleLong or DlmsDataType.DoubleLongUnsigned
                or DlmsDataType.Long64 => true,
            DlmsDataType.Long64Unsigned => value >= 0,
            _ => false,
        };
    }

    /// <summary>The value of float32 or float64; false for other types.</summary>
    /// <param name="value">The number, which may be infinite or no number.</param>
    public bool TryGetDouble(out double value)
    {
        value = Type switch
        {
            DlmsDataType.Float32 => BinaryPrimitives.ReadSingleBigEndian(Octets),
            DlmsDataType.Float64 => BinaryPrimitives.ReadDoubleBigEndian(Octets),
            _ => 0,
        };
        return Type is DlmsDataType.Float32 or DlmsDataType.Float64;
    }
}
