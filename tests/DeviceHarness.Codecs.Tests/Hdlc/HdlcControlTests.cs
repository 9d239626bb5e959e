using DeviceHarness.Codecs.Hdlc;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Hdlc;

public sealed class HdlcControlTests
{
    [Theory]
    [InlineData(0x10, HdlcFrameKind.Information, 0, 0)]
    [InlineData(0x32, HdlcFrameKind.Information, 1, 1)]
    [InlineData(0xFE, HdlcFrameKind.Information, 7, 7)]
    [InlineData(0x31, HdlcFrameKind.ReceiveReady, 0, 1)]
    [InlineData(0x15, HdlcFrameKind.ReceiveNotReady, 0, 0)]
    [InlineData(0x93, HdlcFrameKind.Snrm, 0, 0)]
    [InlineData(0x53, HdlcFrameKind.Disc, 0, 0)]
    [InlineData(0x73, HdlcFrameKind.Ua, 0, 0)]
    [InlineData(0x1F, HdlcFrameKind.Dm, 0, 0)]
    [InlineData(0x97, HdlcFrameKind.Frmr, 0, 0)]
    [InlineData(0x13, HdlcFrameKind.UnnumberedInformation, 0, 0)]
    [InlineData(0x19, HdlcFrameKind.Unknown, 0, 0)]
    [InlineData(0xB3, HdlcFrameKind.Unknown, 0, 0)]
    public void Each_control_octet_has_its_kind_and_numbers(byte octet, HdlcFrameKind kind, int sendSequence, int receiveSequence)
    {
        HdlcControl control = new(octet);

        (control.Kind, control.SendSequence, control.ReceiveSequence, control.IsPollFinal)
            .Should().Be((kind, sendSequence, receiveSequence, true));
        new HdlcControl((byte)(octet & ~0x10)).Kind.Should().Be(kind, "the poll/final bit does not change the kind");
        new HdlcControl((byte)(octet & ~0x10)).IsPollFinal.Should().BeFalse();
    }

    [Fact]
    public void The_makers_give_the_octets_of_the_standard_and_count_modulo_eight()
    {
        byte[] made =
        [
            HdlcControl.Snrm.Octet, HdlcControl.Disc.Octet, HdlcControl.Ua.Octet, HdlcControl.Dm.Octet, HdlcControl.Frmr.Octet,
            HdlcControl.UnnumberedInformation().Octet, HdlcControl.UnnumberedInformation(false).Octet,
            HdlcControl.ReceiveReady(3).Octet, HdlcControl.ReceiveNotReady(0).Octet,
            HdlcControl.Information(3, 2).Octet, HdlcControl.Information(11, 10, false).Octet,
        ];

        made.Should().Equal(0x93, 0x53, 0x73, 0x1F, 0x97, 0x13, 0x03, 0x71, 0x15, 0x56, 0x46);
    }
}
