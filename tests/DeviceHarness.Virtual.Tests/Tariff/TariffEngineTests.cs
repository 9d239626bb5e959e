using DeviceHarness.Virtual.Logs;
using DeviceHarness.Virtual.Tariff;
using DeviceHarness.Virtual.Tests.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Tariff;

public sealed class TariffEngineTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TariffOptions TwoRates = new()
    {
        Day = [new(new TimeSpan(0, 30, 0), 2), new(new TimeSpan(7, 30, 0), 1)],
        Prices = [new(1, 0, 28_640), new(2, 0, 9_710)],
        StandingMillipence = 53_850,
    };

    private readonly ListedHost _host = new();

    [Fact]
    public void Energy_goes_to_the_rate_of_the_time_and_is_priced_by_it()
    {
        _host.Now = At(7, 29);
        TariffEngine tariff = new(TwoRates, 1, _host);

        _host.Live(tariff, Minute, importWh: 100);
        long nightCost = tariff.LastCostMillipence;
        _host.Live(tariff, Minute, importWh: 100);

        tariff.RateWh[1].Should().Be(100, "07:29 to 07:30 is rate 2");
        tariff.RateWh[0].Should().Be(100, "07:30 to 07:31 is rate 1");
        nightCost.Should().Be(971, "100 Wh at 9,710 a kWh");
        tariff.LastCostMillipence.Should().Be(2_864, "100 Wh at 28,640 a kWh");
    }

    [Fact]
    public void Before_the_first_switching_time_of_a_day_the_last_of_the_day_before_holds()
    {
        _host.Now = At(0, 10);

        new TariffEngine(TwoRates, 1, _host).Rate.Should().Be(1);
    }

    [Fact]
    public void Fractions_of_a_cost_are_carried()
    {
        TariffEngine tariff = new(TwoRates, 1, _host);
        long cost = 0;

        for (int minute = 0; minute < 1000; minute++)
        {
            _host.Now = ListedHost.Start;
            _host.Live(tariff, Minute, importWh: 1);
            cost += tariff.LastCostMillipence;
        }

        cost.Should().Be(28_640, "1,000 times 28.64 thousandths, none of them lost");
    }

    [Fact]
    public void A_slice_that_passes_a_block_threshold_is_split_at_it()
    {
        TariffOptions blocks = new()
        {
            BlockThresholdsWh = [1_000, 3_000],
            Prices = [new(1, 1, 20_000), new(1, 2, 30_000), new(1, 3, 40_000)],
        };
        TariffEngine tariff = new(blocks, 1, _host);

        _host.Live(tariff, Minute, importWh: 900);
        int first = tariff.Block;
        _host.Live(tariff, Minute, importWh: 300);
        long split = tariff.LastCostMillipence;
        _host.Live(tariff, Minute, importWh: 2_000);

        first.Should().Be(1);
        split.Should().Be(8_000, "100 Wh at 20,000 and 200 Wh at 30,000: 2,000 + 6,000");
        tariff.LastCostMillipence.Should().Be(62_000, "1,800 Wh at 30,000 and 200 Wh at 40,000: 54,000 + 8,000");
        tariff.Block.Should().Be(3);
        tariff.BlockWh.Where((_, index) => index % TariffEngine.BlockRates == 0).Should().Equal(1_000u, 2_000u, 200u, 0u);
    }

    [Fact]
    public void Resetting_the_blocks_begins_with_the_first_again_and_leaves_the_registers()
    {
        TariffEngine tariff = new(new TariffOptions { BlockThresholdsWh = [100] }, 1, _host);
        _host.Live(tariff, Minute, importWh: 150);
        int before = tariff.Block;

        tariff.ResetBlocks();

        before.Should().Be(2);
        tariff.Block.Should().Be(1);
        tariff.RateWh[0].Should().Be(150);
    }

    [Fact]
    public void A_passive_calendar_takes_over_at_its_time_and_not_before()
    {
        TariffEngine tariff = new(new TariffOptions { Prices = TwoRates.Prices }, 1, _host);
        tariff.Passive = CalendarTables.EveryDay("4E4557", [new DayAction(TimeSpan.Zero, TariffEngine.ScriptTable, 5)]);
        tariff.CalendarTime = ListedHost.Start.AddMinutes(2);

        _host.Live(tariff, Minute, importWh: 10);
        int before = tariff.Rate;
        _host.Live(tariff, Minute, importWh: 10);
        bool isChanged = tariff.IsChanged;
        _host.Live(tariff, Minute, importWh: 10);

        before.Should().Be(1);
        isChanged.Should().BeTrue();
        tariff.RateWh[0].Should().Be(20);
        tariff.RateWh[4].Should().Be(10);
        tariff.Active.Name.Should().Be("4E4557");
        tariff.CalendarTime.Should().BeNull();
        _host.Events.Should().Equal(EventCode.FutureCommandDone);
    }

    [Fact]
    public void Tables_that_do_not_fit_together_are_not_activated()
    {
        TariffEngine tariff = new(TwoRates, 1, _host);
        CalendarTables sound = tariff.Active;
        tariff.Passive = sound with { Weeks = [new WeekProfile("01", [1, 1, 1, 1, 1, 1, 9])] };
        tariff.CalendarTime = ListedHost.Start.AddSeconds(30);

        _host.Live(tariff, Minute);

        tariff.Active.Should().BeSameAs(sound);
        _host.Events.Should().Equal(EventCode.FutureCommandNotDone);
    }

    [Fact]
    public void Passive_prices_take_over_at_their_time()
    {
        TariffEngine tariff = new(TwoRates, 1, _host);
        tariff.Energy.Passive = tariff.Energy.Active with { Prices = new Dictionary<string, short> { ["01"] = 30_000 } };
        tariff.Energy.ActivationTime = ListedHost.Start.AddMinutes(1);

        _host.Live(tariff, Minute, importWh: 1_000);
        long before = tariff.LastCostMillipence;
        _host.Live(tariff, Minute, importWh: 1_000);

        before.Should().Be(28_640);
        tariff.LastCostMillipence.Should().Be(30_000);
    }

    [Fact]
    public void A_randomised_offset_delays_the_switch_by_the_meters_own_share()
    {
        _host.Now = At(7, 29);
        TariffEngine tariff = new(TwoRates with { RandomisedOffsetSeconds = 1_024 }, seed: 30, _host);

        _host.LiveMinutes(tariff, 2);
        int early = tariff.Rate;
        _host.LiveMinutes(tariff, 1);

        tariff.Offset.Should().Be(TimeSpan.FromSeconds(120), "30 of 256 shares of 1,024 s");
        early.Should().Be(2);
        tariff.Rate.Should().Be(1, "07:32");
    }

    [Fact]
    public void What_is_kept_is_there_again()
    {
        TariffEngine tariff = new(TwoRates, 1, _host);
        _host.Live(tariff, Minute, importWh: 77);
        tariff.PassiveDays.Insert(new SpecialDay(3, new(0xFFFF, 12, 25, 0xFF), 1));
        tariff.SetPassiveThresholds(2, [5, 6]);
        TariffEngine next = new(new TariffOptions(), 1, _host);

        next.Restore(tariff.Keep());

        next.RateWh[0].Should().Be(77);
        next.PriceMillipence.Should().Be(28_640);
        next.PassiveDays.Days.Should().ContainSingle().Which.Index.Should().Be(3);
        next.PassiveThresholds[1].Should().Equal(5u, 6u);
        next.Standing.Active.MillipenceOfPeriod().Should().Be(53_850);
    }

    private static DateTimeOffset At(int hour, int minute) => new(2026, 1, 5, hour, minute, 0, TimeSpan.Zero);
}
