using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Virtual.Gsme.Clusters;

/// <summary>The Basic cluster of a gas meter.</summary>
internal sealed class BasicCluster(GasMeterState state) : GasCluster(state)
{
    private const int Battery = 0x03;

    /// <inheritdoc/>
    public override ushort Id => 0x0000;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<ushort, Func<ZclData>> Attributes { get; } = new Dictionary<ushort, Func<ZclData>>
    {
        [0x0000] = () => AttributeData.Unsigned8(3),
        [0x0001] = () => AttributeData.Unsigned8(1),
        [0x0002] = () => AttributeData.Unsigned8(2),
        [0x0003] = () => AttributeData.Unsigned8(state.Model.HardwareVersion),
        [0x0004] = () => ZclData.CharacterString(state.Model.Manufacturer),
        [0x0005] = () => ZclData.CharacterString(state.Model.ModelName),
        [0x0006] = () => ZclData.CharacterString("20261123"),
        [0x0007] = () => AttributeData.Enumeration(Battery),
        [0x4000] = () => ZclData.CharacterString(state.FirmwareVersion),
    };
}
