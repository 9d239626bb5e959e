using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Auxiliary;
using DeviceHarness.Duis.Bodies.Configuration;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Bodies.Tariff;
using DeviceHarness.Duis.Service;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Esme.Reads;

/// <summary>Reads of values, on a meter whose octets are written by hand.</summary>
public sealed class EsmeReadTests
{
    private const string Balance = "0070 0000130A00FF 02";

    [Fact]
    public async Task SRV_4_3_reads_balances_and_debts_with_their_sign()
    {
        await using ReadBench bench = new ReadBench()
            .With("0070 0000130A01FF 02", "05 000003E8")
            .With("0070 0000130A02FF 02", "05 00000000")
            .With("0071 0000131403FF 0C", "05 00002710")
            .With("0071 0000131401FF 0C", "05 00000005")
            .With("0071 0000131402FF 0C", "00")
            .With(Balance, "05 FFFFFF38");

        SrvResult result = await bench.RunAsync(new ReadInstantaneousPrepayValues());

        result.Outcome.Body.Should().Be(new ReadInstantaneousPrepayValuesRsp
        {
            MessageSuccess = true,
            EmergencyCreditBalance = 1000,
            AccumulatedDebtRegister = 0,
            PaymentDebtRegister = 10_000,
            TimeDebtRegister1 = 5,
            TimeDebtRegister2 = null,
            MeterBalance = -200,
        });
    }

    [Fact]
    public async Task SRV_4_18_reads_the_balance_by_one_GET_of_class_112()
    {
        await using ReadBench bench = new ReadBench().With(Balance, "14 00000000 0001E240");

        SrvResult result = await bench.RunAsync(new ReadMeterBalance());

        result.Outcome.Body.Should().Be(new ReadMeterBalanceRsp { MessageSuccess = true, MeterBalance = 123_456 });
        bench.Meter.Requests.Select(Convert.ToHexString).Skip(1).Should().Equal("C001C100700000130A00FF0200");
    }

    [Fact]
    public async Task SRV_4_2_scales_and_cuts_the_export_registers()
    {
        await using ReadBench bench = new ReadBench(EnergyIsInWattHours)
            .With("0003 0100020800FF 02", "06 00003039").With("0003 0100020800FF 03", "02 02 0F FF 16 1E")
            .With("0003 0100040800FF 02", "06 00000007").With("0003 0100040800FF 03", "02 02 0F 03 16 20");

        SrvResult result = await bench.RunAsync(new ReadInstantaneousExportRegisters());

        result.Outcome.Body.Should().Be(new ReadInstantaneousExportRegistersRsp
        {
            MessageSuccess = true,
            ActiveExportRegister = new RegisterReading(1234),
            ReactiveExportRegister = new RegisterReading(7000),
        });
    }

    [Fact]
    public async Task SRV_4_16_reads_whole_watts_and_refuses_another_unit()
    {
        await using ReadBench bench = new ReadBench()
            .With("0003 0100010700FF 02", "06 00000929").With("0003 0100010700FF 03", "02 02 0F 00 16 1B");

        SrvResult watts = await bench.RunAsync(new ReadActivePowerImport());
        bench.With("0003 0100010700FF 03", "02 02 0F 00 16 1E");
        SrvResult wattHours = await bench.RunAsync(new ReadActivePowerImport());

        watts.Outcome.Body.Should().Be(new ReadActivePowerImportRsp { MessageSuccess = true, ActivePowerImport = 2345 });
        wattHours.Outcome.Kind.Should().Be(DeviceOutcomeKind.ProtocolError);
        wattHours.Outcome.Detail.Should().Contain("unit Wh where W was expected");
    }

    [Fact]
    public async Task SRV_4_15_reads_the_load_limit()
    {
        await using ReadBench bench = new ReadBench()
            .With("0003 00005E2C2AFF 02", "06 00000003")
            .With("0047 0000110000FF 04", "06 00002EE0")
            .With("0047 0000110000FF 06", "06 0000001E")
            .With("0047 0000110000FF 07", "06 0000003C")
            .With("0001 00005E2C0003 02", "03 01");

        SrvResult result = await bench.RunAsync(new ReadLoadLimitData());

        result.Outcome.Body.Should().Be(new ReadLoadLimitDataRsp
        {
            MessageSuccess = true,
            LoadLimitCounterValue = 3,
            LoadLimitPowerThreshold = 12_000,
            LoadLimitPeriod = 30,
            LoadLimitRestorationPeriod = 60,
            LoadLimitSupplyState = LoadLimitSupplyState.Disable,
        });
    }

    [Theory]
    [InlineData("09 08 90B3D51F300000A0", "90-B3-D5-1F-30-00-00-A0")]
    [InlineData("0A 10 39304233443531463330303030304130", "90-B3-D5-1F-30-00-00-A0")]
    [InlineData("0A 05 4D30303031", null)]
    public async Task SRV_6_2_4_reads_the_identity_and_leaves_out_what_is_no_EUI_64(string identifier, string? expected)
    {
        await using ReadBench bench = new ReadBench()
            .With("0001 0000600100FF 02", identifier)
            .With("0001 0000600104FF 02", "0A 0A 4D4F44454C2D31323334")
            .With("0001 0000600106FF 02", "09 08 4D414B4552202020")
            .With("0001 00005E2C0004 02", "16 01")
            .With("0001 0000600102FF 02", "0A 01 41");

        SrvResult result = await bench.RunAsync(new ReadDeviceConfigurationIdentityExcMPxN());

        result.Outcome.Body.Should().Be(new ReadDeviceConfigurationIdentityExcMPxNRsp
        {
            MessageSuccess = true,
            DeviceIdentifier = expected is null ? null : Eui64.Parse(expected),
            ModelType = "MODEL-12",
            ManufacturerIdentifier = "MAKER",
            SupplyTamperState = SupplyTamperState.Locked,
            MeterVariant = "A",
        });
    }

    [Fact]
    public async Task SRV_6_2_5_takes_two_parts_of_one_array_that_is_read_once()
    {
        await using ReadBench bench = new ReadBench().With("0015 0000100000FF 02", "01 02 06 000003E8 06 00000BB8");

        SrvResult result = await bench.RunAsync(new ReadDeviceConfigurationInstantaneousPowerThresholds());

        result.Outcome.Body.Should().Be(new ReadDeviceConfigurationInstantaneousPowerThresholdsRsp
        {
            MessageSuccess = true,
            LowMediumPowerThreshold = 1000,
            MediumHighPowerThreshold = 3000,
        });
        bench.Meter.Requests.Should().HaveCount(2, "AARQ and one GET");
    }

    [Fact]
    public async Task SRV_6_2_5_of_a_meter_with_one_threshold_breaks_the_protocol()
    {
        await using ReadBench bench = new ReadBench().With("0015 0000100000FF 02", "01 01 06 000003E8");

        SrvResult result = await bench.RunAsync(new ReadDeviceConfigurationInstantaneousPowerThresholds());

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.ProtocolError);
        result.Outcome.Detail.Should().Contain("1 parts where part 2 was expected");
    }

    public static TheoryData<string, BillingCalendar> Calendars => new()
    {
        { "01 01 02 02 0904 010203FF 0905 FFFFFFFFFF", new(new TimeOnly(1, 2, 3), BillingPeriodicity.Daily) },
        { "01 01 02 02 0904 00000000 0905 FFFFFFFF07", new(new TimeOnly(0, 0), BillingPeriodicity.Weekly, 7) },
        { "01 01 02 02 0904 0D1E0000 0905 FFFFFF1CFF", new(new TimeOnly(13, 30), BillingPeriodicity.Monthly, 28) },
        { "01 01 02 02 0904 00000000 0905 FFFF0406FF", new(new TimeOnly(0, 0), BillingPeriodicity.Yearly, 6, 4) },
        {
            "01 02 02 02 0904 00000000 0905 FFFF0A01FF 02 02 0904 00000000 0905 FFFF0401FF",
            new(new TimeOnly(0, 0), BillingPeriodicity.SixMonthly, 1, 4)
        },
        {
            "01 04 02 02 0904 00000000 0905 FFFF0201FF 02 02 0904 00000000 0905 FFFF0501FF " +
                "02 02 0904 00000000 0905 FFFF0801FF 02 02 0904 00000000 0905 FFFF0B01FF",
            new(new TimeOnly(0, 0), BillingPeriodicity.Quarterly, 1, 2)
        },
    };

    [Theory]
    [MemberData(nameof(Calendars))]
    public async Task SRV_6_2_3_makes_a_calendar_of_execution_times(string times, BillingCalendar calendar)
    {
        await using ReadBench bench = new ReadBench().With("0016 00000F0000FF 04", times);

        SrvResult result = await bench.RunAsync(new ReadDeviceConfigurationBillingCalendar());

        result.Outcome.Body.Should().Be(new ReadDeviceConfigurationDataBillingCalendarRsp { MessageSuccess = true, Calendar = calendar });
    }

    [Fact]
    public async Task SRV_6_2_3_of_a_meter_that_bills_never_has_no_calendar()
    {
        await using ReadBench bench = new ReadBench().With("0016 00000F0000FF 04", "01 00");

        SrvResult result = await bench.RunAsync(new ReadDeviceConfigurationBillingCalendar());

        result.Outcome.Body.Should().Be(new ReadDeviceConfigurationDataBillingCalendarRsp { MessageSuccess = true });
    }

    [Theory]
    [InlineData("01 01 02 02 0904 00000000 0905 07EA0A01FF")]
    [InlineData("01 01 02 02 0904 00000000 0905 FFFFFF1DFF")]
    [InlineData("01 01 02 02 0904 00000000 0905 FFFFFF0105")]
    [InlineData("01 01 02 02 0904 18000000 0905 FFFFFFFFFF")]
    [InlineData("01 02 02 02 0904 00000000 0905 FFFF0101FF 02 02 0904 01000000 0905 FFFF0701FF")]
    [InlineData("01 02 02 02 0904 00000000 0905 FFFF0101FF 02 02 0904 00000000 0905 FFFF0702FF")]
    [InlineData("01 02 02 02 0904 00000000 0905 FFFF0101FF 02 02 0904 00000000 0905 FFFF0601FF")]
    [InlineData("01 02 02 02 0904 00000000 0905 FFFFFF01FF 02 02 0904 00000000 0905 FFFF0601FF")]
    [InlineData("02 02 0904 00000000 0905 FFFFFF01FF")]
    [InlineData("06 00000001")]
    public async Task SRV_6_2_3_of_times_that_no_calendar_says_breaks_the_protocol(string times)
    {
        await using ReadBench bench = new ReadBench().With("0016 00000F0000FF 04", times);

        SrvResult result = await bench.RunAsync(new ReadDeviceConfigurationBillingCalendar());

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.ProtocolError);
        result.Outcome.Detail.Should().Contain("execution times that are no billing calendar");
    }

    [Fact]
    public async Task SRV_6_2_7_reads_the_numbers_of_the_metering_points()
    {
        await using ReadBench bench = new ReadBench()
            .With("0001 00005E2C220B 02", "0A 0D 31323030303031323334353637")
            .With("0001 0100000002FF 02", "0A 03 202020");

        SrvResult result = await bench.RunAsync(new ReadDeviceConfigurationMPxN());

        result.Outcome.Body.Should().Be(
            new ReadDeviceConfigurationMPxNRsp { MessageSuccess = true, ImportMpan = "1200001234567", ExportMpan = null });
    }

    [Theory]
    [InlineData("01", PaymentMode.Credit)]
    [InlineData("02", PaymentMode.Prepayment)]
    public async Task SRV_6_2_9_reads_the_payment_mode(string mode, PaymentMode expected)
    {
        await using ReadBench bench = new ReadBench().With("006F 0000130000FF 02", $"02 02 16 {mode} 16 02");

        SrvResult result = await bench.RunAsync(new ReadDeviceConfigurationPaymentMode());

        result.Outcome.Body.Should().Be(new ReadDeviceConfigurationPaymentModeRsp { MessageSuccess = true, PaymentMode = expected });
    }

    [Fact]
    public async Task SRV_6_2_1_and_6_2_2_read_thresholds_as_they_are_counted()
    {
        await using ReadBench bench = new ReadBench().With("0001 00005E2C0001 02", "12 0258");
        foreach (string name in (string[])["0001 0100202300 04 02", "0001 0100201F00 04 02"])
        {
            bench.With(name, "12 00FD");
        }

        for (int limiter = 1; limiter <= 4; limiter++)
        {
            bench.With($"0047 000011000{limiter}FF 04", $"12 010{limiter}").With($"0047 000011000{limiter}FF 06", $"06 0000000{limiter}");
        }

        SrvResult voltage = await bench.RunAsync(new ReadDeviceConfigurationVoltage());
        SrvResult offset = await bench.RunAsync(new ReadDeviceConfigurationRandomisation());

        voltage.Outcome.Body.As<ReadDeviceConfigurationVoltageRsp>().Should().BeEquivalentTo(new
        {
            AverageRmsOverVoltageThreshold = 253L,
            AverageRmsUnderVoltageThreshold = 253L,
            RmsExtremeOverVoltageThreshold = 257L,
            RmsExtremeUnderVoltageMeasurementPeriod = 2L,
            RmsVoltageSagThreshold = 259L,
            RmsVoltageSwellMeasurementPeriod = 4L,
        });
        offset.Outcome.Body.As<ReadDeviceConfigurationRandomisationRsp>().RandomisedOffsetLimit.Should().Be(600);
    }

    [Fact]
    public async Task SRV_7_7_and_7_11_are_refused_for_a_model_that_names_no_such_object_and_nothing_is_read()
    {
        await using ReadBench bench = new();

        SrvResult load = await bench.RunAsync(new ReadALCSData());
        SrvResult boost = await bench.RunAsync(new ReadBoostButtonDetails(default));

        load.Outcome.Kind.Should().Be(DeviceOutcomeKind.Refused);
        load.Outcome.Body.Should().Be(new ReadALCSDataRsp { MessageSuccess = false });
        boost.Outcome.Detail.Should().Be("the device model has no object for SRV 7.11");
        boost.Outcome.Body.As<SrvResponseBody>().MessageSuccess.Should().BeFalse();
        bench.Meter.Requests.Should().NotContain(request => request[0] == 0xC0);
    }

    [Fact]
    public async Task SRV_7_7_and_7_11_read_the_switches_of_a_model_that_has_them()
    {
        await using ReadBench bench = new ReadBench(ReadProfiles.WithAuxiliaryLoads)
            .With("0001 00005E2C000B 02", "0A 06 48454154 4552".Replace(" ", string.Empty, StringComparison.Ordinal))
            .With("0001 00005E2C7501 02", "03 01")
            .With("0001 00005E2C7502 02", "03 00")
            .With("0001 00005E2C0601 02", "03 01")
            .With("0001 00005E2C0602 02", "11 00");

        SrvResult loads = await bench.RunAsync(new ReadALCSData());
        SrvResult boost = await bench.RunAsync(new ReadBoostButtonDetails(default));

        loads.Outcome.Body.Should().Be(new ReadALCSDataRsp
        {
            MessageSuccess = true,
            Switches = [new AuxiliaryLoadControlSwitch(1, "HEATER", true), new AuxiliaryLoadControlSwitch(2, null, false)],
        });
        boost.Outcome.Body.Should().Be(new ReadBoostButtonDetailsRsp
        {
            MessageSuccess = true,
            BoostFunctionControlValues = [true, false],
        });
    }

    [Fact]
    public async Task SRV_7_7_reads_the_calendar_of_a_model_that_has_one_and_leaves_out_what_is_disabled()
    {
        await using ReadBench bench = WithCalendar(
            "01 03 " + Entry("0001", "01", "000B", "001E00") + Entry("0002", "00", "000B", "0C0000")
            + Entry("0003", "01", "000A", "041E00"));

        SrvResult read = await bench.RunAsync(new ReadALCSData());

        CalendarDate any = new(null, null, null, null);
        ValueList<DayOfWeek> weekend = [DayOfWeek.Saturday, DayOfWeek.Sunday];
        read.Outcome.Body.As<ReadALCSDataRsp>().Calendar.Should().Be(new AuxiliaryLoadCalendar(
            [new AuxiliaryLoadSpecialDay(2, new CalendarDate(2027, 12, 25, null))],
            [
                new AuxiliaryLoadSwitchTime(1, true, [2], weekend, new TimeOnly(0, 30), any, any),
                new AuxiliaryLoadSwitchTime(1, false, [2], weekend, new TimeOnly(4, 30), any, any),
            ]));
    }

    [Fact]
    public async Task SRV_7_7_of_a_calendar_with_a_script_that_nobody_knows_breaks_the_protocol()
    {
        await using ReadBench bench = WithCalendar("01 01 " + Entry("0001", "01", "000C", "001E00"));

        SrvResult read = await bench.RunAsync(new ReadALCSData());

        read.Outcome.Kind.Should().Be(DeviceOutcomeKind.ProtocolError);
        read.Outcome.Detail.Should().Contain("a script that the profile gives to no load");
    }

    private static ReadBench WithCalendar(string entries) => new ReadBench(ReadProfiles.WithAuxiliaryCalendar)
        .With("0001 00005E2C7501 02", "03 00")
        .With("000B 00000B0003FF 02", "01 01 02 03 12 0001 09 05 07EB0C19FF 11 02".Replace(" ", string.Empty, StringComparison.Ordinal))
        .With("000A 00000C0002FF 02", entries.Replace(" ", string.Empty, StringComparison.Ordinal));

    // On Saturdays, Sundays and special days of number 2.
    private static string Entry(string index, string isEnabled, string script, string time) =>
        $"02 0A 12 {index} 03 {isEnabled} 09 06 00000A0067FF 12 {script} 09 04 {time}00 12 FFFF 04 07 06 04 10 4000 "
            + "09 05 FFFFFFFFFF 09 05 FFFFFFFFFF ";

    private static Drivers.Profiles.DeviceProfile EnergyIsInWattHours(Drivers.Profiles.DeviceProfile _) => ReadProfiles.Generic();
}
