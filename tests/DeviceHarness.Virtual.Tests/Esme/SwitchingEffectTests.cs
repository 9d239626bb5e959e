using DeviceHarness.Virtual.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Esme;

/// <summary>A load limit is a disconnection, an auxiliary calendar a switch at its time.</summary>
public sealed class SwitchingEffectTests
{
    private const string Limit = "0-0:17.0.0.255";
    private const string Switch = "0-0:96.3.10.255";

    [Fact]
    public void A_load_limit_that_is_set_disconnects_counts_and_connects_again()
    {
        EsmeFixture fixture = new(model => model with { Load = new LoadProfileOptions(3_000, 0, 0, 0, 0) });
        ScriptedClient client = fixture.Associated();
        client.Do(CosemRequests.Set(71, Limit, 4, CosemRequests.Unsigned32(2_500))).Should().Be(0);
        client.Do(CosemRequests.Set(71, Limit, 6, CosemRequests.Unsigned32(30))).Should().Be(0);
        client.Do(CosemRequests.Set(71, Limit, 7, CosemRequests.Unsigned32(300))).Should().Be(0);
        client.Do(CosemRequests.Set(1, "0-0:94.44.0.3", 2, "0301")).Should().Be(0);

        fixture.Time.Advance(TimeSpan.FromSeconds(29));
        string before = client.Read(70, Switch, 3);
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        string during = client.Read(70, Switch, 3);
        long power = client.Number(3, "1-0:1.7.0.255", 2);
        fixture.Time.Advance(TimeSpan.FromSeconds(300));
        client = fixture.Associated();

        before.Should().Be("1601");
        during.Should().Be("1602");
        power.Should().Be(0);
        client.Read(70, Switch, 3).Should().Be("1601");
        client.Number(3, "0-0:94.44.42.255", 2).Should().Be(1);
        client.Do(CosemRequests.Act(3, "0-0:94.44.42.255", 1, CosemRequests.IntegerZero)).Should().Be(0);
        client.Number(3, "0-0:94.44.42.255", 2).Should().Be(0);
    }

    [Fact]
    public void An_auxiliary_load_is_switched_by_script_and_by_object_and_its_power_counts()
    {
        EsmeFixture fixture = Auxiliary();
        ScriptedClient client = fixture.Associated();
        long before = client.Number(3, "1-0:1.7.0.255", 2);

        client.Do(CosemRequests.Act(9, "0-0:10.0.103.255", 1, "12000B")).Should().Be(0);
        long on = client.Number(3, "1-0:1.7.0.255", 2);
        string state = client.Read(1, "0-0:94.44.117.1", 2);
        client.Do(CosemRequests.Act(70, "0-1:96.3.10.255", 1, CosemRequests.IntegerZero)).Should().Be(0);

        on.Should().Be(before + 3_000);
        state.Should().Be("0301");
        client.Read(70, "0-1:96.3.10.255", 3).Should().Be("1600");
        client.Number(3, "1-0:1.7.0.255", 2).Should().Be(before);
        client.Do(CosemRequests.Act(9, "0-0:10.0.103.255", 1, "120015")).Should().Be(4, "there is no second load");
    }

    [Fact]
    public void The_auxiliary_calendar_switches_at_half_past_midnight()
    {
        EsmeFixture fixture = Auxiliary();

        fixture.Time.Advance(new TimeSpan(12, 29, 57));
        bool before = fixture.Esme.AuxiliaryLoads[0];
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        bool at = fixture.Esme.AuxiliaryLoads[0];
        fixture.Time.Advance(TimeSpan.FromHours(4));

        before.Should().BeFalse("00:29:59 by the meter's clock, which is two seconds ahead");
        at.Should().BeTrue();
        fixture.Esme.AuxiliaryLoads[0].Should().BeFalse("04:30");
    }

    [Fact]
    public void A_tariff_change_does_not_touch_the_auxiliary_load_unless_the_meter_is_defective()
    {
        EsmeFixture fixture = Auxiliary();
        ScriptedClient client = fixture.Associated();
        client.Do(CosemRequests.Act(9, "0-0:10.0.103.255", 1, "12000B")).Should().Be(0);
        string calendar = client.Read(10, "0-0:12.0.2.255", 2);

        client.Do(CosemRequests.Act(20, "0-0:13.0.0.255", 1, CosemRequests.IntegerZero)).Should().Be(0);
        bool sound = fixture.Esme.AuxiliaryLoads[0];
        string soundCalendar = client.Read(10, "0-0:12.0.2.255", 2);
        fixture.Esme.Defects = EsmeDefects.AuxiliaryDisturbed;
        client.Do(CosemRequests.Act(20, "0-0:13.0.0.255", 1, CosemRequests.IntegerZero)).Should().Be(0);

        sound.Should().BeTrue();
        soundCalendar.Should().Be(calendar);
        fixture.Esme.AuxiliaryLoads[0].Should().BeFalse();
        client.Read(10, "0-0:12.0.2.255", 2).Should().NotBe(calendar).And.Contain("0300", "its entries are disabled");
    }

    [Fact]
    public void A_meter_with_a_boost_of_its_own_has_no_object_for_it_and_refuses_to_be_overridden()
    {
        EsmeFixture fixture = new(_ => EsmeFixture.DefaultModel("esme-boost.yaml"));
        ScriptedClient client = fixture.Associated();

        string? read = client.Send(CosemRequests.Get(1, "0-0:94.44.6.1", 2));
        string? write = client.Send(CosemRequests.Set(1, "0-0:94.44.6.1", 2, "040880"));
        int command = client.Do(CosemRequests.Act(9, "0-0:10.0.103.255", 1, "12000B"));
        bool isPressed = fixture.Esme.PressBoostButton(1);
        bool boosted = fixture.Esme.AuxiliaryLoads[0];
        fixture.Time.Advance(TimeSpan.FromMinutes(60));

        read.Should().Be("C401C10104");
        write.Should().Be("C501C104");
        command.Should().Be(3);
        isPressed.Should().BeTrue();
        boosted.Should().BeTrue("the button does what it did before");
        fixture.Esme.AuxiliaryLoads[0].Should().BeFalse();
    }

    [Fact]
    public void A_button_that_clients_may_change_does_what_they_say()
    {
        EsmeFixture fixture = new(_ =>
        {
            EsmeModel model = EsmeFixture.DefaultModel("esme-boost.yaml");
            return model with { Auxiliary = model.Auxiliary with { IsBoostRemote = true } };
        });
        ScriptedClient client = fixture.Associated();

        string before = client.Read(1, "0-0:94.44.6.1", 2);
        int removed = client.Do(CosemRequests.Set(1, "0-0:94.44.6.1", 2, "040800"));
        bool isPressed = fixture.Esme.PressBoostButton(1);
        int absent = client.Do(CosemRequests.Set(1, "0-0:94.44.6.1", 2, "040840"));

        before.Should().Be("040880");
        removed.Should().Be(0);
        isPressed.Should().BeFalse();
        absent.Should().Be(250, "there is no second load");
    }

    [Fact]
    public void A_forced_sag_is_logged_and_told()
    {
        EsmeFixture fixture = new();
        fixture.Esme.SetBenchVoltage(1_950);

        fixture.Time.Advance(TimeSpan.FromMinutes(3));
        ScriptedClient client = fixture.Associated();

        client.Number(3, "1-0:32.7.0.255", 2).Should().Be(1_950);
        client.Read(7, "0-0:99.98.0.255", 2).Should().Contain("128028").And.Contain("12802C");
    }

    [Fact]
    public void A_tamper_costs_the_supply_only_when_the_meter_is_told_so()
    {
        EsmeFixture fixture = new();
        ScriptedClient client = fixture.Associated();
        fixture.Esme.Tamper(Virtual.Logs.EventCode.CoverRemoved);
        SupplyState before = fixture.Esme.Supply;
        client.Do(CosemRequests.Set(1, "0-0:94.44.0.4", 2, "0301")).Should().Be(0);

        fixture.Esme.Tamper(Virtual.Logs.EventCode.CoverRemoved);

        before.Should().Be(SupplyState.Connected);
        fixture.Esme.Supply.Should().Be(SupplyState.Disconnected);
    }

    private static EsmeFixture Auxiliary() => new(_ => EsmeFixture.DefaultModel("esme-auxiliary.yaml") with
    {
        Load = new LoadProfileOptions(500, 0, 0, 0, 0),
    });
}
