namespace DeviceHarness.Codecs.Zcl;

/// <summary>Names, widths and classes of the data types.</summary>
/// <remarks>Spec: ZigBee Cluster Library, data types, as this harness's ZigBee guide sums them up.</remarks>
public static class ZclDataTypeFacts
{
    /// <summary>What <see cref="ContentOctets"/> gives for a type whose content says its own length.</summary>
    public const int Variable = -1;

    /// <summary>What <see cref="ContentOctets"/> gives for an octet that is no type.</summary>
    public const int Unknown = -2;

    private const int WidthMask = 7;

    /// <summary>How many octets a value has.</summary>
    /// <param name="type">The type.</param>
    /// <returns>0 to 16, <see cref="Variable"/> or <see cref="Unknown"/>.</returns>
    public static int ContentOctets(this ZclDataType type) => type switch
    {
        ZclDataType.NoData => 0,
        >= ZclDataType.Data8 and <= ZclDataType.Data64 or >= ZclDataType.Bitmap8 and <= ZclDataType.Signed64 =>
            ((byte)type & WidthMask) + 1,
        ZclDataType.Boolean or ZclDataType.Enum8 => 1,
        ZclDataType.Enum16 or ZclDataType.SemiPrecision or ZclDataType.ClusterId or ZclDataType.AttributeId => 2,
        ZclDataType.SinglePrecision or ZclDataType.TimeOfDay or ZclDataType.Date or ZclDataType.UtcTime or ZclDataType.BacnetOid => 4,
        ZclDataType.DoublePrecision or ZclDataType.IeeeAddress => 8,
        ZclDataType.SecurityKey => 16,
        ZclDataType.OctetString or ZclDataType.CharacterString or ZclDataType.LongOctetString or ZclDataType.LongCharacterString
            or ZclDataType.Array or ZclDataType.Structure or ZclDataType.Set or ZclDataType.Bag => Variable,
        _ => Unknown,
    };

    /// <summary>True for a signed number.</summary>
    /// <param name="type">The type.</param>
    public static bool IsSigned(this ZclDataType type) => type is >= ZclDataType.Signed8 and <= ZclDataType.Signed64;

    /// <summary>True for a binary floating point number.</summary>
    /// <param name="type">The type.</param>
    public static bool IsFloat(this ZclDataType type) => type is >= ZclDataType.SemiPrecision and <= ZclDataType.DoublePrecision;

    /// <summary>True for a type whose values can be a little different, so that a reporting configuration names by how much.</summary>
    /// <param name="type">The type.</param>
    public static bool IsAnalogue(this ZclDataType type) =>
        type is (>= ZclDataType.Unsigned8 and <= ZclDataType.Signed64) or (>= ZclDataType.TimeOfDay and <= ZclDataType.UtcTime)
        || type.IsFloat();

    /// <summary>True for a type whose content is a count and that many octets.</summary>
    /// <param name="type">The type.</param>
    public static bool IsString(this ZclDataType type) =>
        type is >= ZclDataType.OctetString and <= ZclDataType.LongCharacterString;

    /// <summary>True for a type of at most eight octets that is read as one unsigned number, the least significant octet first.</summary>
    /// <param name="type">The type.</param>
    public static bool IsUnsigned(this ZclDataType type) => type switch
    {
        >= ZclDataType.Data8 and <= ZclDataType.Data64 or >= ZclDataType.Bitmap8 and <= ZclDataType.Unsigned64 => true,
        ZclDataType.Boolean or ZclDataType.Enum8 or ZclDataType.Enum16 or ZclDataType.UtcTime or ZclDataType.ClusterId
            or ZclDataType.AttributeId or ZclDataType.BacnetOid or ZclDataType.IeeeAddress => true,
        _ => false,
    };

    /// <summary>A short name, such as <c>uint48</c>, <c>bitmap8</c> or <c>utc</c>.</summary>
    /// <param name="type">The type; an unknown one gives its number.</param>
    public static string StandardName(this ZclDataType type) => type switch
    {
        ZclDataType.NoData => "no data",
        >= ZclDataType.Data8 and <= ZclDataType.Data64 => $"data{8 * type.ContentOctets()}",
        ZclDataType.Boolean => "boolean",
        >= ZclDataType.Bitmap8 and <= ZclDataType.Bitmap64 => $"bitmap{8 * type.ContentOctets()}",
        >= ZclDataType.Unsigned8 and <= ZclDataType.Unsigned64 => $"uint{8 * type.ContentOctets()}",
        >= ZclDataType.Signed8 and <= ZclDataType.Signed64 => $"int{8 * type.ContentOctets()}",
        ZclDataType.Enum8 or ZclDataType.Enum16 => $"enum{8 * type.ContentOctets()}",
        ZclDataType.SemiPrecision => "semi",
        ZclDataType.SinglePrecision => "single",
        ZclDataType.DoublePrecision => "double",
        ZclDataType.OctetString => "octstr",
        ZclDataType.CharacterString => "string",
        ZclDataType.LongOctetString => "octstr16",
        ZclDataType.LongCharacterString => "string16",
        ZclDataType.Array => "array",
        ZclDataType.Structure => "struct",
        ZclDataType.Set => "set",
        ZclDataType.Bag => "bag",
        ZclDataType.TimeOfDay => "ToD",
        ZclDataType.Date => "date",
        ZclDataType.UtcTime => "UTC",
        ZclDataType.ClusterId => "clusterId",
        ZclDataType.AttributeId => "attribId",
        ZclDataType.BacnetOid => "bacOID",
        ZclDataType.IeeeAddress => "EUI64",
        ZclDataType.SecurityKey => "key128",
        _ => $"type {(byte)type:X2}",
    };
}
