using DeviceHarness.Codecs.Ezsp;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Ezsp;

public sealed class EzspStatusCodeTests
{
    [Theory]
    [InlineData(EmberStatus.Success, SlStatus.Ok)]
    [InlineData(EmberStatus.NotJoined, SlStatus.NotJoined)]
    [InlineData(EmberStatus.DeliveryFailed, SlStatus.DeliveryFailed)]
    [InlineData(EmberStatus.TooSoonForSwitchKey, SlStatus.TooSoonForSwitchKey)]
    public void The_stacks_statuses_have_partners_of_four_octets(EmberStatus status, SlStatus partner)
    {
        EzspStatusCode.FromEmberStatus(status).ToSlStatus().Should().Be(partner);
        EzspStatusCode.FromSlStatus(partner).ToEmberStatus().Should().Be(status);
    }

    [Theory]
    [InlineData(EzspStatus.Success, SlStatus.Ok)]
    [InlineData(EzspStatus.InvalidValue, SlStatus.InvalidParameter)]
    [InlineData(EzspStatus.InvalidId, SlStatus.InvalidParameter)]
    [InlineData(EzspStatus.OutOfMemory, SlStatus.NoMoreResource)]
    [InlineData(EzspStatus.InvalidCall, SlStatus.InvalidState)]
    [InlineData(EzspStatus.NoResponse, SlStatus.Fail)]
    public void The_serial_protocols_statuses_become_the_nearest_of_four_octets(EzspStatus status, SlStatus nearest) =>
        EzspStatusCode.FromEzspStatus(status).ToSlStatus().Should().Be(nearest);

    [Fact]
    public void What_has_no_partner_becomes_a_general_failure()
    {
        EzspStatusCode.FromEmberStatus(EmberStatus.NoBeacons).ToSlStatus().Should().Be(SlStatus.Fail);
        EzspStatusCode.FromSlStatus(SlStatus.NotReady).ToEmberStatus().Should().Be(EmberStatus.InvalidCall);
        EzspStatusCode.FromEzspStatus(EzspStatus.InvalidId).ToEmberStatus().Should().Be(EmberStatus.InvalidCall);
        EzspStatusCode.FromEzspStatus(EzspStatus.Success).ToEmberStatus().Should().Be(EmberStatus.Success);
    }

    [Fact]
    public void A_status_has_its_name_or_its_number()
    {
        EzspStatusCode.FromEmberStatus(EmberStatus.NotJoined).ToString().Should().Be("NotJoined");
        EzspStatusCode.FromEzspStatus(EzspStatus.InvalidId).Name.Should().Be("InvalidId");
        EzspStatusCode.FromSlStatus((SlStatus)0xABCD).Name.Should().Be("0x0000ABCD");
        new EzspStatusCode(EzspStatusFamily.Ember, 0xEE).Name.Should().Be("0xEE");
        EzspStatusCode.FromSlStatus(SlStatus.Ok).IsSuccess.Should().BeTrue();
        EzspStatusCode.FromEzspStatus(EzspStatus.InvalidId).IsSuccess.Should().BeFalse();
    }
}
