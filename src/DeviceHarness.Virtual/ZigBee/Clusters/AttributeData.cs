using System.Text;
using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Virtual.ZigBee.Clusters;

/// <summary>Values of the types that the attributes of a device have; what a type has no room for is the nearest that it has.</summary>
internal static class AttributeData
{
    public static ZclData Unsigned8(int value) => ZclData.Unsigned(ZclDataType.Unsigned8, (ulong)value);

    public static ZclData Unsigned16(int value) => ZclData.Unsigned(ZclDataType.Unsigned16, (ulong)value);

    /// <summary>24 bits; the invalid value for what the meter does not know.</summary>
    public static ZclData Unsigned24(long? value) => value is long known
        ? ZclData.Unsigned(ZclDataType.Unsigned24, (ulong)Math.Clamp(known, 0, 0xFF_FFFE))
        : ZclData.Invalid(ZclDataType.Unsigned24);

    public static ZclData Unsigned32(long value) =>
        ZclData.Unsigned(ZclDataType.Unsigned32, (ulong)Math.Clamp(value, 0, uint.MaxValue - 1L));

    public static ZclData Unsigned48(long value) => ZclData.Unsigned(ZclDataType.Unsigned48, (ulong)Math.Clamp(value, 0, (1L << 48) - 2));

    public static ZclData Signed24(int value) => ZclData.Signed(ZclDataType.Signed24, value);

    public static ZclData Signed32(long value) =>
        ZclData.Signed(ZclDataType.Signed32, Math.Clamp(value, int.MinValue + 1L, int.MaxValue));

    public static ZclData Enumeration(int value) => ZclData.Unsigned(ZclDataType.Enum8, (ulong)value);

    public static ZclData Bitmap8(int value) => ZclData.Unsigned(ZclDataType.Bitmap8, (ulong)value);

    public static ZclData Bitmap16(int value) => ZclData.Unsigned(ZclDataType.Bitmap16, (ulong)value);

    public static ZclData Time(uint value) => ZclData.Unsigned(ZclDataType.UtcTime, value);

    public static ZclData Octets(string text) => ZclData.OctetString(Encoding.Latin1.GetBytes(text));
}
