namespace DeviceHarness.Codecs.Axdr;

/// <summary>Names and content sizes of the data types.</summary>
/// <remarks>Spec: IEC 62056-5-3, common data types.</remarks>
public static class DlmsDataTypeFacts
{
    /// <summary>What <see cref="ContentOctets"/> gives for a type whose content says its own length.</summary>
    public const int Variable = -1;

    /// <summary>What <see cref="ContentOctets"/> gives for a tag that is no type.</summary>
    public const int Unknown = -2;

    /// <summary>How many octets follow the tag.</summary>
    /// <param name="type">The tag.</param>
    /// <returns>0 to 12, <see cref="Variable"/> or <see cref="Unknown"/>.</returns>
    public static int ContentOctets(this DlmsDataType type) => type switch
    {
        DlmsDataType.NullData => 0,
        DlmsDataType.Boolean or DlmsDataType.Bcd or DlmsDataType.Integer or DlmsDataType.Unsigned or DlmsDataType.Enum => 1,
        DlmsDataType.Long or DlmsDataType.LongUnsigned => 2,
        DlmsDataType.DoubleLong or DlmsDataType.DoubleLongUnsigned or DlmsDataType.Float32 or DlmsDataType.Time => 4,
        DlmsDataType.Date => 5,
        DlmsDataType.Long64 or DlmsDataType.Long64Unsigned or DlmsDataType.Float64 => 8,
        DlmsDataType.DateTime => 12,
        DlmsDataType.Array or DlmsDataType.Structure or DlmsDataType.CompactArray or DlmsDataType.BitString
            or DlmsDataType.OctetString or DlmsDataType.VisibleString or DlmsDataType.Utf8String => Variable,
        _ => Unknown,
    };

    /// <summary>The standard's name of the type, such as <c>double-long-unsigned</c>.</summary>
    /// <param name="type">The tag; an unknown one gives its number.</param>
    public static string StandardName(this DlmsDataType type) => type switch
    {
        DlmsDataType.NullData => "null-data",
        DlmsDataType.Array => "array",
        DlmsDataType.Structure => "structure",
        DlmsDataType.Boolean => "boolean",
        DlmsDataType.BitString => "bit-string",
        DlmsDataType.DoubleLong => "double-long",
        DlmsDataType.DoubleLongUnsigned => "double-long-unsigned",
        DlmsDataType.OctetString => "octet-string",
        DlmsDataType.VisibleString => "visible-string",
        DlmsDataType.Utf8String => "utf8-string",
        DlmsDataType.Bcd => "bcd",
        DlmsDataType.Integer => "integer",
        DlmsDataType.Long => "long",
        DlmsDataType.Unsigned => "unsigned",
        DlmsDataType.LongUnsigned => "long-unsigned",
        DlmsDataType.CompactArray => "compact-array",
        DlmsDataType.Long64 => "long64",
        DlmsDataType.Long64Unsigned => "long64-unsigned",
        DlmsDataType.Enum => "enum",
        DlmsDataType.Float32 => "float32",
        DlmsDataType.Float64 => "float64",
        DlmsDataType.DateTime => "date-time",
        DlmsDataType.Date => "date",
        DlmsDataType.Time => "time",
        _ => $"type {(byte)type:X2}",
    };
}
