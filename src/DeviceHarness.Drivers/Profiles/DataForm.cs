using System.Globalization;
using DeviceHarness.Codecs.Axdr;

namespace DeviceHarness.Drivers.Profiles;

/// <summary>How a value is put on the wire, as the notation in which values are printed: <c>double-long value</c>,
/// <c>structure{enum value, enum 1}</c>.</summary>
/// <remarks><c>value</c> is what is written, <c>value.2</c> its second part; alone it stays as it is, after a type it becomes one of that
/// type. Anything else after a type is a constant: a number, <c>true</c> or <c>false</c>, or octets in hexadecimal; a
/// bit-string is always one, of 0 and 1.</remarks>
public sealed class DataForm
{
    private const string Value = "value";
    private const int MaximumDepth = 8;
    private const int MaximumPart = 255;

    private static readonly Dictionary<string, DlmsDataType> Simple = new DlmsDataType[]
    {
        DlmsDataType.Boolean, DlmsDataType.DoubleLong, DlmsDataType.DoubleLongUnsigned, DlmsDataType.OctetString,
        DlmsDataType.VisibleString, DlmsDataType.Integer, DlmsDataType.Long, DlmsDataType.Unsigned, DlmsDataType.LongUnsigned,
        DlmsDataType.Long64, DlmsDataType.Enum, DlmsDataType.BitString,
    }.ToDictionary(type => type.StandardName());

    private readonly DlmsDataType? _type;
    private readonly IReadOnlyList<int>? _place;
    private readonly DlmsData? _constant;
    private readonly DataForm[] _items;

    private DataForm(DlmsDataType? type, IReadOnlyList<int>? place, DlmsData? constant, DataForm[] items)
    {
        _type = type;
        _place = place;
        _constant = constant;
        _items = items;
    }

    /// <summary>The value as it is.</summary>
    public static DataForm AsItIs { get; } = new(null, [], null, []);

    /// <summary>integer 0, what methods without a parameter of their own take.</summary>
    public static DataForm IntegerZero { get; } = new(null, null, DlmsData.Integer(0), []);

    /// <summary>Reads a form.</summary>
    /// <param name="text">The form.</param>
    /// <param name="form">The form, when the text is one.</param>
    /// <returns>Whether it is.</returns>
    public static bool TryParse(string text, out DataForm form)
    {
        ArgumentNullException.ThrowIfNull(text);
        form = AsItIs;
        return Parse(text.Trim(), 0) is { } read && (form = read) is not null;
    }

    /// <summary>Puts a value into the form.</summary>
    /// <param name="value">The value: a number, a text, octets or a table.</param>
    /// <param name="data">What goes on the wire, when the value fits.</param>
    /// <returns>Why it does not fit; null when it does.</returns>
    public string? Fill(DlmsData value, out DlmsData data)
    {
        ArgumentNullException.ThrowIfNull(value);
        data = DlmsData.Null;
        if (_constant is not null)
        {
            data = _constant;
            return null;
        }

        if (_place is null)
        {
            return FillItems(value, out data);
        }

        DlmsData part = value;
        foreach (int place in _place)
        {
            if (place > part.Items.Count)
            {
                return $"{Told(value)} has no part {place}";
            }

            part = part.Items[place - 1];
        }

        if (_type is { } type)
        {
            return Convert(part, type, out data);
        }

        data = part;
        return null;
    }

    private string? FillItems(DlmsData value, out DlmsData data)
    {
        data = DlmsData.Null;
        List<DlmsData> items = [];
        foreach (DataForm item in _items)
        {
            if (item.Fill(value, out DlmsData filled) is { } problem)
            {
                return problem;
            }

            items.Add(filled);
        }

        data = _type == DlmsDataType.Array ? DlmsData.Array([.. items]) : DlmsData.Structure([.. items]);
        return null;
    }

    private static DataForm? Parse(string text, int depth)
    {
        if (depth > MaximumDepth)
        {
            return null;
        }

        int brace = text.IndexOf('{', StringComparison.Ordinal);
        if (brace > 0)
        {
            DlmsDataType? type = text[..brace].Trim() switch
            {
                "structure" => DlmsDataType.Structure,
                "array" => DlmsDataType.Array,
                _ => null,
            };
            return type is null || !text.EndsWith('}') ? null : ParseItems(type.Value, text[(brace + 1)..^1], depth);
        }

        int blank = text.IndexOf(' ', StringComparison.Ordinal);
        if (blank < 0)
        {
            return PlaceOf(text) is { } whole ? new DataForm(null, whole, null, []) : null;
        }

        string content = text[(blank + 1)..].Trim();
        if (!Simple.TryGetValue(text[..blank], out DlmsDataType simple))
        {
            return null;
        }

        if (PlaceOf(content) is { } place)
        {
            return new DataForm(simple, place, null, []);
        }

        return Constant(simple, content) is { } constant ? new DataForm(null, null, constant, []) : null;
    }

    private static DataForm? ParseItems(DlmsDataType type, string text, int depth)
    {
        List<DataForm> items = [];
        foreach (string item in Split(text))
        {
            if (Parse(item.Trim(), depth + 1) is not { } read)
            {
                return null;
            }

            items.Add(read);
        }

        return new DataForm(type, null, null, [.. items]);
    }

    /// <summary>The items between commas that stand in no inner braces.</summary>
    private static IEnumerable<string> Split(string text)
    {
        int open = 0;
        int start = 0;
        for (int index = 0; index < text.Length; index++)
        {
            open += text[index] switch { '{' => 1, '}' => -1, _ => 0 };
            if (text[index] == ',' && open == 0)
            {
                yield return text[start..index];
                start = index + 1;
            }
        }

        yield return text[start..];
    }

    private static List<int>? PlaceOf(string text)
    {
        string[] levels = text.Split('.');
        List<int> place = [];
        foreach (string level in levels.Skip(1))
        {
            bool isPlace = int.TryParse(level, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
            if (!isPlace || number is < 1 or > MaximumPart)
            {
                return null;
            }

            place.Add(number);
        }

        return levels[0] == Value ? place : null;
    }

    private static DlmsData? Constant(DlmsDataType type, string text)
    {
        if (type == DlmsDataType.OctetString)
        {
            bool isHex = text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit);
            return isHex ? DlmsData.OctetString(System.Convert.FromHexString(text)) : null;
        }

        if (type == DlmsDataType.BitString)
        {
            return text.All(bit => bit is '0' or '1') ? Bits(text) : null;
        }

        if (type == DlmsDataType.Boolean)
        {
            return text switch { "true" => DlmsData.Boolean(true), "false" => DlmsData.Boolean(false), _ => null };
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            && Number(type, number, out DlmsData data) ? data : null;
    }

    private static DlmsData Bits(string text)
    {
        byte[] octets = new byte[(text.Length + 7) / 8];
        for (int bit = 0; bit < text.Length; bit++)
        {
            octets[bit / 8] |= (byte)(text[bit] == '1' ? 0x80 >> (bit % 8) : 0);
        }

        return DlmsData.BitString(octets, text.Length);
    }

    private static string? Convert(DlmsData value, DlmsDataType type, out DlmsData data)
    {
        data = DlmsData.Null;
        switch (type)
        {
            case DlmsDataType.OctetString when value.Type is DlmsDataType.OctetString or DlmsDataType.VisibleString:
                data = DlmsData.OctetString(value.Octets.Span);
                return null;
            case DlmsDataType.VisibleString when value.Text is { } text:
                data = DlmsData.VisibleString(text);
                return null;
            case DlmsDataType.OctetString or DlmsDataType.VisibleString or DlmsDataType.BitString:
                return $"{Told(value)} is no {type.StandardName()}";
            default:
                return value.TryGetInt64(out long number) && Number(type, number, out data)
                    ? null
                    : $"{Told(value)} is no {type.StandardName()}";
        }
    }

    /// <summary>A number as it is; of anything else only the type, since a text may be a token.</summary>
    private static string Told(DlmsData value) => value.TryGetInt64(out _) ? value.ToString() : value.Type.StandardName();

    private static bool Number(DlmsDataType type, long number, out DlmsData data)
    {
        DlmsData? made = type switch
        {
            DlmsDataType.Boolean when number is 0 or 1 => DlmsData.Boolean(number != 0),
            DlmsDataType.Integer when number is >= sbyte.MinValue and <= sbyte.MaxValue => DlmsData.Integer((sbyte)number),
            DlmsDataType.Unsigned when number is >= 0 and <= byte.MaxValue => DlmsData.Unsigned((byte)number),
            DlmsDataType.Enum when number is >= 0 and <= byte.MaxValue => DlmsData.Enum((byte)number),
            DlmsDataType.Long when number is >= short.MinValue and <= short.MaxValue => DlmsData.Long((short)number),
            DlmsDataType.LongUnsigned when number is >= 0 and <= ushort.MaxValue => DlmsData.LongUnsigned((ushort)number),
            DlmsDataType.DoubleLong when number is >= int.MinValue and <= int.MaxValue => DlmsData.DoubleLong((int)number),
            DlmsDataType.DoubleLongUnsigned when number is >= 0 and <= uint.MaxValue => DlmsData.DoubleLongUnsigned((uint)number),
            DlmsDataType.Long64 => DlmsData.Long64(number),
            _ => null,
        };
        data = made ?? DlmsData.Null;
        return made is not null;
    }
}
