using DeviceHarness.Virtual.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Esme;

public sealed class SupplySwitchTests
{
    [Theory]
    [InlineData(1, SupplyState.ReadyForReconnection)]
    [InlineData(2, SupplyState.Connected)]
    [InlineData(3, SupplyState.ReadyForReconnection)]
    [InlineData(4, SupplyState.Connected)]
    [InlineData(5, SupplyState.ReadyForReconnection)]
    [InlineData(6, SupplyState.ReadyForReconnection)]
    public void Remote_reconnection_leads_where_the_mode_says(int mode, SupplyState expected)
    {
        SupplySwitch supply = new(SupplyState.Disconnected, mode);

        supply.TryRemoteReconnect().Should().BeTrue();

        supply.State.Should().Be(expected);
    }

    [Fact]
    public void Nothing_moves_in_mode_0()
    {
        SupplySwitch supply = new(SupplyState.Connected, 0);

        bool[] moves =
        [
            supply.TryRemoteDisconnect(), supply.TryRemoteReconnect(), supply.TryEnable(), supply.TryArm(), supply.TryManualReconnect(),
        ];

        moves.Should().OnlyContain(moved => !moved);
        supply.State.Should().Be(SupplyState.Connected);
    }

    [Fact]
    public void Arming_needs_the_consumers_hand_and_leaves_a_connected_supply_alone()
    {
        SupplySwitch supply = new(SupplyState.Connected, 4);
        supply.TryArm();
        SupplyState whileConnected = supply.State;
        supply.TryRemoteDisconnect();
        bool withoutArming = supply.TryManualReconnect();

        supply.TryArm();
        SupplyState armed = supply.State;
        bool byHand = supply.TryManualReconnect();

        whileConnected.Should().Be(SupplyState.Connected);
        withoutArming.Should().BeFalse();
        armed.Should().Be(SupplyState.ReadyForReconnection);
        byHand.Should().BeTrue();
        supply.IsConnected.Should().BeTrue();
    }
}
