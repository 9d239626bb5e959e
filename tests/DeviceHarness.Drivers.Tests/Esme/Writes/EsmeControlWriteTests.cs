using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Drivers.Tests.Esme.Reads;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Auxiliary;
using DeviceHarness.Duis.Bodies.Configuration;
using DeviceHarness.Duis.Bodies.Logs;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Service;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Esme.Writes;

/// <summary>Supply, limits, voltage, calendars, auxiliary loads and logs on the wire.</summary>
public sealed class EsmeControlWriteTests
{
    private const string Limit = "0047" + "0000110000FF";

    [Fact]
    public async Task SRV_6_4_1_cuts_the_supply_by_its_last_step()
    {
        await using ReadBench bench = new();

        _ = await bench.RunAsync(WriteRequests.LoadLimit(LoadLimitSupplyState.Disable));

        bench.Changes.Should().Equal(
            $"SET {Limit}06 060000001E", $"SET {Limit}07 060000003C", $"SET {Limit}04 0600002EE0", "SET 000100005E2C000302 0301");
    }

    [Fact]
    public async Task SRV_6_4_1_spares_the_supply_by_its_first_step()
    {
        await using ReadBench bench = new();

        _ = await bench.RunAsync(WriteRequests.LoadLimit(LoadLimitSupplyState.Unchanged));

        bench.Changes.Should().HaveCount(4);
        bench.Changes[0].Should().Be("SET 000100005E2C000302 0300");
    }

    [Fact]
    public async Task SRV_6_4_1_of_a_later_date_is_refused_and_its_withdrawal_too()
    {
        await using ReadBench bench = new();

        SrvResult later = await bench.RunAsync(WriteRequests.LoadLimit(LoadLimitSupplyState.Disable, WriteRequests.Later));
        SrvResult withdrawn = await bench.RunAsync(WriteRequests.LoadLimit(LoadLimitSupplyState.Disable, IDeviceDated.Withdrawal));

        later.Outcome.Kind.Should().Be(DeviceOutcomeKind.Refused);
        withdrawn.Outcome.Kind.Should().Be(DeviceOutcomeKind.Refused);
        withdrawn.Outcome.Detail.Should().Contain("holds nothing for a later time");
        bench.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task A_number_that_does_not_fit_its_type_is_refused_before_anything_is_sent()
    {
        await using ReadBench bench = new();

        SrvResult result = await bench.RunAsync(new UpdateDeviceConfigurationVoltage(
            WriteRequests.Voltage with { AverageRmsUnderVoltageThreshold = 65_536 }));

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Refused);
        result.Outcome.Detail.Should().Contain("AverageRMSUnderVoltageThreshold: ").And.Contain("is no long-unsigned");
        bench.Changes.Should().BeEmpty();
    }

    [Theory]
    [InlineData(true, 13)]
    [InlineData(false, 11)]
    public async Task SRV_6_5_writes_the_bounds_and_resets_the_counters_unless_told_not_to(bool areReset, int changes)
    {
        await using ReadBench bench = new();

        _ = await bench.RunAsync(new UpdateDeviceConfigurationVoltage(WriteRequests.Voltage, areReset));

        bench.Changes.Should().HaveCount(changes);
        bench.Changes.Take(2).Should().Equal("SET 00470000110001FF06 0600000001", "SET 00470000110001FF04 120A28");
        bench.Changes[10].Should().Be("SET 0007010020" + "1800FF04 0600000708");
        bench.Changes.Skip(11).Should().BeSubsetOf(
            ["ACTION 0003010020240004" + "01 0F00", "ACTION 0003010020200004" + "01 0F00"]);
    }

    [Fact]
    public async Task SRV_6_27_and_6_4_2_reset_their_counters()
    {
        await using ReadBench bench = new();

        _ = await bench.RunAsync(new UpdateDeviceConfigurationRMSVoltageCounterReset());
        _ = await bench.RunAsync(new UpdateDeviceConfigurationLoadLimitingCounterReset());

        bench.Changes.Should().Equal(
            "ACTION 000301002024000401 0F00", "ACTION 000301002020000401 0F00", "ACTION 000300005E2C2AFF01 0F00");
    }

    public static TheoryData<BillingCalendar, string> Calendars => new()
    {
        { new BillingCalendar(new TimeOnly(1, 2, 3), BillingPeriodicity.Daily), "0101 0202 090401020300 0905FFFFFFFFFF" },
        { new BillingCalendar(new TimeOnly(0, 0), BillingPeriodicity.Weekly, 7), "0101 0202 090400000000 0905FFFFFFFF07" },
        { new BillingCalendar(new TimeOnly(0, 0), BillingPeriodicity.Monthly, 28), "0101 0202 090400000000 0905FFFFFF1CFF" },
        {
            new BillingCalendar(new TimeOnly(0, 0), BillingPeriodicity.Quarterly, 1, 11),
            "0104 0202 090400000000 0905FFFF0201FF 0202 090400000000 0905FFFF0501FF 0202 090400000000 0905FFFF0801FF " +
                "0202 090400000000 0905FFFF0B01FF"
        },
        {
            new BillingCalendar(new TimeOnly(0, 0), BillingPeriodicity.SixMonthly, 1, 4),
            "0102 0202 090400000000 0905FFFF0401FF 0202 090400000000 0905FFFF0A01FF"
        },
        { new BillingCalendar(new TimeOnly(0, 0), BillingPeriodicity.Yearly, 6, 4), "0101 0202 090400000000 0905FFFF0406FF" },
    };

    [Theory]
    [MemberData(nameof(Calendars))]
    public async Task SRV_6_8_writes_execution_times_that_recur(BillingCalendar calendar, string expected)
    {
        await using ReadBench bench = new();

        _ = await bench.RunAsync(new UpdateDeviceConfigurationBillingCalendar(calendar));

        bench.Changes.Should().Equal($"SET 001600000F0000FF04 {expected.Replace(" ", string.Empty, StringComparison.Ordinal)}");
    }

    [Fact]
    public async Task SRV_7_3_executes_the_script_that_arms_the_supply()
    {
        await using ReadBench bench = new();

        SrvResult result = await bench.RunAsync(new ArmSupply());

        result.Outcome.Body.Should().Be(new BareRsp("ArmSupplyRsp") { MessageSuccess = true });
        bench.Changes.Should().Equal("ACTION 000900000A006AFF01 120036");
    }

    [Fact]
    public async Task SRV_7_5_7_6_and_7_8_execute_the_scripts_of_their_load_and_say_that_no_duration_is_kept()
    {
        await using ReadBench bench = new(WriteProfiles.WithAuxiliaryLoads);

        SrvResult on = await bench.RunAsync(new ActivateAuxiliaryLoad(2, 60));
        _ = await bench.RunAsync(new DeactivateAuxiliaryLoad(1, 60));
        _ = await bench.RunAsync(new ResetAuxiliaryLoad(1));

        on.Outcome.Detail.Should().Be("Duration is left out: the device model has nothing for it");
        bench.Changes.Should().Equal(
            "ACTION 000900000A0067FF01 120015", "ACTION 000900000A0067FF01 12000A", "ACTION 000900000A0067FF01 12000C");
    }

    [Fact]
    public async Task A_load_that_the_model_does_not_have_is_refused()
    {
        await using ReadBench bench = new(WriteProfiles.WithAuxiliaryLoads);

        SrvResult result = await bench.RunAsync(new ActivateAuxiliaryLoad(3, 60));

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Refused);
        result.Outcome.Detail.Should().Contain("the device model has no 3 for ActivateALCSHCALCS");
        bench.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task SRV_7_9_and_7_10_change_the_controls_that_are_meant_and_no_other()
    {
        await using ReadBench bench = new(WriteProfiles.WithAuxiliaryLoads);

        _ = await bench.RunAsync(new AddAuxiliaryLoadToBoostButton([false, true, false, false, false]));
        _ = await bench.RunAsync(new RemoveAuxiliaryLoadFromBoostButton([true, false, false, false, false]));

        bench.Changes.Should().Equal("SET 000100005E2C060202 040840", "SET 000100005E2C060102 040800");
    }

    [Fact]
    public async Task A_model_without_boost_refuses_politely_and_nothing_is_sent()
    {
        await using ReadBench bench = new();

        SrvResult result = await bench.RunAsync(new AddAuxiliaryLoadToBoostButton([true, false, false, false, false]));

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Refused);
        result.Outcome.Body.Should().Be(new BareRsp("AddAuxiliaryLoadToBoostButtonRsp") { MessageSuccess = false });
        result.Outcome.Detail.Should().Be("nothing was sent: the device model has no object for SRV 7.9");
        bench.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task SRV_3_1_writes_the_message_as_it_is()
    {
        await using ReadBench bench = new();

        SrvResult result = await bench.RunAsync(new DisplayMessage("Call 0800!"));

        result.Outcome.Body.Should().Be(new BareRsp("DisplayMessageRsp") { MessageSuccess = true });
        bench.Changes.Should().Equal("SET 00010002600D01FF02 090A43616C6C203038303021");
    }

    [Fact]
    public async Task SRV_3_2_writes_the_moment_in_UTC()
    {
        await using ReadBench bench = new();

        _ = await bench.RunAsync(new RestrictAccessForChangeOfTenancy(
            new DateTimeOffset(2027, 3, 1, 1, 0, 0, TimeSpan.FromHours(1))));

        bench.Changes.Should().Equal("SET 000100005E2C030202 090C07EB03010100000000000000");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(ClearedEventLog.Esme)]
    public async Task SRV_3_3_resets_the_meter_s_own_log(ClearedEventLog? log)
    {
        await using ReadBench bench = new();

        _ = await bench.RunAsync(new ClearEventLog(log));

        bench.Changes.Should().Equal("ACTION 0007000063" + "6200FF01 0F00");
    }

    [Fact]
    public async Task SRV_3_3_for_a_log_that_the_model_does_not_have_is_refused()
    {
        await using ReadBench bench = new();

        SrvResult result = await bench.RunAsync(new ClearEventLog(ClearedEventLog.Alcs));

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Refused);
        bench.Changes.Should().BeEmpty();
    }
}
