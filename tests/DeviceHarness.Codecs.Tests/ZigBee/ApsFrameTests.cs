using System.Buffers;
using DeviceHarness.Codecs.ZigBee;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.ZigBee;

public sealed class ApsFrameTests
{
    public static TheoryData<string, ApsHeader> Frames { get; } = new()
    {
        // Octets of a frame that another program took apart.
        {
            "40 01 0507 0901 01 09 1809010100002B2EFBFFFF030000182A0200002BF4010000", new(ApsFrameType.Data, ApsDelivery.Unicast, 9)
            {
                DestinationEndpoint = 1, Cluster = 0x0705, Profile = 0x0109, SourceEndpoint = 1, WantsAcknowledgement = true,
            }
        },
        {
            "0C 4B0B 0207 0901 02 07 AA", new(ApsFrameType.Data, ApsDelivery.Group, 7)
            {
                Group = 0x0B4B, Cluster = 0x0702, Profile = 0x0109, SourceEndpoint = 2,
            }
        },
        { "21 1E", new(ApsFrameType.Command, ApsDelivery.Unicast, 0x1E) { IsSecured = true } },
        {
            "02 01 0207 0901 01 33", new(ApsFrameType.Acknowledgement, ApsDelivery.Unicast, 0x33)
            {
                DestinationEndpoint = 1, Cluster = 0x0702, Profile = 0x0109, SourceEndpoint = 1,
            }
        },
        { "12 34", new(ApsFrameType.Acknowledgement, ApsDelivery.Unicast, 0x34) { IsWithoutEndpoints = true } },
        {
            "C0 01 0008 0901 01 35 01 03 FF", new(ApsFrameType.Data, ApsDelivery.Unicast, 0x35)
            {
                DestinationEndpoint = 1, Cluster = 0x0800, Profile = 0x0109, SourceEndpoint = 1, WantsAcknowledgement = true,
                Fragment = new ApsFragment(true, 3),
            }
        },
        {
            "82 01 0008 0901 01 35 02 01 07", new(ApsFrameType.Acknowledgement, ApsDelivery.Unicast, 0x35)
            {
                DestinationEndpoint = 1, Cluster = 0x0800, Profile = 0x0109, SourceEndpoint = 1,
                Fragment = new ApsFragment(false, 1) { Received = 7 },
            }
        },
    };

    [Theory]
    [MemberData(nameof(Frames))]
    public void A_frame_of_every_kind_is_read_and_written(string hex, ApsHeader header)
    {
        byte[] octets = hex.Octets();
        byte[] again = new byte[octets.Length];

        OperationStatus status = ApsFrame.Read(octets, out ApsFrame frame, out CodecFault fault);
        OperationStatus written = ApsFrame.Encode(frame, again, out _);

        (status, fault).Should().Be((OperationStatus.Done, CodecFault.None));
        frame.Header.Should().Be(header);
        written.Should().Be(OperationStatus.Done);
        again.ShouldBeHex(hex);
        ApsFrame.Encode(frame, again.AsSpan(1), out _).Should().Be(OperationStatus.DestinationTooSmall);
    }

    [Theory]
    [InlineData("03", "frames between networks have another header")]
    [InlineData("0401", "delivery mode 1 is no longer used")]
    [InlineData("C00100080901013500", "an extended header without fragmentation")]
    public void What_is_no_frame_is_told(string hex, string because)
    {
        ApsFrame.Read(hex.Octets(), out _, out CodecFault fault);

        fault.Kind.Should().Be(CodecFaultKind.UnexpectedValue, because);
    }
}
