namespace DeviceHarness.Codecs.Axdr;

/// <summary>The tags of the Data choice.</summary>
/// <remarks>Spec: IEC 62056-5-3, common data types.</remarks>
public enum DlmsDataType : byte
{
    /// <summary>null-data: no content.</summary>
    NullData = 0x00,

    /// <summary>array: count and that many values of one type.</summary>
    Array = 0x01,

    /// <summary>structure: count and that many values.</summary>
    Structure = 0x02,

    /// <summary>boolean: one octet, 0 is false.</summary>
    Boolean = 0x03,

    /// <summary>bit-string: bit count and the bits, first bit in the most significant place.</summary>
    BitString = 0x04,

    /// <summary>double-long: signed, four octets.</summary>
    DoubleLong = 0x05,

    /// <summary>double-long-unsigned: four octets.</summary>
    DoubleLongUnsigned = 0x06,

    /// <summary>octet-string: length and octets.</summary>
    OctetString = 0x09,

    /// <summary>visible-string: length and ASCII.</summary>
    VisibleString = 0x0A,

    /// <summary>utf8-string: length and UTF-8.</summary>
    Utf8String = 0x0C,

    /// <summary>bcd: one octet.</summary>
    Bcd = 0x0D,

    /// <summary>integer: signed, one octet.</summary>
    Integer = 0x0F,

    /// <summary>long: signed, two octets.</summary>
    Long = 0x10,

    /// <summary>unsigned: one octet.</summary>
    Unsigned = 0x11,

    /// <summary>long-unsigned: two octets.</summary>
    LongUnsigned = 0x12,

    /// <summary>compact-array: one type description and values without tags.</summary>
    CompactArray = 0x13,

    /// <summary>long64: signed, eight octets.</summary>
    Long64 = 0x14,

    /// <summary>long64-unsigned: eight octets.</summary>
    Long64Unsigned = 0x15,

    /// <summary>enum: one octet.</summary>
    Enum = 0x16,

    /// <summary>float32: IEEE 754, four octets.</summary>
    Float32 = 0x17,

    /// <summary>float64: IEEE 754, eight octets.</summary>
    Float64 = 0x18,

    /// <summary>date-time: twelve octets.</summary>
    DateTime = 0x19,

    /// <summary>date: five octets.</summary>
    Date = 0x1A,

    /// <summary>time: four octets.</summary>
    Time = 0x1B,
}
