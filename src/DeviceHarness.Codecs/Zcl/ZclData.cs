using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace DeviceHarness.Codecs.Zcl;

/// <summary>A value with its type that outlives the octets it was read from: of an attribute, or of a command's field.</summary>
/// <remarks>
/// Spec: ZigBee Cluster Library, data types. Immutable and thread safe. Two values are equal when their types and octets are.
/// </remarks>
public sealed class ZclData : IEquatable<ZclData>
{
    private const byte AbsentCount = 0xFF;

    private readonly byte[] _octets;
    private readonly bool _isAbsent;

    internal ZclData(ZclDataType type, byte[] octets, bool isAbsent)
    {
        Type = type;
        _octets = octets;
        _isAbsent = isAbsent;
    }

    /// <summary>The type.</summary>
    public ZclDataType Type { get; }

    /// <summary>The content, as <see cref="ZclValue.Octets"/> says.</summary>
    public ReadOnlyMemory<byte> Octets => _octets;

    /// <summary>True when the type's invalid value stands there, which says that there is no value.</summary>
    public bool IsInvalid => View.IsInvalid;

    /// <summary>The value without a copy.</summary>
    public ZclValue View => new(Type, _octets, _isAbsent);

    /// <summary>The text of a character string, or of an octet string that is printable ASCII; otherwise null.</summary>
    public string? Text => Type switch
    {
        _ when _isAbsent => null,
        ZclDataType.CharacterString or ZclDataType.LongCharacterString => Encoding.UTF8.GetString(_octets),
        ZclDataType.OctetString or ZclDataType.LongOctetString when IsPrintable(_octets) => Encoding.ASCII.GetString(_octets),
        _ => null,
    };

    /// <summary>The items of an array, set, bag or structure; otherwise empty.</summary>
    public IReadOnlyList<ZclData> Items
    {
        get
        {
            bool isStructure = Type == ZclDataType.Structure;
            if (_isAbsent || !(isStructure || Type is ZclDataType.Array or ZclDataType.Set or ZclDataType.Bag))
            {
                return [];
            }

            ZclReader reader = new(_octets);
            byte itemType = 0;
            bool isRead = isStructure || reader.TryReadOctet(out itemType);
            isRead &= reader.TryReadUInt16(out ushort count);
            List<ZclData> items = new(count);
            while (isRead && items.Count < count
                && (isStructure
                    ? reader.TryReadTypedValue(out ZclValue item)
                    : reader.TryReadValue((ZclDataType)itemType, out item)))
            {
                items.Add(item.ToData());
            }

            return items;
        }
    }

    /// <summary>A number of a type that is read as one unsigned number: data, boolean, bitmap, unsigned, enumeration, time, id.</summary>
    /// <param name="type">The type.</param>
    /// <param name="value">The number; it must fit.</param>
    /// <exception cref="ArgumentOutOfRangeException">The type is no such type, or the number does not fit it.</exception>
    public static ZclData Unsigned(ZclDataType type, ulong value)
    {
        int octets = type.IsUnsigned() ? type.ContentOctets() : 0;
        bool fits = octets > 0 && (octets == sizeof(ulong) || value >> (8 * octets) == 0);
        return fits ? new(type, LittleEndian(value, octets), false) : throw DoesNotFit(type, value);
    }

    /// <summary>A signed number.</summary>
    /// <param name="type">Signed8 to Signed64.</param>
    /// <param name="value">The number; it must fit.</param>
    /// <exception cref="ArgumentOutOfRangeException">The type is not signed, or the number does not fit it.</exception>
    public static ZclData Signed(ZclDataType type, long value)
    {
        int octets = type.IsSigned() ? type.ContentOctets() : 0;
        int spare = 64 - (8 * octets);
        bool fits = octets > 0 && value << spare >> spare == value;
        return fits ? new(type, LittleEndian((ulong)value, octets), false) : throw DoesNotFit(type, value);
    }

    /// <summary>A boolean.</summary>
    /// <param name="value">True is sent as 01.</param>
    public static ZclData Boolean(bool value) => Unsigned(ZclDataType.Boolean, value ? 1UL : 0);

    /// <summary>A binary floating point number.</summary>
    /// <param name="type">Semi, single or double precision.</param>
    /// <param name="value">The number; rounded to the type.</param>
    /// <exception cref="ArgumentOutOfRangeException">The type is none of the three.</exception>
    public static ZclData Float(ZclDataType type, double value)
    {
        byte[] octets = new byte[type.IsFloat() ? type.ContentOctets() : throw DoesNotFit(type, value)];
        switch (type)
        {
            case ZclDataType.SemiPrecision:
                BinaryPrimitives.WriteHalfLittleEndian(octets, (Half)value);
                break;
            case ZclDataType.SinglePrecision:
                BinaryPrimitives.WriteSingleLittleEndian(octets, (float)value);
                break;
            default:
                BinaryPrimitives.WriteDoubleLittleEndian(octets, value);
                break;
        }

        return new(type, octets, false);
    }

    /// <summary>A string of octets: with one octet of count up to 254 octets, otherwise the long form.</summary>
    /// <param name="octets">At most 65,534 octets; copied.</param>
    public static ZclData OctetString(ReadOnlySpan<byte> octets) =>
        new(octets.Length < AbsentCount ? ZclDataType.OctetString : ZclDataType.LongOctetString, octets.ToArray(), false);

    /// <summary>A string of text: with one octet of count up to 254 octets, otherwise the long form.</summary>
    /// <param name="text">Text whose UTF-8 form has at most 65,534 octets.</param>
    public static ZclData CharacterString(string text)
    {
        byte[] octets = Encoding.UTF8.GetBytes(text);
        return new(octets.Length < AbsentCount ? ZclDataType.CharacterString : ZclDataType.LongCharacterString, octets, false);
    }

    /// <summary>A value of a type with a fixed number of octets, from its octets.</summary>
    /// <param name="type">The type.</param>
    /// <param name="octets">As they are sent; copied.</param>
    /// <exception cref="ArgumentOutOfRangeException">The type needs another number of octets.</exception>
    public static ZclData Fixed(ZclDataType type, ReadOnlySpan<byte> octets) => type.ContentOctets() == octets.Length
        ? new(type, octets.ToArray(), false)
        : throw DoesNotFit(type, octets.Length);

    /// <summary>An array, set or bag.</summary>
    /// <param name="type">Which of the three.</param>
    /// <param name="itemType">The type of every item.</param>
    /// <param name="items">The items, all of that type; fewer than 65,535.</param>
    /// <exception cref="ArgumentOutOfRangeException">The type is none of the three, or an item has another type.</exception>
    public static ZclData Collection(ZclDataType type, ZclDataType itemType, params ReadOnlySpan<ZclData> items)
    {
        if (type is not (ZclDataType.Array or ZclDataType.Set or ZclDataType.Bag))
        {
            throw DoesNotFit(type, items.Length);
        }

        List<byte> octets = [(byte)itemType, (byte)items.Length, (byte)(items.Length >> 8)];
        foreach (ZclData item in items)
        {
            octets.AddRange(item.Type == itemType ? item.ToWire() : throw DoesNotFit(item.Type, octets.Count));
        }

        return new(type, [.. octets], false);
    }

    /// <summary>A structure.</summary>
    /// <param name="members">Its members; fewer than 65,535.</param>
    public static ZclData Structure(params ReadOnlySpan<ZclData> members)
    {
        List<byte> octets = [(byte)members.Length, (byte)(members.Length >> 8)];
        foreach (ZclData member in members)
        {
            octets.Add((byte)member.Type);
            octets.AddRange(member.ToWire());
        }

        return new(ZclDataType.Structure, [.. octets], false);
    }

    /// <summary>The type's invalid value, which says that there is no value.</summary>
    /// <param name="type">The type; one without an invalid value gives all ones.</param>
    /// <exception cref="ArgumentOutOfRangeException">The octet is no type.</exception>
    public static ZclData Invalid(ZclDataType type)
    {
        int count = type.ContentOctets();
        byte[] octets = count == ZclDataTypeFacts.Unknown ? throw DoesNotFit(type, count) : new byte[Math.Max(0, count)];
        octets.AsSpan().Fill(0xFF);
        if (type.IsSigned())
        {
            octets.AsSpan().Clear();
            octets[^1] = 0x80;
        }

        return type switch
        {
            ZclDataType.Array or ZclDataType.Set or ZclDataType.Bag => new(type, [(byte)ZclDataType.Unknown, 0xFF, 0xFF], true),
            ZclDataType.Structure => new(type, [0xFF, 0xFF], true),
            _ => new(type, octets, count == ZclDataTypeFacts.Variable),
        };
    }

    /// <summary>The value as it is sent, without its type.</summary>
    public byte[] ToWire()
    {
        byte[] target = new byte[_octets.Length + 2];
        ZclWriter writer = new(target);
        writer.WriteValue(View);
        return target[..writer.WrittenOctets];
    }

    /// <inheritdoc/>
    public bool Equals(ZclData? other) =>
        other is not null && Type == other.Type && _isAbsent == other._isAbsent && _octets.AsSpan().SequenceEqual(other._octets);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ZclData);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(Type);
        hash.AddBytes(_octets);
        return hash.ToHashCode();
    }

    /// <summary>The value with its type, such as <c>uint48 123456789</c> or <c>UTC 2024-10-10 09:45:04Z</c>.</summary>
    public override string ToString() => Type == ZclDataType.NoData ? Type.StandardName() : $"{Type.StandardName()} {ContentText}";

    /// <summary>The value without its type.</summary>
    internal string ContentText
    {
        get
        {
            if (IsInvalid)
            {
                return "invalid";
            }

            if (Items is { Count: > 0 } items)
            {
                return $"{{{string.Join(", ", items)}}}";
            }

            ZclValue view = View;
            if (view.TryGetDouble(out double real))
            {
                return real.ToString("R", CultureInfo.InvariantCulture);
            }

            string hex = Convert.ToHexString(_octets);
            return Type switch
            {
                ZclDataType.UtcTime => view.TryGetUInt64(out ulong seconds) ? ZclTime.ToText((uint)seconds) : hex,
                ZclDataType.Date => ZclTime.DateText(_octets),
                ZclDataType.TimeOfDay => ZclTime.TimeText(_octets),
                _ when IsShownAsBits && view.TryGetUInt64(out ulong bits) =>
                    bits.ToString("X" + (2 * _octets.Length).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
                _ when view.TryGetInt64(out long number) => number.ToString(CultureInfo.InvariantCulture),
                _ when view.TryGetUInt64(out ulong number) => number.ToString(CultureInfo.InvariantCulture),
                _ => Text is { } text ? $"{hex} \"{text}\"" : hex,
            };
        }
    }

    private bool IsShownAsBits => Type is (>= ZclDataType.Data8 and <= ZclDataType.Data64)
        or (>= ZclDataType.Bitmap8 and <= ZclDataType.Bitmap64) or ZclDataType.ClusterId or ZclDataType.AttributeId
        or ZclDataType.BacnetOid or ZclDataType.IeeeAddress;

    private static byte[] LittleEndian(ulong value, int octets)
    {
        byte[] all = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(all, value);
        return all[..octets];
    }

    private static bool IsPrintable(byte[] octets) =>
        octets.Length > 0 && !octets.AsSpan().ContainsAnyExceptInRange((byte)0x20, (byte)0x7E);

    private static ArgumentOutOfRangeException DoesNotFit(ZclDataType type, object value) =>
        new(nameof(value), value, $"no value of {type.StandardName()}");
}
