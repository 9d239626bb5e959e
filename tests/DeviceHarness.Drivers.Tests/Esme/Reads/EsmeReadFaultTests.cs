using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Auxiliary;
using DeviceHarness.Duis.Bodies.Configuration;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Bodies.Logs;
using DeviceHarness.Duis.Bodies.Network;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Bodies.Tariff;
using DeviceHarness.Duis.Service;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Esme.Reads;

/// <summary>What every read does when the device refuses or is away, whatever it reads. Silence and a loss half-way of each are in
/// ServedRequestsTests, before the virtual meter.</summary>
public sealed class EsmeReadFaultTests
{
    private const string Balance = "0070 0000130A00FF 02";
    private static readonly ReadLogPeriod Period = new(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1));

    public static TheoryData<SrvRequestBody> Reads =>
    [
        new ReadInstantaneousExportRegisters(), new ReadInstantaneousPrepayValues(), new RetrieveExportDailyReadLog(Period),
        new ReadActiveImportProfileData(Period), new ReadReactiveImportProfileData(Period), new ReadExportProfileData(Period),
        new ReadNetworkData(Period), new ReadPrepaymentDailyReadLog(Period), new ReadLoadLimitData(), new ReadActivePowerImport(),
        new RetrieveDailyConsumptionLog(Period), new ReadMeterBalance(), new ReadDeviceConfigurationVoltage(),
        new ReadDeviceConfigurationRandomisation(), new ReadDeviceConfigurationIdentityExcMPxN(),
        new ReadDeviceConfigurationInstantaneousPowerThresholds(), new ReadDeviceConfigurationMPxN(),
        new ReadDeviceConfigurationPaymentMode(), new ReadALCSData(), new ReadBoostButtonDetails(Period),
        new ReadTariffPrimaryElement(), new ReadPrepaymentConfiguration(), new ReadInstantaneousImportRegisters(),
        new RetrieveImportDailyReadLog(Period), new ReadEventOrSecurityLog(Period, EventLog.Event), new ReadSupplyStatus(),
        new ReadFirmwareVersion(),
    ];

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task Each_legal_refusal_is_a_refusal_with_its_code_and_any_other_breaks_the_protocol(SrvRequestBody read)
    {
        byte[] legal = [1, 2, 3, 4, 9, 11, 13, 14, 250];
        await using ReadBench bench = new(ReadProfiles.WithAuxiliaryLoads);
        List<SrvResult> refusals = [];

        foreach (byte code in legal)
        {
            bench.Refusal = code;
            refusals.Add(await bench.RunAsync(read));
        }

        bench.Refusal = 12;
        SrvResult illegal = await bench.RunAsync(read);

        refusals.Select(result => result.Outcome.Kind).Should().OnlyContain(kind => kind == DeviceOutcomeKind.Refused);
        refusals.Select(result => result.Outcome.DeviceCode).Should().Equal(legal.Select(code => (int?)code));
        refusals.Select(result => result.Outcome.Body!.MessageSuccess).Should().OnlyContain(success => success == false);
        illegal.Outcome.Kind.Should().Be(DeviceOutcomeKind.ProtocolError);
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task A_dead_line_is_unreachable(SrvRequestBody read)
    {
        await using ReadBench bench = new(ReadProfiles.WithAuxiliaryLoads);
        bench.Meter.IsDead = true;

        SrvResult result = await bench.RunAsync(read);

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Unreachable);
        result.Outcome.LinkAnswersProbe.Should().BeFalse();
    }

    [Fact]
    public async Task A_read_after_a_silence_gives_what_the_device_then_says()
    {
        await using ReadBench bench = new ReadBench().With(Balance, "05 00000001");
        bench.Silent = Balance;

        _ = await bench.RunAsync(new ReadMeterBalance());
        bench.Silent = string.Empty;
        SrvResult answered = await bench.RunAsync(new ReadMeterBalance());

        answered.Outcome.Body.As<ReadMeterBalanceRsp>().MeterBalance.Should().Be(1);
    }

    [Fact]
    public async Task A_link_that_is_lost_half_way_through_the_values_is_unreachable_and_no_half_answer_comes_back()
    {
        await using ReadBench bench = new ReadBench()
            .With("0070 0000130A01FF 02", "05 00000001").With("0070 0000130A02FF 02", "05 00000002");
        bench.Meter.Fault = (frame, octets) => frame < 3 ? [octets] : [];

        SrvResult result = await bench.RunAsync(new ReadInstantaneousPrepayValues());

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Unreachable);
        result.Outcome.Body.Should().BeNull();
    }

    [Fact]
    public async Task A_repeated_read_asks_the_device_again_and_gives_what_it_then_says()
    {
        await using ReadBench bench = new ReadBench().With(Balance, "05 00000001");

        SrvResult first = await bench.RunAsync(new ReadMeterBalance());
        bench.With(Balance, "05 00000002");
        SrvResult second = await bench.RunAsync(new ReadMeterBalance());

        first.Outcome.Body.As<ReadMeterBalanceRsp>().MeterBalance.Should().Be(1);
        second.Outcome.Body.As<ReadMeterBalanceRsp>().MeterBalance.Should().Be(2);
        bench.Meter.Connects.Should().Be(1, "the association stays open");
    }

    [Fact]
    public async Task DM_to_the_first_value_reconnects_and_the_read_is_done_once_more_from_its_beginning()
    {
        await using ReadBench bench = new ReadBench().With(Balance, "05 00000001");
        _ = await bench.RunAsync(new ReadMeterBalance());
        bench.Meter.HasLostLink = true;

        SrvResult result = await bench.RunAsync(new ReadMeterBalance());

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done);
        bench.Meter.Connects.Should().Be(2);
    }
}
