using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Codecs.ZigBee;

namespace DeviceHarness.Codecs.Tests.Decoders;

/// <summary>The decoders of the headers of ZigBee frames.</summary>
internal static class ZigBeeFrames
{
    public static IReadOnlyList<DecoderUnderTest> All =>
    [
        new("zcl", typeof(ZclHeader), (source, out consumed, out fault) => ZclHeader.Decode(source, out _, out consumed, out fault))
        {
            MoreExamples = ["18050B", "0C5E10070B"],
        },
        new("aps", typeof(ApsHeader), (source, out consumed, out fault) => ApsHeader.Decode(source, out _, out consumed, out fault))
        {
            MoreExamples = ["211E", "1234", "4001050709010109", "0C4B0B020709010207", "820100080901013502 0107"],
        },
    ];
}
