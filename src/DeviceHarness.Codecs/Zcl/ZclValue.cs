using System.Buffers.Binary;

namespace DeviceHarness.Codecs.Zcl;

/// <summary>One value as the reader met it: its type and its content, pointing into the octets read.</summary>
/// <remarks>Spec: ZigBee Cluster Library, data types. All numbers little-endian.</remarks>
public readonly ref struct ZclValue
{
    private const byte AllOnes = 0xFF;
    private const byte MostNegative = 0x80;

    internal ZclValue(ZclDataType type, ReadOnlySpan<byte> octets, bool isAbsent)
    {
        Type = type;
        Octets = octets;
        IsAbsent = isAbsent;
    }

    /// <summary>The type.</summary>
    public ZclDataType Type { get; }

    /// <summary>
    /// The content: of a string without its count, of an array, set or bag from the octet that names its items' type, of a structure from
    /// its count.
    /// </summary>
    public ReadOnlySpan<byte> Octets { get; }

    /// <summary>True when the type's invalid value stands there, which says that there is no value.</summary>
    public bool IsInvalid => IsAbsent || Type switch
    {
        ZclDataType.NoData or ZclDataType.SecurityKey => false,
        >= ZclDataType.Data8 and <= ZclDataType.Data64 or >= ZclDataType.Bitmap8 and <= ZclDataType.Bitmap64 => false,
        >= ZclDataType.Signed8 and <= ZclDataType.Signed64 =>
            Octets[^1] == MostNegative && !Octets[..^1].ContainsAnyExcept((byte)0),
        >= ZclDataType.SemiPrecision and <= ZclDataType.DoublePrecision => TryGetDouble(out double number) && double.IsNaN(number),
        _ => Type.ContentOctets() > 0 && !Octets.ContainsAnyExcept(AllOnes),
    };

    /// <summary>True for a string, array or structure whose count says that there is no value.</summary>
    internal bool IsAbsent { get; }

    /// <summary>The value as an unsigned number; false for types that are none.</summary>
    /// <param name="value">The number; a boolean gives its octet, a bitmap its bits, an EUI-64 the number that is printed.</param>
    public bool TryGetUInt64(out ulong value)
    {
        bool isNumber = Type.IsUnsigned();
        value = isNumber ? Unsigned(Octets) : 0;
        return isNumber;
    }

    /// <summary>The value as a signed number; false when it is no number, or is beyond the range.</summary>
    /// <param name="value">The number.</param>
    public bool TryGetInt64(out long value)
    {
        if (Type.IsSigned())
        {
            int spare = 64 - (8 * Octets.Length);
            value = (long)(Unsigned(Octets) << spare) >> spare;
            return true;
        }

        bool isNumber = TryGetUInt64(out ulong number) && number <= long.MaxValue;
        value = isNumber ? (long)number : 0;
        return isNumber;
    }

    /// <summary>The value of a binary floating point number; false for other types.</summary>
    /// <param name="value">The number, which may be infinite or no number.</param>
    public bool TryGetDouble(out double value)
    {
        value = Type switch
        {
            ZclDataType.SemiPrecision => (double)BinaryPrimitives.ReadHalfLittleEndian(Octets),
            ZclDataType.SinglePrecision => BinaryPrimitives.ReadSingleLittleEndian(Octets),
            ZclDataType.DoublePrecision => BinaryPrimitives.ReadDoubleLittleEndian(Octets),
            _ => 0,
        };
        return Type.IsFloat();
    }

    /// <summary>A copy that outlives the octets.</summary>
    public ZclData ToData() => new(Type, Octets.ToArray(), IsAbsent);

    private static ulong Unsigned(ReadOnlySpan<byte> octets)
    {
        ulong value = 0;
        for (int index = octets.Length - 1; index >= 0; index--)
        {
            value = (value << 8) | octets[index];
        }

        return value;
    }
}
