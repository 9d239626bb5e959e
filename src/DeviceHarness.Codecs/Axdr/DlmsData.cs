using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace DeviceHarness.Codecs.Axdr;

/// <summary>
/// A value of type Data as an immutable tree: for profile buffers, general values and explanations. The hot path reads with
/// <see cref="AxdrReader"/>.
/// </summary>
/// <remarks>Spec: IEC 62056-5-3, Data. Two values are equal when type, content and items are. Thread safe.</remarks>
public sealed class DlmsData : IEquatable<DlmsData>
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, true);

    private readonly byte[] _octets;
    private readonly DlmsData[] _items;

    internal DlmsData(DlmsDataType type, byte[] octets, int bitCount, DlmsData[] items)
    {
        Type = type;
        _octets = octets;
        BitCount = bitCount;
        _items = items;
    }

    /// <summary>null-data.</summary>
    public static DlmsData Null { get; } = new(DlmsDataType.NullData, [], 0, []);

    /// <summary>The tag.</summary>
    public DlmsDataType Type { get; }

    /// <summary>
    /// The content as sent, without tag and length; empty for null-data, array and structure. Of a compact-array: its type description
    /// and its length-prefixed contents.
    /// </summary>
    public ReadOnlyMemory<byte> Octets => _octets;

    /// <summary>Bits of a bit-string; otherwise 0.</summary>
    public int BitCount { get; }

    /// <summary>The items of an array, structure or compact-array; otherwise empty.</summary>
    public IReadOnlyList<DlmsData> Items => _items;

    /// <summary>True for null-data.</summary>
    public bool IsNull => Type == DlmsDataType.NullData;

    /// <summary>The text of a visible-string or utf8-string, or of an octet-string that is printable ASCII; otherwise null.</summary>
    public string? Text => Type switch
    {
        DlmsDataType.VisibleString or DlmsDataType.OctetString when IsPrintable(_octets) => Encoding.ASCII.GetString(_octets),
        DlmsDataType.Utf8String => TryUtf8(_octets),
        _ => null,
    };

    /// <summary>array.</summary>
    /// <param name="items">Its items, all of one type.</param>
    public static DlmsData Array(params DlmsData[] items) => new(DlmsDataType.Array, [], 0, [.. items]);

    /// <summary>structure.</summary>
    /// <param name="items">Its items.</param>
    public static DlmsData Structure(params DlmsData[] items) => new(DlmsDataType.Structure, [], 0, [.. items]);

    /// <summary>boolean.</summary>
    /// <param name="value">The value.</param>
    public static DlmsData Boolean(bool value) => Octet(DlmsDataType.Boolean, value ? (byte)1 : (byte)0);

    /// <summary>integer, one octet.</summary>
    /// <param name="value">The value.</param>
    public static DlmsData Integer(sbyte value) => Octet(DlmsDataType.Integer, (byte)value);

    /// <summary>unsigned, one octet.</summary>
    /// <param name="value">The value.</param>
    public static DlmsData Unsigned(byte value) => Octet(DlmsDataType.Unsigned, value);

    /// <summary>enum.</summary>
    /// <param name="value">The value.</param>
    public static DlmsData Enum(byte value) => Octet(DlmsDataType.Enum, value);

    /// <summary>bcd.</summary>
    /// <param name="value">The octet.</param>
    public static DlmsData Bcd(byte value) => Octet(DlmsDataType.Bcd, value);

    /// <summary>long, two octets.</summary>
    /// <param name="value">The value.</param>
    public static DlmsData Long(short value) => Number(DlmsDataType.Long, (ulong)value, 2);

    /// <summary>long-unsigned, two octets.</summary>
    /// <param name="value">The value.</param>
    public static DlmsData LongUnsigned(ushort value) => Number(DlmsDataType.LongUnsigned, value, 2);

    /// <summary>double-long, four octets.</summary>
    /// <param name="value">The value.</param>
    public static DlmsData DoubleLong(int value) => Number(DlmsDataType.DoubleLong, (ulong)value, 4);

    /// <summary>double-long-unsigned, four octets.</summary>
    /// <param name="value">The value.</param>
    public static DlmsData DoubleLongUnsigned(uint value) => Number(DlmsDataType.DoubleLongUnsigned, value, 4);

    /// <summary>long64, eight octets.</summary>
    /// <param name="value">The value.</param>
    public static DlmsData Long64(long value) => Number(DlmsDataType.Long64, (ulong)value, 8);

    /// <summary>long64-unsigned, eight octets.</summary>
    /// <param name="value">The value.</param>
    public static DlmsData Long64Unsigned(ulong value) => Number(DlmsDataType.Long64Unsigned, value, 8);

    /// <summary>float32.</summary>
    /// <param name="value">The value.</param>
    public static DlmsData Float32(float value) => Number(DlmsDataType.Float32, BitConverter.SingleToUInt32Bits(value), 4);

    /// <summary>float64.</summary>
    /// <param name="value">The value.</param>
    public static DlmsData Float64(double value) => Number(DlmsDataType.Float64, BitConverter.DoubleToUInt64Bits(value), 8);

    /// <summary>octet-string.</summary>
    /// <param name="octets">The octets; copied.</param>
    public static DlmsData OctetString(ReadOnlySpan<byte> octets) => new(DlmsDataType.OctetString, octets.ToArray(), 0, []);

    /// <summary>visible-string.</summary>
    /// <param name="text">ASCII.</param>
    /// <exception cref="ArgumentException">The text is not ASCII.</exception>
    public static DlmsData VisibleString(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Ascii.IsValid(text)
            ? new(DlmsDataType.VisibleString, Encoding.ASCII.GetBytes(text), 0, [])
            : throw new ArgumentException("a visible-string is ASCII", nameof(text));
    }

    /// <summary>utf8-string.</summary>
    /// <param name="text">The text.</param>
    public static DlmsData Utf8String(string text) => new(DlmsDataType.Utf8String, Encoding.UTF8.GetBytes(text), 0, []);

    /// <summary>bit-string.</summary>
    /// <param name="octets">The bits, first bit in the most significant place; copied.</param>
    /// <param name="bitCount">How many bits.</param>
    /// <exception cref="ArgumentException">The bits need another number of octets.</exception>
    public static DlmsData BitString(ReadOnlySpan<byte> octets, int bitCount) => bitCount >= 0 && octets.Length == (bitCount + 7) / 8
        ? new(DlmsDataType.BitString, octets.ToArray(), bitCount, [])
        : throw new ArgumentException($"{bitCount} bits do not take {octets.Length} octets", nameof(octets));

    /// <summary>date-time, date or time as its own type.</summary>
    /// <param name="type">Date-time (12 octets), date (5) or time (4).</param>
    /// <param name="octets">The octets; copied.</param>
    /// <exception cref="ArgumentException">The type is none of the three, or has another size.</exception>
    public static DlmsData Moment(DlmsDataType type, ReadOnlySpan<byte> octets) =>
        type is DlmsDataType.DateTime or DlmsDataType.Date or DlmsDataType.Time && octets.Length == type.ContentOctets()
            ? new(type, octets.ToArray(), 0, [])
            : throw new ArgumentException($"{octets.Length} octets are no {type.StandardName()}", nameof(octets));

    /// <summary>The value as a signed number; false when it is no whole number, or a long64-unsigned beyond the range.</summary>
    /// <param name="value">The number; a boolean gives 0 or 1, an enum or bcd its octet.</param>
    public bool TryGetInt64(out long value) => new AxdrValue(Type, 0, _octets).TryGetInt64(out value);

    /// <summary>The value as an exact or, for floats, nearest decimal; false when it is no number or out of range.</summary>
    /// <param name="value">The number.</param>
    public bool TryGetDecimal(out decimal value)
    {
        if (TryGetInt64(out long whole))
        {
            value = whole;
            return true;
        }

        if (Type == DlmsDataType.Long64Unsigned)
        {
            value = BinaryPrimitives.ReadUInt64BigEndian(_octets);
            return true;
        }

        bool isFloat = new AxdrValue(Type, 0, _octets).TryGetDouble(out double number) && Math.Abs(number) < 7.9e28;
        value = isFloat ? (decimal)number : 0;
        return isFloat;
    }

    /// <inheritdoc/>
    public bool Equals(DlmsData? other) =>
        other is not null
        && Type == other.Type
        && BitCount == other.BitCount
        && _octets.AsSpan().SequenceEqual(other._octets)
        && _items.AsSpan().SequenceEqual(other._items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DlmsData);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(Type);
        hash.AddBytes(_octets);
        hash.Add(_items.Length);
        return hash.ToHashCode();
    }

    /// <summary>The value with its type, such as <c>double-long-unsigned 5009</c> or <c>structure{integer 0, enum 30}</c>.</summary>
    public override string ToString()
    {
        if (Type is DlmsDataType.Array or DlmsDataType.Structure or DlmsDataType.CompactArray)
        {
            return $"{Type.StandardName()}{{{string.Join(", ", _items.Select(item => item.ToString()))}}}";
        }

        return IsNull ? "null-data" : $"{Type.StandardName()} {ContentText}";
    }

    internal string ContentText
    {
        get
        {
            AxdrValue value = new(Type, BitCount, _octets);
            if (Type == DlmsDataType.BitString)
            {
                return string.Concat(Enumerable.Range(0, BitCount).Select(bit => (_octets[bit / 8] >> (7 - (bit % 8))) & 1));
            }

            if (value.TryGetDouble(out double number))
            {
                return Type == DlmsDataType.Float32
                    ? ((float)number).ToString("R", CultureInfo.InvariantCulture)
                    : number.ToString("R", CultureInfo.InvariantCulture);
            }

            if (TryGetDecimal(out decimal whole))
            {
                return whole.ToString(CultureInfo.InvariantCulture);
            }

            string hex = Convert.ToHexString(_octets);
            return Text is string text ? $"{hex} \"{text}\"" : hex;
        }
    }

    private static DlmsData Octet(DlmsDataType type, byte value) => new(type, [value], 0, []);

    private static DlmsData Number(DlmsDataType type, ulong value, int octetCount)
    {
        byte[] octets = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(octets, value);
        return new(type, octets[^octetCount..], 0, []);
    }

    private static bool IsPrintable(byte[] octets) =>
        octets.Length > 0 && !octets.AsSpan().ContainsAnyExceptInRange((byte)0x20, (byte)0x7E);

    private static string? TryUtf8(byte[] octets)
    {
        try
        {
            return StrictUtf8.GetString(octets);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
