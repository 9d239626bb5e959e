using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Duis.Bodies.Logs;
using DeviceHarness.Duis.Bodies.Network;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Service;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Esme.Reads;

/// <summary>Reads of logs, on a meter whose octets are written by hand.</summary>
public sealed class EsmeReadLogTests
{
    private const string ClockColumn = "02 04 12 0008 09 06 0000010000FF 0F 02 12 0000";
    private const string ImportColumn = "02 04 12 0003 09 06 0100010800FF 0F 02 12 0000";
    private const string ImportScaler = "0003 0100010800FF 03";
    private const string HalfHours = "0007 0100630100FF";

    // 7 February 2018, a Wednesday: 10:00:00 and 10:30:00, deviation 0, status 0.
    private const string Ten = "09 0C 07E2 02 07 03 0A 00 00 00 0000 00";
    private const string HalfPastTen = "09 0C 07E2 02 07 03 0A 1E 00 00 0000 00";
    private static readonly DateTimeOffset TenUtc = new(2018, 2, 7, 10, 0, 0, TimeSpan.Zero);
    private static readonly ReadLogPeriod Period = new(TenUtc, TenUtc.AddHours(1));

    [Fact]
    public async Task SRV_4_8_1_chooses_the_rows_by_period_and_puts_blocks_together()
    {
        await using ReadBench bench = HalfHourMeter($"01 02 02 02 {Ten} 06 0000", $"00FA 02 02 {HalfPastTen} 06 000001F4");

        SrvResult result = await bench.RunAsync(new ReadActiveImportProfileData(Period));

        result.Outcome.Body.Should().Be(new ReadActiveImportProfileDataRsp
        {
            MessageSuccess = true,
            Entries = [new ActiveImportProfileEntry(TenUtc, 2500), new ActiveImportProfileEntry(TenUtc.AddMinutes(30), 5000)],
        });
        bench.LastSelection.Should().Be(
            "01" + "0204" + "0204120008090600000100" + "00FF0F02120000"
            + "090C07E20207030A000000000000" + "090C07E20207030B000000000000" + "0100");
    }

    [Fact]
    public async Task SRV_4_8_1_takes_a_time_from_the_row_before_and_a_null_value_too()
    {
        await using ReadBench bench = HalfHourMeter($"01 03 02 02 {Ten} 06 000000FA 02 02 00 00 02 02 00 06 00000001");
        bench.With($"{HalfHours} 04", "06 00000708");

        SrvResult result = await bench.RunAsync(new ReadActiveImportProfileData(Period));

        result.Outcome.Body.As<ReadActiveImportProfileDataRsp>().Entries.Should().Equal(
            new ActiveImportProfileEntry(TenUtc, 2500),
            new ActiveImportProfileEntry(TenUtc.AddMinutes(30), 2500),
            new ActiveImportProfileEntry(TenUtc.AddMinutes(60), 10));
    }

    [Fact]
    public async Task SRV_4_8_1_of_an_empty_period_is_an_answer_without_entries()
    {
        await using ReadBench bench = HalfHourMeter("01 00");

        SrvResult result = await bench.RunAsync(new ReadActiveImportProfileData(Period));

        result.Outcome.Body.Should().Be(new ReadActiveImportProfileDataRsp { MessageSuccess = true });
    }

    [Fact]
    public async Task SRV_4_8_1_takes_the_only_column_whatever_it_captures_but_not_one_of_two()
    {
        const string other = "02 04 12 0001 09 06 00005E2C0001 0F 02 12 0000";
        await using ReadBench alone = new ReadBench()
            .WithBlocks($"{HalfHours} 03", $"01 02 {ClockColumn} {other}").WithBlocks($"{HalfHours} 02", $"01 01 02 02 {Ten} 12 0007");
        await using ReadBench oneOfTwo = new ReadBench()
            .WithBlocks($"{HalfHours} 03", $"01 03 {ClockColumn} {other} {other}")
            .WithBlocks($"{HalfHours} 02", $"01 01 02 03 {Ten} 12 0007 12 0008");

        SrvResult first = await alone.RunAsync(new ReadActiveImportProfileData(Period));
        SrvResult second = await oneOfTwo.RunAsync(new ReadActiveImportProfileData(Period));

        first.Outcome.Body.As<ReadActiveImportProfileDataRsp>().Entries.Should().Equal(new ActiveImportProfileEntry(TenUtc, 7));
        second.Outcome.Kind.Should().Be(DeviceOutcomeKind.ProtocolError);
        second.Outcome.Detail.Should().Contain("no column for PrimaryValue");
    }

    [Fact]
    public async Task SRV_4_8_1_of_a_model_without_periods_reads_entries_and_keeps_those_of_the_period()
    {
        await using ReadBench bench = HalfHourMeter(
            ReadProfiles.SelectingEntries, $"01 02 02 02 {Ten} 06 000000FA", $"02 02 {HalfPastTen} 06 000001F4");
        bench.With($"{HalfHours} 07", "06 00000002");

        SrvResult result = await bench.RunAsync(
            new ReadActiveImportProfileData(new ReadLogPeriod(TenUtc.AddMinutes(1), TenUtc.AddHours(1))));

        result.Outcome.Body.As<ReadActiveImportProfileDataRsp>().Entries
            .Should().Equal(new ActiveImportProfileEntry(TenUtc.AddMinutes(30), 5000));
        bench.LastSelection.Should().Be("02" + "0204" + "0600000001" + "0600000002" + "120001" + "120002");
    }

    [Theory]
    [InlineData("01", "clock invalid in 1 of 2 rows, first at 2018-02-07 10:30:00Z")]
    [InlineData("02", "clock doubtful in 1 of 2 rows, first at 2018-02-07 10:30:00Z")]
    [InlineData("80", "")]
    [InlineData("FF", "")]
    public async Task The_clock_status_of_rows_is_told_with_the_outcome(string status, string words)
    {
        string doubted = HalfPastTen[..^2] + status;
        await using ReadBench bench = HalfHourMeter($"01 02 02 02 {Ten} 06 000000FA 02 02 {doubted} 06 000001F4");

        SrvResult result = await bench.RunAsync(new ReadActiveImportProfileData(Period));

        result.Outcome.Body.As<ReadActiveImportProfileDataRsp>().Entries.Should().HaveCount(2);
        result.Outcome.Detail.Should().Be(words);
    }

    [Fact]
    public async Task SRV_4_10_reads_voltages_their_period_and_the_counters()
    {
        await using ReadBench bench = new ReadBench()
            .WithBlocks("0007 0100201800FF 03", $"01 02 {ClockColumn} 02 04 12 0003 09 06 0100200700FF 0F 02 12 0000")
            .WithBlocks("0007 0100201800FF 02", $"01 01 02 02 {Ten} 12 095B")
            .With("0007 0100201800FF 04", "06 00000708")
            .With("0003 0100200700FF 03", "02 02 0F FF 16 23")
            .With("0003 0100202400 04 02", "12 0002")
            .With("0003 0100202000 04 02", "12 0000");

        SrvResult result = await bench.RunAsync(new ReadNetworkData(Period));

        result.Outcome.Body.Should().Be(new ReadNetworkDataRsp
        {
            MessageSuccess = true,
            Entries = [new AverageVoltageEntry(TenUtc, 239.5m)],
            MeasurementPeriod = 1800,
            AvgRmsOverVoltageCounter = 2,
            AvgRmsUnderVoltageCounter = 0,
        });
    }

    [Fact]
    public async Task SRV_4_14_reads_the_columns_in_any_order()
    {
        const string balance = "02 04 12 0070 09 06 0000130A00FF 0F 02 12 0000";
        const string emergency = "02 04 12 0070 09 06 0000130A01FF 0F 02 12 0000";
        const string accumulated = "02 04 12 0070 09 06 0000130A02FF 0F 02 12 0000";
        const string payment = "02 04 12 0071 09 06 0000131403FF 0F 0C 12 0000";
        const string first = "02 04 12 0071 09 06 0000131401FF 0F 0C 12 0000";
        const string second = "02 04 12 0071 09 06 0000131402FF 0F 0C 12 0000";
        await using ReadBench bench = new ReadBench()
            .WithBlocks("0007 0000620108FF 03", $"01 07 {balance} {emergency} {accumulated}", $"{payment} {first} {second} {ClockColumn}")
            .WithBlocks(
                "0007 0000620108FF 02",
                $"01 01 02 07 05 FFFFFF9C 05 00000002 05 00000003 05 00000004 05 00000005 05 00000006 {Ten}");

        SrvResult result = await bench.RunAsync(new ReadPrepaymentDailyReadLog(Period));

        result.Outcome.Body.As<ReadPrepaymentDailyReadLogRsp>().Entries
            .Should().Equal(new PrepaymentDailyEntry(TenUtc, 3, 2, -100, 4, 5, 6));
    }

    [Fact]
    public async Task SRV_4_6_2_4_8_2_4_8_3_and_4_17_read_their_own_logs()
    {
        const string export = "02 04 12 0003 09 06 0100020800FF 0F 02 12 0000";
        const string reactiveExport = "02 04 12 0003 09 06 0100040800FF 0F 02 12 0000";
        const string reactive = "02 04 12 0003 09 06 0100030800FF 0F 02 12 0000";
        await using ReadBench bench = new ReadBench(_ => ReadProfiles.WithReactiveExport(ReadProfiles.Generic()))
            .With("0003 0100020800FF 03", "02 02 0F 00 16 1E").With("0003 0100040800FF 03", "02 02 0F 00 16 20")
            .With("0003 0100030800FF 03", "02 02 0F 00 16 20").With(ImportScaler, "02 02 0F 00 16 1E")
            .WithBlocks("0007 000062010AFF 03", $"01 02 {ClockColumn} {export}")
            .WithBlocks("0007 000062010AFF 02", $"01 01 02 02 {Ten} 06 00000001")
            .WithBlocks("0007 0000630102FF 03", $"01 02 {ClockColumn} {reactive}")
            .WithBlocks("0007 0000630102FF 02", $"01 01 02 02 {Ten} 06 00000002")
            .WithBlocks("0007 0000630101FF 03", $"01 03 {ClockColumn} {export} {reactiveExport}")
            .WithBlocks("0007 0000630101FF 02", $"01 01 02 03 {Ten} 06 00000003 06 00000004")
            .WithBlocks("0007 0000630103FF 03", $"01 02 {ClockColumn} {ImportColumn}")
            .WithBlocks("0007 0000630103FF 02", $"01 01 02 02 {Ten} 06 00000005");

        SrvResult exportDays = await bench.RunAsync(new RetrieveExportDailyReadLog(Period));
        SrvResult reactiveHalfHours = await bench.RunAsync(new ReadReactiveImportProfileData(Period));
        SrvResult exportHalfHours = await bench.RunAsync(new ReadExportProfileData(Period));
        SrvResult days = await bench.RunAsync(new RetrieveDailyConsumptionLog(Period));

        exportDays.Outcome.Body.As<RetrieveExportDailyReadLogRsp>().Entries.Should().Equal(new ExportDailyReadLogEntry(TenUtc, 1));
        reactiveHalfHours.Outcome.Body.As<ReadReactiveImportProfileDataRsp>().Entries
            .Should().Equal(new ReactiveImportProfileEntry(TenUtc, 2));
        exportHalfHours.Outcome.Body.As<ReadExportProfileDataRsp>().Entries.Should().Equal(new ExportProfileEntry(TenUtc, 3, 4));
        days.Outcome.Body.As<RetrieveDailyConsumptionLogRsp>().Entries.Should().Equal(new DailyConsumptionEntry(TenUtc, 5));
    }

    [Fact]
    public async Task An_only_column_does_not_hold_two_values()
    {
        const string export = "02 04 12 0003 09 06 0100021D00FF 0F 02 12 0000";
        await using ReadBench bench = new ReadBench(_ => ReadProfiles.WithReactiveExport(ReadProfiles.Generic()))
            .With("0003 0100021D00FF 03", "02 02 0F 00 16 1E")
            .WithBlocks("0007 0000630101FF 03", $"01 02 {ClockColumn} {export}")
            .WithBlocks("0007 0000630101FF 02", $"01 01 02 02 {Ten} 06 00000003");

        SrvResult result = await bench.RunAsync(new ReadExportProfileData(Period));

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.ProtocolError);
        result.Outcome.Detail.Should().Contain("no column for ReactiveEnergyExportedValue");
    }

    [Fact]
    public async Task SRV_4_17_of_a_meter_that_gives_more_days_than_an_answer_holds_breaks_the_protocol()
    {
        string[] rows = [.. Enumerable.Repeat("02 02 00 00", 732)];
        string[] blocks =
        [
            $"01 82 02DC 02 02 {Ten} 00 {string.Join(' ', rows[1..20])}",
            .. rows[20..].Chunk(20).Select(chunk => string.Join(' ', chunk)),
        ];
        await using ReadBench bench = new ReadBench()
            .WithBlocks("0007 0000630103FF 03", $"01 02 {ClockColumn} {ImportColumn}")
            .WithBlocks("0007 0000630103FF 02", blocks)
            .With("0007 0000630103FF 04", "06 00015180");

        SrvResult result = await bench.RunAsync(new RetrieveDailyConsumptionLog(Period));

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.ProtocolError);
        result.Outcome.Detail.Should().Contain("732 rows where at most 731 were expected");
    }

    private static ReadBench HalfHourMeter(params string[] rows) => HalfHourMeter(profile => profile, rows);

    private static ReadBench HalfHourMeter(
        Func<Drivers.Profiles.DeviceProfile, Drivers.Profiles.DeviceProfile> change, params string[] rows) => new ReadBench(change)
            .WithBlocks($"{HalfHours} 03", $"01 02 {ClockColumn} {ImportColumn}")
            .WithBlocks($"{HalfHours} 02", rows)
            .With(ImportScaler, "02 02 0F 01 16 1E");
}
