namespace DeviceHarness.Codecs.Zcl;

/// <summary>The data types of attributes and command fields, by the octet that names them.</summary>
/// <remarks>Spec: ZigBee Cluster Library, data types, as this harness's ZigBee guide sums them up.</remarks>
public enum ZclDataType : byte
{
    /// <summary>No value at all.</summary>
    NoData = 0x00,

    /// <summary>One octet without a meaning of its own; the wider ones follow up to <see cref="Data64"/>.</summary>
    Data8 = 0x08,

    /// <summary>Eight octets without a meaning of their own.</summary>
    Data64 = 0x0F,

    /// <summary>00 false, 01 true, FF invalid.</summary>
    Boolean = 0x10,

    /// <summary>Eight bits; the wider ones follow up to <see cref="Bitmap64"/>.</summary>
    Bitmap8 = 0x18,

    /// <summary>16 bits.</summary>
    Bitmap16 = 0x19,

    /// <summary>24 bits.</summary>
    Bitmap24 = 0x1A,

    /// <summary>32 bits.</summary>
    Bitmap32 = 0x1B,

    /// <summary>48 bits.</summary>
    Bitmap48 = 0x1D,

    /// <summary>64 bits.</summary>
    Bitmap64 = 0x1F,

    /// <summary>Unsigned number of one octet; the wider ones follow up to <see cref="Unsigned64"/>.</summary>
    Unsigned8 = 0x20,

    /// <summary>Unsigned number of two octets.</summary>
    Unsigned16 = 0x21,

    /// <summary>Unsigned number of three octets.</summary>
    Unsigned24 = 0x22,

    /// <summary>Unsigned number of four octets.</summary>
    Unsigned32 = 0x23,

    /// <summary>Unsigned number of five octets.</summary>
    Unsigned40 = 0x24,

    /// <summary>Unsigned number of six octets.</summary>
    Unsigned48 = 0x25,

    /// <summary>Unsigned number of seven octets.</summary>
    Unsigned56 = 0x26,

    /// <summary>Unsigned number of eight octets.</summary>
    Unsigned64 = 0x27,

    /// <summary>Signed number of one octet; the wider ones follow up to <see cref="Signed64"/>.</summary>
    Signed8 = 0x28,

    /// <summary>Signed number of two octets.</summary>
    Signed16 = 0x29,

    /// <summary>Signed number of three octets.</summary>
    Signed24 = 0x2A,

    /// <summary>Signed number of four octets.</summary>
    Signed32 = 0x2B,

    /// <summary>Signed number of five octets.</summary>
    Signed40 = 0x2C,

    /// <summary>Signed number of six octets.</summary>
    Signed48 = 0x2D,

    /// <summary>Signed number of seven octets.</summary>
    Signed56 = 0x2E,

    /// <summary>Signed number of eight octets.</summary>
    Signed64 = 0x2F,

    /// <summary>One of up to 255 meanings.</summary>
    Enum8 = 0x30,

    /// <summary>One of up to 65,535 meanings.</summary>
    Enum16 = 0x31,

    /// <summary>Binary floating point number of two octets.</summary>
    SemiPrecision = 0x38,

    /// <summary>Binary floating point number of four octets.</summary>
    SinglePrecision = 0x39,

    /// <summary>Binary floating point number of eight octets.</summary>
    DoublePrecision = 0x3A,

    /// <summary>Up to 254 octets behind one octet that counts them.</summary>
    OctetString = 0x41,

    /// <summary>Up to 254 octets of text behind one octet that counts them.</summary>
    CharacterString = 0x42,

    /// <summary>Up to 65,534 octets behind two octets that count them.</summary>
    LongOctetString = 0x43,

    /// <summary>Up to 65,534 octets of text behind two octets that count them.</summary>
    LongCharacterString = 0x44,

    /// <summary>Values of one type, in order.</summary>
    Array = 0x48,

    /// <summary>Values each with its type, in order.</summary>
    Structure = 0x4C,

    /// <summary>Different values of one type, in no order.</summary>
    Set = 0x50,

    /// <summary>Values of one type, in no order.</summary>
    Bag = 0x51,

    /// <summary>Hours, minutes, seconds, hundredths.</summary>
    TimeOfDay = 0xE0,

    /// <summary>Year since 1900, month, day, day of the week.</summary>
    Date = 0xE1,

    /// <summary>Seconds since 2000-01-01 00:00:00 UTC.</summary>
    UtcTime = 0xE2,

    /// <summary>The number of a cluster.</summary>
    ClusterId = 0xE8,

    /// <summary>The number of an attribute.</summary>
    AttributeId = 0xE9,

    /// <summary>The number of a BACnet object.</summary>
    BacnetOid = 0xEA,

    /// <summary>The EUI-64 of a device.</summary>
    IeeeAddress = 0xF0,

    /// <summary>A key of 128 bits.</summary>
    SecurityKey = 0xF1,

    /// <summary>No type is known.</summary>
    Unknown = 0xFF,
}
