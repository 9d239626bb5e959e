using System.Buffers;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Hdlc;

public sealed class HdlcAddressTests
{
    [Theory]
    [InlineData("02 02 03", 2)]
    [InlineData("02 02 02 02", 3)]
    public void Three_octets_and_more_than_four_are_illegal(string hex, int faultOffsetAtMost)
    {
        OperationStatus status = HdlcAddress.Decode(hex.Octets(), out _, out int consumed, out CodecFault fault);

        status.Should().Be(OperationStatus.InvalidData);
        fault.Offset.Should().BeLessThanOrEqualTo(faultOffsetAtMost);
        consumed.Should().Be(0);
    }

    [Fact]
    public void The_largest_parts_fit_and_one_more_does_not()
    {
        Action one = () => HdlcAddress.Client(HdlcAddress.MaximumOneOctetPart + 1);
        Action two = () => HdlcAddress.Server(0, HdlcAddress.MaximumOneOctetPart + 1);
        Action four = () => HdlcAddress.Server(HdlcAddress.MaximumTwoOctetPart + 1, 0, 4);
        Action three = () => HdlcAddress.Server(1, 1, 3);

        HdlcAddress.Server(HdlcAddress.MaximumTwoOctetPart, HdlcAddress.MaximumTwoOctetPart, 4).Upper.Should().Be(0x3FFF);
        foreach (Action act in new[] { one, two, four, three })
        {
            act.Should().Throw<ArgumentOutOfRangeException>();
        }
    }

    [Fact]
    public void All_station_depends_on_the_length()
    {
        HdlcAddress.Client(HdlcAddress.AllStation).IsAllStation.Should().BeTrue();
        HdlcAddress.Server(1, HdlcAddress.AllStation).IsAllStation.Should().BeTrue();
        HdlcAddress.Server(1, HdlcAddress.AllStation, 4).IsAllStation.Should().BeFalse();
        HdlcAddress.Server(1, HdlcAddress.AllStationTwoOctets, 4).IsAllStation.Should().BeTrue();
        default(HdlcAddress).IsAllStation.Should().BeFalse();
    }
}
