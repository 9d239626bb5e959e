using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Logs;
using DeviceHarness.Virtual.Supply;
using DeviceHarness.Virtual.Tests.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Supply;

public sealed class LoadLimitTests
{
    private static readonly LoadLimitOptions Cutting =
        new() { ThresholdWatts = 5_000, OverSeconds = 120, RestoreSeconds = 600, CutsSupply = true };

    private readonly ListedHost _host = new();

    [Fact]
    public void More_than_the_limit_for_too_long_arms_the_supply_and_the_restoration_period_connects_it()
    {
        LoadLimit limit = new(Cutting, _host);

        _host.LiveMinutes(limit, 1, watts: 5_001);
        SupplyState afterOne = _host.Supply.State;
        _host.LiveMinutes(limit, 1, watts: 5_001);
        SupplyState afterTwo = _host.Supply.State;
        _host.LiveMinutes(limit, 9);
        SupplyState afterNine = _host.Supply.State;
        _host.LiveMinutes(limit, 1);

        afterOne.Should().Be(SupplyState.Connected);
        afterTwo.Should().Be(SupplyState.ReadyForReconnection);
        afterNine.Should().Be(SupplyState.ReadyForReconnection, "540 of 600 s");
        _host.Supply.State.Should().Be(SupplyState.Connected);
        limit.Count.Should().Be(1);
        _host.Events.Should().Equal(EventCode.LoadLimitExceeded, EventCode.ArmedByLoadLimit, EventCode.EnabledAfterLoadLimit);
    }

    [Fact]
    public void The_limit_itself_is_allowed_and_a_pause_begins_anew()
    {
        LoadLimit limit = new(Cutting, _host);

        _host.LiveMinutes(limit, 10, watts: 5_000);
        _host.LiveMinutes(limit, 1, watts: 9_000);
        _host.LiveMinutes(limit, 1, watts: 100);
        _host.LiveMinutes(limit, 1, watts: 9_000);

        _host.Supply.IsConnected.Should().BeTrue();
        _host.Events.Should().BeEmpty();
    }

    [Fact]
    public void Without_cutting_there_is_one_alert_until_the_load_was_below_again()
    {
        LoadLimit limit = new(Cutting with { CutsSupply = false }, _host);

        _host.LiveMinutes(limit, 30, watts: 9_000);
        _host.LiveMinutes(limit, 1, watts: 10);
        _host.LiveMinutes(limit, 2, watts: 9_000);

        _host.Events.Should().Equal(EventCode.LoadLimitExceeded, EventCode.LoadLimitExceeded);
        limit.Count.Should().Be(2);
        _host.Supply.IsConnected.Should().BeTrue();
    }

    [Fact]
    public void The_consumers_hand_comes_before_the_restoration_period()
    {
        LoadLimit limit = new(Cutting, _host);
        _host.LiveMinutes(limit, 2, watts: 9_000);

        _host.PressButton().Should().BeTrue();
        _host.LiveMinutes(limit, 20);

        _host.Supply.IsConnected.Should().BeTrue();
        _host.Events.Should().NotContain(EventCode.EnabledAfterLoadLimit);
    }

    [Fact]
    public void It_asks_to_be_looked_at_when_the_time_is_up()
    {
        LoadLimit limit = new(Cutting, _host);

        _host.Live(limit, TimeSpan.FromSeconds(30), watts: 9_000);

        limit.NextDue.Should().Be(ListedHost.Start.AddSeconds(120));
    }

    [Fact]
    public void A_restoration_that_was_pending_begins_anew_after_a_restart()
    {
        LoadLimit limit = new(Cutting, _host);
        _host.LiveMinutes(limit, 2, watts: 9_000);
        LoadLimit next = new(new LoadLimitOptions(), _host);

        next.Restore(limit.Keep());

        next.NextDue.Should().Be(_host.Now.AddSeconds(600));
        next.Count.Should().Be(1);
    }
}
