using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Logs;
using DeviceHarness.Duis.Bodies.Tariff;
using DeviceHarness.Duis.Service;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Writes;

/// <summary>A tariff is proven by the register that moves next and by what it costs, on a meter that nobody told what was
/// asked.</summary>
public sealed class TariffEffectTests
{
    private static readonly ElectricityTariff Tariff = new(
        "GBP",
        [
            new TariffDay(1, [new TariffSwitch(TimeOnly.MinValue, 3), new TariffSwitch(new TimeOnly(18, 0), 4)]),
        ],
        [new TariffWeek(1, [1, 1, 1, 1, 1, 1, 1])],
        [new TariffSeason("YEAR", new CalendarDate(null, 1, 1, null), 1)],
        [],
        [.. Enumerable.Range(1, 8).Select(register => new TariffThresholds(register, [100_000, 200_000, 300_000]))]);

    // Ten pence a kWh in register 3, twenty in register 4, no standing charge.
    private static readonly ElectricityPrices Prices = new(
        0, -5, -5, TariffKind.TimeOfUse, [new TariffPrice(3, null, 10_000), new TariffPrice(4, null, 20_000)]);

    [Fact]
    public async Task The_new_register_and_price_are_in_force_at_once()
    {
        await using WriteBench bench = await WriteBench.StartAsync();
        int before = bench.Meter.ActiveRate;

        await bench.DoAsync(new UpdateImportTariffPrimaryElement(Tariff, Prices));

        before.Should().Be(1);
        bench.Meter.ActiveRate.Should().Be(3);
        IReadOnlyDictionary<string, string> read = await bench.ReadAsync(new ReadTariffPrimaryElement());
        read.Should().Contain("Electricity.PrimaryActiveTariffPrice", "10000")
            .And.Contain("Electricity.TOUPrice[4]", "20000")
            .And.Contain("Electricity.BlockThreshold[8][3]", "300000")
            .And.Contain("Electricity.Day[1].Switch[2]", "18:00:00 TOU 4");
    }

    [Fact]
    public async Task A_calendar_switches_at_its_time_and_the_next_price_is_paid()
    {
        await using WriteBench bench = await WriteBench.StartAsync(WriteBench.Prepayment(90_000_000));
        bench.Meter.SetBenchLoad(90_000);
        await bench.DoAsync(new UpdateImportTariffPrimaryElement(Tariff, Prices));
        await bench.PassAsync(TimeSpan.FromHours(1));
        long start = bench.Meter.BalanceMillipence;

        await bench.PassAsync(TimeSpan.FromHours(1));
        long cheap = start - bench.Meter.BalanceMillipence;
        await bench.PassAsync(TimeSpan.FromHours(6));
        long evening = bench.Meter.BalanceMillipence;
        await bench.PassAsync(TimeSpan.FromHours(1));
        long dear = evening - bench.Meter.BalanceMillipence;

        bench.Meter.ActiveRate.Should().Be(4);
        ((double)dear / cheap).Should().BeApproximately(2, 0.1, "the house takes little beside the bench");
    }

    [Fact]
    public async Task In_lists_the_same_tariff_comes_into_force_with_fewer_requests()
    {
        await using WriteBench alone = await WriteBench.StartAsync();
        await using WriteBench inLists = await WriteBench.StartAsync(profile: WithLists);

        SrvResult each = await alone.DoAsync(new UpdateImportTariffPrimaryElement(Tariff, Prices));
        SrvResult lists = await inLists.DoAsync(new UpdateImportTariffPrimaryElement(Tariff, Prices));

        lists.Latency.Exchanges.Should().BeLessThan(each.Latency.Exchanges * 2 / 3);
        inLists.Meter.ActiveRate.Should().Be(3);
        (await inLists.ReadAsync(new ReadTariffPrimaryElement()))
            .Should().BeEquivalentTo(await alone.ReadAsync(new ReadTariffPrimaryElement()));
    }

    [Fact]
    public async Task A_value_of_a_list_that_is_refused_leaves_the_tariff_that_was_in_force()
    {
        await using WriteBench bench = await WriteBench.StartAsync(
            profile: profile => WithLists(profile) with { Objects = WithReadOnlySeasons(profile.Objects) });

        SrvResult refused = await bench.RunAsync(new UpdateImportTariffPrimaryElement(Tariff, Prices));

        refused.Outcome.Kind.Should().Be(DeviceOutcomeKind.Refused);
        refused.Outcome.Detail.Should().Contain("steps were done before Seasons").And.Contain("nothing of it is in force");
        bench.Meter.ActiveRate.Should().Be(1);
    }

    private static DeviceProfile WithLists(DeviceProfile profile) =>
        profile with { Association = profile.Association with { UsesLists = true } };

    /// <summary>The seasons go to the active calendar, which nobody writes.</summary>
    private static EsmeObjectMap WithReadOnlySeasons(EsmeObjectMap map)
    {
        Dictionary<string, WriteObject> tariff = new(map.Writes.Variants["1.1.1"]);
        WriteObject seasons = tariff["Seasons"];
        tariff["Seasons"] = seasons with { Attribute = seasons.Attribute!.Value with { AttributeId = 3 } };
        return map with
        {
            Writes = new WriteMap(new Dictionary<string, IReadOnlyDictionary<string, WriteObject>>(map.Writes.Variants)
            {
                ["1.1.1"] = tariff,
            }),
        };
    }

    [Fact]
    public async Task A_dated_tariff_waits_for_its_time_and_the_meter_tells_when_it_came()
    {
        await using WriteBench bench = await WriteBench.StartAsync();
        await bench.DoAsync(new UpdateImportTariffPrimaryElement(Tariff, Prices, bench.Now.AddHours(2)));

        await bench.PassAsync(TimeSpan.FromHours(1));
        int early = bench.Meter.ActiveRate;
        await bench.PassAsync(TimeSpan.FromHours(2));

        early.Should().Be(1);
        bench.Meter.ActiveRate.Should().Be(3);
        IReadOnlyDictionary<string, string> log = await bench.ReadAsync(
            new ReadEventOrSecurityLog(new ReadLogPeriod(bench.Now.AddDays(-1), bench.Now.AddDays(1)), EventLog.Event));
        log.Values.Should().Contain("8F66");
    }

    [Fact]
    public async Task A_withdrawn_tariff_never_comes()
    {
        await using WriteBench bench = await WriteBench.StartAsync();
        await bench.DoAsync(new UpdateImportTariffPrimaryElement(Tariff, Prices, bench.Now.AddHours(2)));

        await bench.DoAsync(new UpdateImportTariffPrimaryElement(Tariff, Prices, IDeviceDated.Withdrawal));
        await bench.PassAsync(TimeSpan.FromHours(5));

        bench.Meter.ActiveRate.Should().Be(1);
    }

    [Fact]
    public async Task A_tariff_whose_week_names_no_day_is_refused_and_the_old_one_goes_on()
    {
        await using WriteBench bench = await WriteBench.StartAsync();

        SrvResult result = await bench.RunAsync(new UpdateImportTariffPrimaryElement(
            Tariff with { Weeks = [new TariffWeek(1, [1, 1, 1, 1, 1, 1, 2])] }, Prices));

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Refused);
        result.Outcome.DeviceCode.Should().Be(250);
        result.Outcome.Detail.Should().Contain("before ActivateCalendar; nothing of it is in force");
        bench.Meter.ActiveRate.Should().Be(1);
    }

    [Fact]
    public async Task New_prices_cost_at_once_what_they_say()
    {
        await using WriteBench bench = await WriteBench.StartAsync();
        ElectricityPrices prices = new(0, -5, -4, TariffKind.TimeOfUse, [new TariffPrice(1, null, 5_000), new TariffPrice(2, null, 0)]);

        await bench.DoAsync(new UpdatePricePrimaryElement(prices));

        IReadOnlyDictionary<string, string> read = await bench.ReadAsync(new ReadTariffPrimaryElement());
        read.Should().Contain("Electricity.PrimaryActiveTariffPrice", "50000").And.Contain("Electricity.PriceScale", "-4");
    }

    [Fact]
    public async Task A_tariff_leaves_auxiliary_loads_as_they_are()
    {
        await using WriteBench bench = await WriteBench.StartAsync(text => text.Replace(
            "defects: []",
            "auxiliary:\n  loads:\n    - { label: Hot water, watts: 3000, calendar: [ { from: \"11:00\", on: true } ] }\ndefects: []",
            StringComparison.Ordinal));
        bool[] before = [.. bench.Meter.AuxiliaryLoads];

        await bench.DoAsync(new UpdateImportTariffPrimaryElement(Tariff, Prices));

        before.Should().Equal(true);
        bench.Meter.AuxiliaryLoads.Should().Equal(true);
    }
}
