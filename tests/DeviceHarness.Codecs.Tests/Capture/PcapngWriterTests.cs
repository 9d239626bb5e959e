using System.Buffers;
using DeviceHarness.Codecs.Capture;
using DeviceHarness.Codecs.ZigBee;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Capture;

public sealed class PcapngWriterTests
{
    private static readonly RebuiltMessage Report = new(
        0x1A62, 0x4A1D, ZigBeeProfile.Coordinator, new(ApsFrameType.Data, ApsDelivery.Unicast, 9)
        {
            DestinationEndpoint = 1,
            Cluster = 0x0705,
            Profile = ZigBeeProfile.SmartEnergy,
            SourceEndpoint = 1,
            WantsAcknowledgement = true,
        },
        "1809010100002B2EFBFFFF030000182A0200002BF4010000".Octets());

    [Fact]
    public void The_frame_is_that_of_the_vector_behind_a_mac_header()
    {
        TestVector vector = TestVector.Load("zigbee/nwk-aps-vectors.json").Single(candidate => candidate.Name == "nwk_plain_aps_plain");
        byte[] frame = new byte[RebuiltFrame.MaximumOctets(Report)];

        RebuiltFrame.Encode(Report, 5, frame, out int written).Should().Be(OperationStatus.Done);

        frame[..written].ShouldBeHex("6188 05 621A 0000 1D4A" + Convert.ToHexString(vector.Octets));
        RebuiltFrame.Encode(Report, 5, new byte[10], out _).Should().Be(OperationStatus.DestinationTooSmall);
        RebuiltFrame.Encode(Report, 5, new byte[written - 1], out written).Should().Be(OperationStatus.DestinationTooSmall);
        written.Should().Be(0);
    }

    [Fact]
    public void A_secured_fragmented_broadcast_is_built_plain_whole_and_to_all()
    {
        RebuiltMessage message = Report with
        {
            Destination = ZigBeeProfile.BroadcastAwake,
            Header = Report.Header with { IsSecured = true, Fragment = new ApsFragment(true, 2), Delivery = ApsDelivery.Broadcast },
            Asdu = new byte[] { 0xAA },
        };
        byte[] frame = new byte[RebuiltFrame.MaximumOctets(message)];

        RebuiltFrame.Encode(message, 0, frame, out int written);

        frame[..written].ShouldBeHex("4188 00 621A FFFF 1D4A 0800 FDFF 1D4A 1E 00 48 01 0507 0901 01 09 AA");
    }

    [Fact]
    public void A_file_is_a_section_an_interface_and_a_packet_with_its_time_and_comment()
    {
        ArrayBufferWriter<byte> target = new();
        PcapngWriter writer = new(target, "radio");

        writer.Write(new DateTimeOffset(2026, 11, 23, 1, 2, 3, TimeSpan.Zero).AddTicks(4_567_890), [1, 2, 3], "why");

        writer.Packets.Should().Be(1);
        target.WrittenSpan.ShouldBeHex(
            "0A0D0D0A 34000000 4D3C2B1A 0100 0000 FFFFFFFFFFFFFFFF 0400 0D00 4465766963654861726E657373 000000 0000 0000 34000000"
            + "01000000 2C000000 E600 0000 00000000 0200 0500 726164696F 000000 0900 0100 09 000000 0000 0000 2C000000"
            + "06000000 30000000 00000000 E586EA18 08BAE5E7 03000000 03000000 010203 00 0100 0300 776879 00 0000 0000 30000000");
    }
}
