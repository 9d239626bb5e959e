using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Auxiliary;
using DeviceHarness.Duis.Bodies.Configuration;
using DeviceHarness.Duis.Bodies.Logs;
using DeviceHarness.Duis.Bodies.Network;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Service;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Writes;

/// <summary>Limits are proven by a disconnection, loads by their switches, voltage by its counters, a log by what is left of
/// it.</summary>
public sealed class ControlEffectTests
{
    private const string BillingLogUpdated = "8F0A";

    [Fact]
    public async Task A_load_limit_cuts_the_supply_counts_and_gives_it_back()
    {
        await using WriteBench bench = await WriteBench.StartAsync();
        bench.Meter.SetBenchLoad(5_000);

        await bench.DoAsync(new UpdateDeviceConfigurationLoadLimitingGeneralSettings(60, 1_000, 600, LoadLimitSupplyState.Disable));
        await bench.PassAsync(TimeSpan.FromMinutes(3));
        IReadOnlyDictionary<string, string> cut = await bench.ReadAsync(new ReadSupplyStatus());
        IReadOnlyDictionary<string, string> limit = await bench.ReadAsync(new ReadLoadLimitData());
        bench.Meter.SetBenchLoad(0);
        await bench.PassAsync(TimeSpan.FromMinutes(15));

        cut.Should().Contain("SupplyState", "Armed");
        limit.Should().Contain("LoadLimitCounterValue", "1").And.Contain("LoadLimitPowerThreshold", "1000");
        (await bench.ReadAsync(new ReadSupplyStatus())).Should().Contain("SupplyState", "Enabled");
        await bench.DoAsync(new UpdateDeviceConfigurationLoadLimitingCounterReset());
        (await bench.ReadAsync(new ReadLoadLimitData())).Should().Contain("LoadLimitCounterValue", "0");
    }

    [Fact]
    public async Task A_limit_that_leaves_the_supply_unchanged_only_counts()
    {
        await using WriteBench bench = await WriteBench.StartAsync();
        bench.Meter.SetBenchLoad(5_000);

        await bench.DoAsync(new UpdateDeviceConfigurationLoadLimitingGeneralSettings(60, 1_000, 600, LoadLimitSupplyState.Unchanged));
        await bench.PassAsync(TimeSpan.FromMinutes(3));

        (await bench.ReadAsync(new ReadSupplyStatus())).Should().Contain("SupplyState", "Enabled");
        (await bench.ReadAsync(new ReadLoadLimitData())).Should().Contain("LoadLimitCounterValue", "1");
    }

    [Fact]
    public async Task A_supply_that_is_disabled_is_armed()
    {
        await using WriteBench bench = await WriteBench.StartAsync();
        await bench.DoAsync(new DisableSupply());

        await bench.DoAsync(new ArmSupply());

        (await bench.ReadAsync(new ReadSupplyStatus())).Should().Contain("SupplyState", "Armed");
        bench.Meter.PressReconnectButton().Should().BeTrue();
    }

    [Fact]
    public async Task An_auxiliary_load_follows_its_commands_and_then_its_calendar()
    {
        await using WriteBench bench = await WriteBench.StartAsync(WithLoad, WithScripts);

        await bench.DoAsync(new DeactivateAuxiliaryLoad(1, 60));
        bool[] off = [.. bench.Meter.AuxiliaryLoads];
        await bench.DoAsync(new ResetAuxiliaryLoad(1));
        bool[] calendar = [.. bench.Meter.AuxiliaryLoads];
        await bench.DoAsync(new DeactivateAuxiliaryLoad(1, 60));
        await bench.DoAsync(new ActivateAuxiliaryLoad(1, 60));

        off.Should().Equal(false);
        calendar.Should().Equal([true], "the calendar has it on since 11:00");
        bench.Meter.AuxiliaryLoads.Should().Equal(true);
    }

    [Fact]
    public async Task A_meter_without_auxiliary_loads_says_so_by_its_own_code()
    {
        await using WriteBench bench = await WriteBench.StartAsync(profile: WithScripts);

        SrvResult result = await bench.RunAsync(new ActivateAuxiliaryLoad(1, 60));

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Refused);
        result.Outcome.DeviceCode.Should().Be(4);
    }

    [Fact]
    public async Task A_cleared_event_log_holds_that_it_was_cleared()
    {
        await using WriteBench bench = await WriteBench.StartAsync();
        await bench.DoAsync(new DisableSupply());
        await bench.DoAsync(new EnableSupply());

        await bench.DoAsync(new ClearEventLog());

        IReadOnlyDictionary<string, string> log = await bench.ReadAsync(Events(bench));
        log.Values.Should().Contain("8F52").And.NotContain("8154");
    }

    [Fact]
    public async Task Bounds_of_the_voltage_move_their_counters_and_a_reset_begins_anew()
    {
        await using WriteBench bench = await WriteBench.StartAsync();
        bench.Meter.SetBenchVoltage(2_500);
        VoltageSettings settings = new()
        {
            RmsExtremeOverVoltageMeasurementPeriod = 30,
            RmsExtremeOverVoltageThreshold = 2_650,
            RmsExtremeUnderVoltageMeasurementPeriod = 30,
            RmsExtremeUnderVoltageThreshold = 2_000,
            RmsVoltageSagMeasurementPeriod = 30,
            RmsVoltageSagThreshold = 2_070,
            RmsVoltageSwellMeasurementPeriod = 30,
            RmsVoltageSwellThreshold = 2_550,
            AverageRmsOverVoltageThreshold = 2_400,
            AverageRmsUnderVoltageThreshold = 2_160,
            AverageRmsVoltageMeasurementPeriod = 1_800,
        };

        await bench.DoAsync(new UpdateDeviceConfigurationVoltage(settings));
        await bench.PassAsync(TimeSpan.FromHours(2));
        IReadOnlyDictionary<string, string> read = await bench.ReadAsync(
            new ReadNetworkData(new ReadLogPeriod(bench.Now.AddHours(-1), bench.Now)));
        await bench.DoAsync(new UpdateDeviceConfigurationRMSVoltageCounterReset());

        read.Should().ContainSingle(pair => pair.Key.EndsWith("AvgRMSOverVoltageCounter", StringComparison.Ordinal) && pair.Value != "0");
        (await bench.ReadAsync(new ReadNetworkData(new ReadLogPeriod(bench.Now.AddHours(-1), bench.Now)))).Should()
            .ContainSingle(pair => pair.Key.EndsWith("AvgRMSOverVoltageCounter", StringComparison.Ordinal) && pair.Value == "0");
    }

    [Fact]
    public async Task A_counter_of_a_list_that_is_refused_leaves_the_other_reset_and_the_outcome_says_so()
    {
        await using WriteBench bench = await WriteBench.StartAsync(profile: profile => profile with
        {
            Association = profile.Association with { UsesLists = true },
            Objects = WithoutOverVoltageReset(profile.Objects),
        });

        SrvResult refused = await bench.RunAsync(new UpdateDeviceConfigurationRMSVoltageCounterReset());

        refused.Outcome.Kind.Should().Be(DeviceOutcomeKind.Refused, refused.Outcome.Detail);
        refused.Outcome.Detail.Should().Contain("of the same list AvgRMSUnderVoltageCounter was done")
            .And.Contain("0 of 2 steps were done before AvgRMSOverVoltageCounter");
    }

    [Fact]
    public async Task A_billing_calendar_has_the_billing_log_written_at_its_time()
    {
        await using WriteBench bench = await WriteBench.StartAsync();

        await bench.DoAsync(new UpdateDeviceConfigurationBillingCalendar(
            new BillingCalendar(new TimeOnly(13, 30), BillingPeriodicity.Daily)));
        await bench.PassAsync(TimeSpan.FromHours(1));
        IReadOnlyDictionary<string, string> early = await bench.ReadAsync(Events(bench));
        await bench.PassAsync(TimeSpan.FromHours(1));

        early.Values.Should().NotContain(BillingLogUpdated);
        (await bench.ReadAsync(Events(bench))).Values.Should().Contain(BillingLogUpdated);
    }

    [Fact]
    public async Task A_billing_calendar_of_months_and_a_restriction_are_taken()
    {
        await using WriteBench bench = await WriteBench.StartAsync();

        await bench.DoAsync(new UpdateDeviceConfigurationBillingCalendar(
            new BillingCalendar(new TimeOnly(0, 0), BillingPeriodicity.Quarterly, 1, 2)));
        await bench.DoAsync(new RestrictAccessForChangeOfTenancy(bench.Now));
    }

    [Fact]
    public async Task A_message_is_what_the_display_shows_until_another_comes()
    {
        await using WriteBench bench = await WriteBench.StartAsync();
        List<string> shown = [bench.Meter.ConsumerMessage];

        foreach (string message in (string[])["Call 0800 000", new string('~', DisplayMessage.MaxCharacters), "!"])
        {
            await bench.DoAsync(new DisplayMessage(message));
            shown.Add(bench.Meter.ConsumerMessage);
        }

        shown.Should().Equal(string.Empty, "Call 0800 000", new string('~', DisplayMessage.MaxCharacters), "!");
    }

    [Fact]
    public async Task A_boost_button_turns_on_what_it_was_given_and_no_longer_what_was_taken_from_it()
    {
        await using WriteBench bench = await WriteBench.StartAsync(WithBoost, WithScripts);
        ValueList<bool> load = [true, false, false, false, false];
        ReadBoostButtonDetails details = new(new ReadLogPeriod(bench.Now.AddDays(-1), bench.Now));

        await bench.DoAsync(new RemoveAuxiliaryLoadFromBoostButton(load));
        IReadOnlyDictionary<string, string> without = await bench.ReadAsync(details);
        bool isBoostedWithout = bench.Meter.PressBoostButton(1) || bench.Meter.AuxiliaryLoads[0];
        await bench.DoAsync(new AddAuxiliaryLoadToBoostButton(load));
        IReadOnlyDictionary<string, string> with = await bench.ReadAsync(details);

        without.Should().Contain("BoostFunctionControl1Value", "false");
        isBoostedWithout.Should().BeFalse();
        with.Should().Contain("BoostFunctionControl1Value", "true");
        bench.Meter.PressBoostButton(1).Should().BeTrue();
        bench.Meter.AuxiliaryLoads.Should().Equal(true);
    }

    private static ReadEventOrSecurityLog Events(WriteBench bench) =>
        new(new ReadLogPeriod(bench.Now.AddDays(-1), bench.Now.AddDays(1)), EventLog.Event);

    /// <summary>The counter of overvoltage has no such method.</summary>
    private static EsmeObjectMap WithoutOverVoltageReset(EsmeObjectMap map)
    {
        const string field = "AvgRMSOverVoltageCounter";
        Dictionary<string, WriteObject> reset = new(map.Writes.Variants["6.27"]);
        reset[field] = reset[field] with { Method = reset[field].Method!.Value with { MethodId = 9 } };
        return map with
        {
            Writes = new WriteMap(new Dictionary<string, IReadOnlyDictionary<string, WriteObject>>(map.Writes.Variants)
            {
                ["6.27"] = reset,
            }),
        };
    }

    internal static string WithBoost(string text) => text.Replace(
        "defects: []",
        "auxiliary:\n  boost: { remote: true, time: 60m, buttons: [[1]] }\n"
            + "  loads:\n    - { label: Hot water, watts: 3000, calendar: [ { from: \"11:00\", on: false } ] }\ndefects: []",
        StringComparison.Ordinal);

    internal static string WithLoad(string text) => text.Replace(
        "defects: []",
        "auxiliary:\n  loads:\n    - { label: Hot water, watts: 3000, calendar: [ { from: \"11:00\", on: true } ] }\ndefects: []",
        StringComparison.Ordinal);

    internal static DeviceProfile WithScripts(DeviceProfile profile)
    {
        const string place = "  \"7.3\":";
        const string scripts =
            """
              "7.5":
                ActivateALCSHCALCS:
                  { class: 9, name: "0-0:10.0.103.255", method: 1, form: long-unsigned value, words: { "1": 11 } }
                Duration: left out
              "7.6":
                DeactivateALCSHCALCS:
                  { class: 9, name: "0-0:10.0.103.255", method: 1, form: long-unsigned value, words: { "1": 10 } }
                Duration: left out
              "7.8":
                ResetALCSHCALCS:
                  { class: 9, name: "0-0:10.0.103.255", method: 1, form: long-unsigned value, words: { "1": 12 } }
              "7.9":
                BoostFunctionControl1: { class: 1, name: "0-0:94.44.6.1", attribute: 2, form: bit-string 10000000 }
              "7.10":
                BoostFunctionControl1: { class: 1, name: "0-0:94.44.6.1", attribute: 2, form: bit-string 00000000 }

            """;
        const string readPlace = "  \"6.2.9\":";
        const string read = "  \"7.11\":\n    BoostFunctionControl1Value: { class: 1, name: \"0-0:94.44.6.1\", attribute: 2 }\n";
        string text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "rigs", "profiles", "generic-smets1-esme.yaml"));
        DeviceProfile more = DeviceProfileLoader.Load(
            text.Replace(place, scripts + place, StringComparison.Ordinal)
                .Replace(readPlace, read + readPlace, StringComparison.Ordinal),
            "test.yaml");
        return profile with { Objects = more.Objects };
    }
}
