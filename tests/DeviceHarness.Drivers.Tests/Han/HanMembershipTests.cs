using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Security.Mmo;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Han;

/// <summary>Which network an adapter joins, and what it does when the hub does not hear it.</summary>
public sealed class HanMembershipTests
{
    private const ulong Hub = 0x90B3D51F30000C01;
    private const ulong Named = 0xAA;

    private readonly FakeAdapter _adapter = new() { Network = null, Table = { [Hub] = 0 } };

    public static TheoryData<ZigBeeFoundNetwork[], ulong?, string> Unfit => new()
    {
        { [], null, "HAN-008" },
        { [Heard(0xBB, false)], null, "HAN-008" },
        { [Heard(0xBB, true)], Named, "HAN-008" },
        { [Heard(0xAA, true), Heard(0xBB, true)], null, "HAN-008" },
        { [Heard(0xAA, false), Heard(0xBB, true)], Named, "HAN-022" },
    };

    [Theory]
    [MemberData(nameof(Unfit))]
    public async Task A_network_that_does_not_fit_is_not_joined(ZigBeeFoundNetwork[] heard, ulong? named, string code)
    {
        _adapter.Heard = heard;
        await using HanNetwork network = await StartedAsync();

        Func<Task> join = () => network.EnterAsync(Entry(named), default);

        (await join.Should().ThrowAsync<HarnessException>()).Which.Code.Should().Be(code);
        _adapter.Orders.Should().BeEmpty();
    }

    [Fact]
    public async Task The_only_open_network_is_joined_which_several_routers_were_heard_of()
    {
        _adapter.Heard = [Heard(0xAA, false), Heard(0xBB, true), Heard(0xBB, false)];
        await using HanNetwork network = await StartedAsync();

        HanEntered entered = await network.EnterAsync(Entry(null), default).DefaultTimeout();

        _adapter.Orders.Should().Equal("join BB");
        (entered.IsNew, entered.HasLinkKey, entered.TrustCentre.Kind).Should().Be((true, false, HanNodeKind.Coordinator));
    }

    [Fact]
    public async Task A_trust_centre_joins_nothing()
    {
        _adapter.Network = new(ZigBeeRole.Coordinator, 0, 1, 1, 15, 5);
        await using HanNetwork network = await StartedAsync();

        Func<Task> join = () => network.EnterAsync(Entry(null), default);

        (await join.Should().ThrowAsync<LocalProtocolException>()).Which.Code.Should().Be("HAN-009");
    }

    [Fact]
    public async Task A_hub_that_does_not_hear_is_looked_for_under_the_network_key_and_then_under_the_link_key()
    {
        _adapter.Network = new(ZigBeeRole.Router, 0x1234, 1, 1, 15, 5);
        _adapter.Carry = _ => Task.FromResult(FakeAdapter.Delivery(ZigBeeDeliveryOutcome.NotDelivered, "DeliveryFailed"));
        await using HanNetwork network = await StartedAsync();

        Func<Task> join = () => network.EnterAsync(Entry(null), default);

        (await join.Should().ThrowAsync<HanDeliveryException>()).Which.Code.Should().Be("HAN-016");
        _adapter.Orders.Should().Equal("rejoin True", "rejoin False");
    }

    private static ZigBeeFoundNetwork Heard(ulong network, bool isOpen) => new(15, 0x1A62, network, isOpen, 200, -50);

    private static HanEntry Entry(ulong? named) => new()
    {
        Code = InstallCode.TryParse("83FED3407A939723A5C639B26916D505C3B5", out InstallCode? code, out _) ? code : null!,
        Channels = 1u << 15,
        ExtendedPanId = named,
    };

    private async Task<HanNetwork> StartedAsync()
    {
        HanNetwork network = new(new HanNetworkOptions { Adapter = _adapter });
        await network.StartAsync(default).DefaultTimeout();
        return network;
    }
}
