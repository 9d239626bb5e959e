using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Virtual.ZigBee.Clusters;

/// <summary>The Basic cluster of a device.</summary>
/// <param name="identity">What the device is.</param>
internal sealed class BasicCluster(HanIdentity identity) : HanCluster
{
    private const int Mains = 0x01;
    private const int Battery = 0x03;

    /// <inheritdoc/>
    public override ushort Id => 0x0000;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<ushort, Func<ZclData>> Attributes { get; } = new Dictionary<ushort, Func<ZclData>>
    {
        [0x0000] = () => AttributeData.Unsigned8(3),
        [0x0001] = () => AttributeData.Unsigned8(1),
        [0x0002] = () => AttributeData.Unsigned8(2),
        [0x0003] = () => AttributeData.Unsigned8(identity.HardwareVersion),
        [0x0004] = () => ZclData.CharacterString(identity.Manufacturer),
        [0x0005] = () => ZclData.CharacterString(identity.ModelName),
        [0x0006] = () => ZclData.CharacterString("20261123"),
        [0x0007] = () => AttributeData.Enumeration(identity.IsOnMains ? Mains : Battery),
        [0x4000] = () => ZclData.CharacterString(identity.FirmwareVersion()),
    };
}
