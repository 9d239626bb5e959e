using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Auxiliary;
using DeviceHarness.Duis.Bodies.Configuration;
using DeviceHarness.Duis.Bodies.Logs;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Bodies.Tariff;
using DeviceHarness.Duis.Service;
using DeviceHarness.Virtual.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Writes;

/// <summary>Auxiliary loads and boost of the shipped models: what each takes moves the load, what each refuses moves nothing.</summary>
public sealed class ModelLoadsTests
{
    private static readonly UpdateImportTariffPrimaryElement NewTariff = new(
        new ElectricityTariff(
            "GBP",
            [new TariffDay(1, [new TariffSwitch(TimeOnly.MinValue, 2)])],
            [new TariffWeek(1, [1, 1, 1, 1, 1, 1, 1])],
            [new TariffSeason("YEAR", new CalendarDate(null, 1, 1, null), 1)],
            [],
            [.. Enumerable.Range(1, 8).Select(register => new TariffThresholds(register, [1_000, 2_000, 3_000]))]),
        new ElectricityPrices(0, -5, -5, TariffKind.TimeOfUse, [new TariffPrice(2, null, 10_000)]));

    [Fact]
    public async Task A_meter_of_the_share_follows_7_5_7_6_and_7_8()
    {
        await using ModelBench bench = new("aclara-like", "esme-aclara-like.yaml", OfTheShare);
        List<bool> states = [];

        foreach (SrvRequestBody body in (SrvRequestBody[])
            [
                new ActivateAuxiliaryLoad(1, 60), new DeactivateAuxiliaryLoad(1, 60), new ActivateAuxiliaryLoad(1, 60),
                new ResetAuxiliaryLoad(1),
            ])
        {
            await bench.DoAsync(body);
            states.Add(bench.Meter.AuxiliaryLoads.Single());
        }

        states.Should().Equal([true, false, true, false], "the calendar has had it off since 04:30");
    }

    [Fact]
    public async Task A_meter_without_a_load_refuses_by_its_own_code_and_what_is_known_of_the_model_is_told()
    {
        await using ModelBench bench = new("aclara-like", "esme-aclara-like.yaml", text => WithShare(text, 0));

        SrvResult result = await bench.RunAsync(new ActivateAuxiliaryLoad(1, 60));

        (result.Outcome.Kind, result.Outcome.DeviceCode).Should().Be((DeviceOutcomeKind.Refused, 4));
        result.Outcome.Detail.Should().Contain("auxiliary-load-on-a-share");
    }

    [Theory]
    [InlineData(EsmeDefects.None, true, true)]
    [InlineData(EsmeDefects.AuxiliaryDisturbed, false, false)]
    public async Task AUX_01_a_new_tariff_leaves_state_and_schedule_of_the_load_as_they_are(
        EsmeDefects defects, bool isStillOn, bool isOnAtItsTime)
    {
        await using ModelBench bench = new("aclara-like", "esme-aclara-like.yaml", OfTheShare, defects);
        await bench.DoAsync(new ActivateAuxiliaryLoad(1, 60));

        await bench.DoAsync(NewTariff);
        SrvResult after = await bench.DoAsync(new ReadALCSData());
        await bench.PassAsync(TimeSpan.FromHours(13));
        SrvResult night = await bench.DoAsync(new ReadALCSData());

        bench.Meter.ActiveRate.Should().Be(2);
        State(after).Should().Be(isStillOn);
        State(night).Should().Be(isOnAtItsTime, "its calendar has it on from 00:30 to 04:30");
    }

    [Fact]
    public async Task A_meter_that_keeps_its_boost_refuses_each_request_by_its_own_code_and_boosts_as_before()
    {
        await using ModelBench bench = new("liberty-110-like", "esme-liberty-110-like.yaml");
        ValueList<bool> first = [true, false, false, false, false];
        (SrvRequestBody Body, int Code, string Known)[] requests =
        [
            (new ActivateAuxiliaryLoad(1, 60), 3, "no-remote-override"),
            (new DeactivateAuxiliaryLoad(1, 60), 3, "no-remote-override"),
            (new ResetAuxiliaryLoad(1), 3, "no-remote-override"),
            (new AddAuxiliaryLoadToBoostButton(first), 4, "boost-kept-and-refused"),
            (new RemoveAuxiliaryLoadFromBoostButton(first), 4, "boost-kept-and-refused"),
            (new ReadBoostButtonDetails(new ReadLogPeriod(bench.Now.AddDays(-1), bench.Now)), 4, "boost-kept-and-refused"),
        ];

        foreach ((SrvRequestBody body, int code, string known) in requests)
        {
            SrvResult result = await bench.RunAsync(body);

            (result.Outcome.Kind, result.Outcome.DeviceCode).Should()
                .Be((DeviceOutcomeKind.Refused, code), $"{body.ServiceReferenceVariant}: {result.Outcome.Detail}");
            result.Outcome.Body!.MessageSuccess.Should().BeFalse();
            result.Outcome.Detail.Should().Contain(known).And.NotContain("nothing was sent");
        }

        bench.Meter.AuxiliaryLoads.Should().Equal(false);
        bench.Meter.PressBoostButton(1).Should().BeTrue();
        bench.Meter.AuxiliaryLoads.Should().Equal([true], "the boost is the one of before");
    }

    [Theory]
    [InlineData("poa-on-ota", "esme-poa-on-ota.yaml", true, 1)]
    [InlineData("poa-on-ota", "esme-poa-on-ota.yaml", false, 2)]
    [InlineData("liberty-110-like", "esme-liberty-110-like.yaml", true, 2)]
    public async Task Both_counters_begin_anew_in_one_request_where_profile_and_meter_agree_on_lists(
        string profile, string model, bool isAgreed, int exchanges)
    {
        await using ModelBench bench = new(profile, model, text => isAgreed ? text : text + "\nlists: false\n");
        await bench.DoAsync(new ReadSupplyStatus());

        SrvResult result = await bench.DoAsync(new UpdateDeviceConfigurationRMSVoltageCounterReset());

        result.Latency.Exchanges.Should().Be(exchanges);
    }

    private static bool? State(SrvResult read) => read.Outcome.Body.As<ReadALCSDataRsp>().Switches.Should().ContainSingle().Subject.State;

    private static string OfTheShare(string text) => WithShare(text, 1);

    private static string WithShare(string text, int share) => text.Replace("share: 0.15", $"share: {share}", StringComparison.Ordinal);
}
