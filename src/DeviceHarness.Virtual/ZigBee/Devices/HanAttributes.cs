using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Virtual.ZigBee.KeyEstablishment;
using DeviceHarness.Virtual.ZigBee.Upgrades;

namespace DeviceHarness.Virtual.ZigBee.Devices;

/// <summary>The attributes that every virtual device on the radio tells, each as it is when it is asked for.</summary>
internal static class HanAttributes
{
    private const byte MainsSource = 0x01;
    private const byte BatterySource = 0x03;
    private const byte ZclVersion = 3;
    private const byte TimeMaster = 0x01;
    private const byte Unsigned16 = 0x21;
    private const byte Bitmap16 = 0x19;
    private const byte Eui64 = 0xF0;

    private static readonly DateTimeOffset TimeOrigin = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Dictionary<ushort, Func<AttributeValue>> Basic(VirtualHanDevice device) => new()
    {
        [0x0000] = () => AttributeValue.OfUnsigned(ZclVersion),
        [0x0001] = () => AttributeValue.OfUnsigned((byte)1),
        [0x0002] = () => AttributeValue.OfUnsigned((byte)2),
        [0x0003] = () => AttributeValue.OfUnsigned((byte)1),
        [0x0004] = () => AttributeValue.OfText(device.Model.Manufacturer),
        [0x0005] = () => AttributeValue.OfText(device.Model.Model),
        [0x0006] = () => AttributeValue.OfText("20261123"),
        [0x0007] = () => AttributeValue.OfEnumeration(device.NodeType == EmberNodeType.SleepyEndDevice ? BatterySource : MainsSource),
        [0x4000] = () => AttributeValue.OfText(device.FirmwareVersion),
    };

    public static Dictionary<ushort, Func<AttributeValue>> Time(Func<DateTimeOffset> clock) => new()
    {
        [0x0000] = () => AttributeValue.OfTime((uint)(clock() - TimeOrigin).TotalSeconds),
        [0x0001] = () => AttributeValue.OfBitmap(TimeMaster),
        [0x0002] = () => AttributeValue.OfSigned(0),
    };

    /// <summary>Those of the client's side of the upgrade cluster.</summary>
    public static Dictionary<ushort, Func<AttributeValue>> Upgrades(UpgradeClient client, UpgradeClientOptions options) => new()
    {
        [0x0000] = () => new AttributeValue(Eui64, new WireOctets().Eui64(ulong.MaxValue).ToArray()),
        [0x0001] = () => AttributeValue.OfUnsigned(client.FileOffset),
        [0x0002] = () => AttributeValue.OfUnsigned(client.FileVersion),
        [0x0006] = () => AttributeValue.OfEnumeration(client.ImageUpgradeStatus),
        [0x0007] = () => new AttributeValue(Unsigned16, new WireOctets().Word(options.ManufacturerCode).ToArray()),
        [0x0008] = () => new AttributeValue(Unsigned16, new WireOctets().Word(options.ImageType).ToArray()),
    };

    /// <summary>Those of the key establishment cluster.</summary>
    public static Dictionary<ushort, Func<AttributeValue>> Suites(TestAuthority authority) => new()
    {
        [0x0000] = () => new AttributeValue(Bitmap16, new WireOctets().Word((ushort)authority.Suite).ToArray()),
    };
}
