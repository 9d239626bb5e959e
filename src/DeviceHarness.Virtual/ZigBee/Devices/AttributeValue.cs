using System.Text;

namespace DeviceHarness.Virtual.ZigBee.Devices;

/// <summary>An attribute's value as it stands on the wire.</summary>
/// <param name="Type">The number of its type.</param>
/// <param name="Octets">Its octets, with the length of a string.</param>
internal sealed record AttributeValue(byte Type, byte[] Octets)
{
    private const byte Bitmap8 = 0x18;
    private const byte Unsigned8 = 0x20;
    private const byte Unsigned32 = 0x23;
    private const byte Signed32 = 0x2B;
    private const byte Enumeration8 = 0x30;
    private const byte CharacterString = 0x42;
    private const byte UtcTime = 0xE2;

    public static AttributeValue OfBitmap(byte value) => new(Bitmap8, [value]);

    public static AttributeValue OfUnsigned(byte value) => new(Unsigned8, [value]);

    public static AttributeValue OfUnsigned(uint value) => new(Unsigned32, new WireOctets().DoubleWord(value).ToArray());

    public static AttributeValue OfSigned(int value) => new(Signed32, new WireOctets().DoubleWord((uint)value).ToArray());

    public static AttributeValue OfEnumeration(byte value) => new(Enumeration8, [value]);

    public static AttributeValue OfTime(uint value) => new(UtcTime, new WireOctets().DoubleWord(value).ToArray());

    public static AttributeValue OfText(string value) =>
        new(CharacterString, new WireOctets().Octet((byte)value.Length).Run(Encoding.ASCII.GetBytes(value)).ToArray());
}
