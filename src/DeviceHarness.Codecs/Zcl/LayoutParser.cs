using System.Globalization;

namespace DeviceHarness.Codecs.Zcl;

/// <summary>Reads the text in which layouts are written.</summary>
/// <remarks>
/// <code>
/// fields    = field { "," field }
/// field     = [ "[" condition { "+" condition } "]" ] [ "?" | "?11" | "?12" ] name what
/// condition = name ( "=" | "!" | "&gt;" | "&amp;" ) hexadecimal            "&gt;" at least, "&amp;" a bit is set
/// what      = type [ "(" words ")" ] [ "#" ]                       "#" never shown
///           | "typed" | "change" name                              a value that names its type; one of the type that name holds
///           | "raw" [ decimal | "*" count ]                        octets: all that are left, so many, or as count says
///           | "{" fields "}" "*" [ count ]                         items: all that are left, or as count says
/// count     = name [ ".low" | ".high" ]                            the whole number, or four bits of it
/// </code>
/// "?" says that the message may end before the field, "?11" and "?12" which edition added it.
/// </remarks>
internal ref struct LayoutParser
{
    private static readonly Dictionary<string, ZclDataType> Types = new()
    {
        ["bool"] = ZclDataType.Boolean,
        ["e8"] = ZclDataType.Enum8,
        ["e16"] = ZclDataType.Enum16,
        ["semi"] = ZclDataType.SemiPrecision,
        ["single"] = ZclDataType.SinglePrecision,
        ["double"] = ZclDataType.DoublePrecision,
        ["ostr"] = ZclDataType.OctetString,
        ["cstr"] = ZclDataType.CharacterString,
        ["ostr16"] = ZclDataType.LongOctetString,
        ["cstr16"] = ZclDataType.LongCharacterString,
        ["array"] = ZclDataType.Array,
        ["struct"] = ZclDataType.Structure,
        ["tod"] = ZclDataType.TimeOfDay,
        ["date"] = ZclDataType.Date,
        ["utc"] = ZclDataType.UtcTime,
        ["cluster"] = ZclDataType.ClusterId,
        ["attr"] = ZclDataType.AttributeId,
        ["eui"] = ZclDataType.IeeeAddress,
        ["key"] = ZclDataType.SecurityKey,
    };

    private readonly ReadOnlySpan<char> _text;
    private int _at;

    private LayoutParser(ReadOnlySpan<char> text)
    {
        _text = text;
    }

    /// <summary>The fields that a text describes.</summary>
    /// <exception cref="FormatException">The text breaks the grammar.</exception>
    public static IReadOnlyList<LayoutField> Parse(ReadOnlySpan<char> text)
    {
        LayoutParser parser = new(text);
        IReadOnlyList<LayoutField> fields = parser.Fields();
        return parser.Peek() == '\0' ? fields : throw parser.Broken("the end");
    }

    /// <summary>The type of a short name, such as <c>u24</c> or <c>utc</c>.</summary>
    /// <exception cref="FormatException">There is no such name.</exception>
    public static ZclDataType TypeOf(string name)
    {
        if (Types.TryGetValue(name, out ZclDataType type))
        {
            return type;
        }

        ZclDataType first = name[0] switch
        {
            'u' => ZclDataType.Unsigned8,
            'i' => ZclDataType.Signed8,
            'b' => ZclDataType.Bitmap8,
            'd' => ZclDataType.Data8,
            _ => throw new FormatException($"no type is called '{name}'"),
        };
        bool isWidth = int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int bits)
            && bits is >= 8 and <= 64 && bits % 8 == 0;
        return isWidth ? first + (byte)((bits / 8) - 1) : throw new FormatException($"no type is called '{name}'");
    }

    private List<LayoutField> Fields()
    {
        List<LayoutField> fields = [];
        bool isOptional = false;
        ProfileLevel level = ProfileLevel.SmartEnergy10;
        while (Peek() is not ('\0' or '}'))
        {
            List<LayoutCondition> conditions = Conditions();
            if (Take('?'))
            {
                isOptional = true;
                level = Edition(level);
            }

            string name = string.Intern(Word());
            fields.Add(Peek() == '{' ? Group(name, conditions, isOptional, level) : Simple(name, conditions, isOptional, level));
            if (!Take(','))
            {
                break;
            }
        }

        return fields;
    }

    private LayoutField Group(string name, List<LayoutCondition> conditions, bool isOptional, ProfileLevel level)
    {
        Expect('{');
        List<LayoutField> items = Fields();
        Expect('}');
        Expect('*');
        return new(name, LayoutFieldKind.Group)
        {
            Items = items,
            Count = Count(),
            Conditions = conditions,
            IsOptional = isOptional,
            Level = level,
        };
    }

    private LayoutField Simple(string name, List<LayoutCondition> conditions, bool isOptional, ProfileLevel level)
    {
        string type = Word();
        LayoutFieldKind kind = type switch
        {
            "typed" => LayoutFieldKind.TypedValue,
            "change" => LayoutFieldKind.ReportableChange,
            "raw" => LayoutFieldKind.Octets,
            _ => LayoutFieldKind.Value,
        };
        return new(name, kind)
        {
            Type = kind switch
            {
                LayoutFieldKind.Value => TypeOf(type),
                LayoutFieldKind.Octets => ZclDataType.OctetString,
                _ => ZclDataType.Unknown,
            },
            TypeField = kind == LayoutFieldKind.ReportableChange ? string.Intern(Word()) : "",
            FixedOctets = kind == LayoutFieldKind.Octets && char.IsAsciiDigit(Peek())
                ? int.Parse(Word(), NumberStyles.None, CultureInfo.InvariantCulture)
                : LayoutField.AllOctets,
            Count = kind == LayoutFieldKind.Octets && Take('*') ? Count() : null,
            Words = WordsName(),
            IsSecret = Take('#'),
            Conditions = conditions,
            IsOptional = isOptional,
            Level = level,
        };
    }

    private ProfileLevel Edition(ProfileLevel level) => !char.IsAsciiDigit(Peek()) ? level : Word() switch
    {
        "11" => ProfileLevel.SmartEnergy11,
        "12" => ProfileLevel.SmartEnergy12,
        _ => throw Broken("an edition"),
    };

    private List<LayoutCondition> Conditions()
    {
        List<LayoutCondition> conditions = [];
        if (!Take('['))
        {
            return conditions;
        }

        do
        {
            string field = string.Intern(Word());
            char comparison = Peek();
            _at++;
            ulong operand = ulong.Parse(Word(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            conditions.Add(new(field, comparison is '=' or '!' or '>' or '&' ? comparison : throw Broken("a comparison"), operand));
        }
        while (Take('+'));
        Expect(']');
        return conditions;
    }

    private LayoutCount? Count()
    {
        string field = string.Intern(Word());
        if (field.Length == 0)
        {
            return null;
        }

        return Take('.')
            ? Word() == "high" ? new(field, 4, 0x0F) : new(field, 0, 0x0F)
            : new(field, 0, uint.MaxValue);
    }

    private string? WordsName()
    {
        if (!Take('('))
        {
            return null;
        }

        string name = Word();
        Expect(')');
        return ValueWords.Has(name) ? name : throw Broken("a list of words");
    }

    private char Peek()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }

        return _at < _text.Length ? _text[_at] : '\0';
    }

    private bool Take(char expected)
    {
        bool isThere = Peek() == expected;
        _at += isThere ? 1 : 0;
        return isThere;
    }

    private void Expect(char expected)
    {
        if (!Take(expected))
        {
            throw Broken($"'{expected}'");
        }
    }

    private string Word()
    {
        Peek();
        int start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] == '_'))
        {
            _at++;
        }

        return _text[start.._at].ToString();
    }

    private readonly FormatException Broken(string expected) => new($"{expected} is missing at {_at} of '{_text}'");
}
