using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Gsme;
using DeviceHarness.Virtual.Logs;
using DeviceHarness.Virtual.Prepayment;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Gsme;

public sealed class GasMeterStateTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    // 600 dm3/h is 10 dm3 a minute; 1 m3 at 1.02264 and 39.5 MJ/m3 is 11.2206 kWh.
    private static readonly LoadProfileOptions Steady = new(600, 0, 0, 0, 0);

    [Fact]
    public void Volume_follows_the_flow_and_energy_the_volume()
    {
        GasFixture meter = new(model => model with { Flow = Steady });

        meter.Live(Hour);

        meter.State.Metrology.VolumeDm3.Should().Be(1_234_567 + 600);
        meter.State.Metrology.EnergyWh.Should().Be(6_732);
        meter.State.TierDm3[0].Should().Be(600);
    }

    [Fact]
    public void How_often_somebody_looks_changes_nothing()
    {
        GasFixture once = new();
        GasFixture often = new();

        once.Live(Hour * 5);
        for (int look = 0; look < 900; look++)
        {
            often.Live(TimeSpan.FromSeconds(20));
        }

        often.State.Metrology.VolumeDm3.Should().Be(once.State.Metrology.VolumeDm3).And.BeGreaterThan(1_234_567);
        often.State.Metrology.EnergyWh.Should().Be(once.State.Metrology.EnergyWh);
        often.State.Battery.Used.Should().Be(once.State.Battery.Used);
    }

    [Fact]
    public void Nothing_flows_through_a_closed_valve_and_only_a_hand_opens_an_armed_one()
    {
        GasFixture meter = new(model => model with { Flow = Steady });

        meter.State.TryMoveValve(SupplyState.Disconnected).Should().BeTrue();
        meter.Live(Hour);
        meter.State.TryMoveValve(SupplyState.Connected).Should().BeFalse();
        meter.State.TryOpenByHand().Should().BeFalse();
        meter.State.TryMoveValve(SupplyState.ReadyForReconnection).Should().BeTrue();
        meter.Live(Hour);

        meter.State.Metrology.VolumeDm3.Should().Be(1_234_567);
        meter.State.TryOpenByHand().Should().BeTrue();
        meter.Live(Hour);
        meter.State.Metrology.VolumeDm3.Should().Be(1_234_567 + 600);
    }

    [Fact]
    public void The_defect_of_the_valve_lets_gas_flow_while_the_meter_says_that_it_is_off()
    {
        GasFixture meter = new(model => model with { Flow = Steady, Defects = GasDefects.ValveStaysOpen });

        meter.State.TryMoveValve(SupplyState.Disconnected);
        meter.Live(Hour);

        meter.State.Valve.Should().Be(SupplyState.Disconnected);
        meter.State.Metrology.VolumeDm3.Should().Be(1_234_567 + 600);
    }

    [Fact]
    public void Without_credit_the_valve_closes_and_a_top_up_arms_it()
    {
        // An hour costs 6.732 kWh x 6,890 millipence = 46,383.
        GasFixture meter = new(model => GasFixture.Prepaid(model with { Flow = Steady }, balance: 46_000));

        meter.Live(Hour);

        meter.State.Valve.Should().Be(SupplyState.Disconnected);
        meter.State.Events.Entries.Should().Contain(entry => entry.Code == EventCode.CreditBelowDisablement);
        meter.State.TopUp(meter.Token(500, 1), 0).Should().Be(TokenStatus.Executed);
        meter.State.Valve.Should().Be(SupplyState.ReadyForReconnection);
        meter.State.TryOpenByHand().Should().BeTrue();
    }

    [Theory]
    [InlineData(GasDefects.None, 500_000)]
    [InlineData(GasDefects.TopUpDoubled, 1_000_000)]
    public void A_top_up_is_credited_once_unless_the_defect_is_planted(GasDefects defects, long credit)
    {
        GasFixture meter = new(model => model with { Flow = Steady, Defects = defects });

        meter.State.TopUp(meter.Token(500, 7), 2);

        meter.State.Account.Balance.Should().Be(credit);
        meter.State.TopUp(meter.Token(500, 7), 2).Should().Be(TokenStatus.ValidationFailure);
        meter.State.Account.Balance.Should().Be(credit);
        meter.State.Settings.TopUps.Should().ContainSingle().Which.Millipence.Should().Be(500_000);
    }

    [Theory]
    [InlineData(0, SupplyState.Disconnected)]
    [InlineData(1, SupplyState.ReadyForReconnection)]
    [InlineData(3, SupplyState.Connected)]
    public void A_tamper_does_to_the_valve_what_the_supply_tamper_state_says(byte state, SupplyState valve)
    {
        GasFixture meter = new();
        meter.State.Settings.TamperState = state;

        meter.State.Tamper(EventCode.CoverRemoved);

        meter.State.Valve.Should().Be(valve);
    }

    [Fact]
    public void A_battery_ages_and_closes_the_valve_when_it_is_low()
    {
        // 1,000 uAh at 50 uA are used to nine tenths after 18 hours.
        GasFixture meter = new(model => model with
        {
            Battery = new GasBatteryOptions { CapacityMicroampHours = 1000, SleepMicroamps = 50, LowPercent = 10 },
        });

        meter.Live(Hour * 18);
        meter.State.Valve.Should().Be(SupplyState.Connected);
        meter.Live(Hour);

        meter.State.Battery.RemainingPercent.Should().Be(5);
        meter.State.Valve.Should().Be(SupplyState.Disconnected);
        meter.State.Events.Entries.Should().ContainSingle(entry => entry.Code == EventCode.BatteryLow);
    }

    [Fact]
    public void An_empty_battery_counts_nothing()
    {
        GasFixture meter = new(model => model with
        {
            Flow = Steady,
            Battery = new GasBatteryOptions { CapacityMicroampHours = 1000, SleepMicroamps = 1000, LowPercent = 0 },
        });

        meter.Live(Hour * 3);

        meter.State.Metrology.VolumeDm3.Should().Be(1_234_567 + 600);
    }

    [Fact]
    public void The_clock_drifts_and_can_be_set_and_with_the_defect_stays_unknown()
    {
        GasFixture sound = new(model => model with { ClockDriftPartsPerMillion = 100, IsClockValid = false });
        GasFixture spoilt = new(model => model with { Defects = GasDefects.ClockUnknown });

        sound.Live(TimeSpan.FromSeconds(10_000));
        (sound.State.Now - sound.State.Clock.TrueTime).Should().Be(TimeSpan.FromSeconds(1));
        sound.State.IsClockValid.Should().BeFalse();
        sound.State.SetClock(sound.State.Clock.TrueTime);
        spoilt.State.SetClock(spoilt.State.Clock.TrueTime);

        sound.State.IsClockValid.Should().BeTrue();
        spoilt.State.IsClockValid.Should().BeFalse();
        spoilt.State.Events.Entries.Should().Contain(entry => !entry.IsStampValid);
    }

    [Fact]
    public void What_is_planned_happens_at_its_time_and_not_before()
    {
        GasFixture meter = new();
        meter.State.Plan(new DatedGasChange(GasChange.Supply, meter.State.Now + Hour, (long)SupplyState.Disconnected));
        meter.State.Plan(new DatedGasChange(GasChange.CalorificValue, meter.State.Now + Hour, 40_000));

        meter.Live(Hour - TimeSpan.FromMinutes(1));
        (SupplyState valve, int calorific) = (meter.State.Valve, meter.State.Metrology.CalorificValue);
        meter.Live(TimeSpan.FromMinutes(2));

        (valve, calorific).Should().Be((SupplyState.Connected, 39_500));
        (meter.State.Valve, meter.State.Metrology.CalorificValue).Should().Be((SupplyState.Disconnected, 40_000));
        meter.State.Settings.Planned.Should().BeEmpty();
    }

    [Fact]
    public void Half_hours_days_and_snapshots_are_noted()
    {
        GasFixture meter = new(model => model with { Flow = Steady });

        meter.Live(TimeSpan.FromDays(2));

        meter.State.History.HalfHours.Count.Should().Be(96);
        meter.State.History.HalfHours[95].Values[0].Should().Be(300);
        meter.State.History.DayBefore(0).Should().Be(14_400);
        GasSnapshot.Of(meter.State.History.Snapshots[1].Values).Id.Should().Be(2);
    }

    [Fact]
    public void A_new_meter_has_the_past_that_it_would_have_noted()
    {
        GasFixture meter = new(model => model with { HistoryDays = 3 });

        meter.State.History.HalfHours.Count.Should().BeInRange(3 * 48, (4 * 48) - 1);
        meter.State.History.Days.Count.Should().Be(4);
        meter.State.History.Days[3].Values[0].Should().BeLessThanOrEqualTo(1_234_567);
        meter.State.History.DayBefore(0).Should().BePositive();
    }

    [Fact]
    public void What_it_was_is_in_flash()
    {
        GasFixture before = new(model => model with { Flow = Steady });
        before.Live(TimeSpan.FromHours(2));
        before.State.TopUp(before.Token(500, 9), 0);
        before.State.TryMoveValve(SupplyState.ReadyForReconnection);

        GasFixture after = new(model => model with { Flow = Steady }, before.Flash);

        after.State.Metrology.VolumeDm3.Should().Be(before.State.Metrology.VolumeDm3);
        after.State.Valve.Should().Be(SupplyState.ReadyForReconnection);
        after.State.Account.Balance.Should().Be(before.State.Account.Balance);
        after.State.TopUp(before.Token(500, 9), 0).Should().Be(TokenStatus.ValidationFailure);
        after.State.History.HalfHours.Count.Should().Be(4);
        after.State.Events.Entries.Should().HaveCountGreaterThanOrEqualTo(before.State.Events.Entries.Count);
    }
}
