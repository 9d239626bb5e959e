using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Codecs.Explain;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Bodies.Logs;
using DeviceHarness.Duis.Bodies.Network;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Service;
using DeviceHarness.Virtual.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Bench;

/// <summary>Defects of the virtual meter that no built-in pack shows: the driver meets each, and each is told.</summary>
public sealed class LineDefectsTests
{
    [Fact]
    public async Task A_garbled_checksum_costs_a_poll_each_time_and_no_value()
    {
        await using MeterBench sound = new();
        await using MeterBench garbled = new(EsmeDefects.FcsGarbled);

        SrvResult expected = await sound.DoAsync(new ReadInstantaneousImportRegisters());
        SrvResult found = await garbled.DoAsync(new ReadInstantaneousImportRegisters());

        found.Outcome.Body.Should().Be(expected.Outcome.Body);
        sound.FromMeter.Should().OnlyContain(frame => IsWellFormed(frame));
        garbled.FromMeter.Should().Contain(frame => !IsWellFormed(frame), "every second I frame of the meter is garbled");
        garbled.SentCount.Should().BeGreaterThan(sound.SentCount, "what was garbled is asked for again");
    }

    [Fact]
    public async Task A_release_with_a_wrong_length_is_told_and_the_association_is_over_all_the_same()
    {
        await using MeterBench sound = new(profile: Releasing);
        await using MeterBench wrong = new(EsmeDefects.RlreWrongLength, profile: Releasing);
        foreach (MeterBench bench in (MeterBench[])[sound, wrong])
        {
            await bench.DoAsync(new ReadFirmwareVersion());
            await bench.DisconnectAsync();
            await bench.DoAsync(new ReadFirmwareVersion());
        }

        sound.FromMeter.Should().OnlyContain(frame => IsWellFormed(frame));
        byte[] release = wrong.FromMeter.Should().ContainSingle(frame => !IsWellFormed(frame)).Subject;
        Convert.ToHexString(release).Should().Contain("E6E700" + "6304800100");
    }

    [Fact]
    public async Task A_block_number_that_is_off_ends_the_read_and_is_never_put_in_its_place()
    {
        await using MeterBench sound = new();
        await using MeterBench off = new(EsmeDefects.BlockNumberOff);
        ReadActiveImportProfileData request = new(new ReadLogPeriod(sound.Now.AddDays(-3), sound.Now));

        SrvResult whole = await sound.DoAsync(request);
        SrvResult broken = await off.RunAsync(request);

        whole.Outcome.Body.As<ReadActiveImportProfileDataRsp>().Entries.Should().HaveCount(145);
        broken.Outcome.Kind.Should().Be(DeviceOutcomeKind.ProtocolError);
        broken.Outcome.Detail.Should().Contain("block 3 where block 2 was due");
        (await off.DoAsync(new ReadFirmwareVersion())).Latency.AssociationOpen.Should().BeFalse("nothing of the old link is believed");
    }

    [Fact]
    public async Task A_late_answer_is_no_answer_although_the_command_was_carried_out_and_is_never_taken_for_the_next_one()
    {
        await using MeterBench late = new(EsmeDefects.LateAnswer);

        SrvResult disabled = await late.RunAsync(new DisableSupply());
        late.Meter.Defects = EsmeDefects.None;
        SrvResult status = await late.DoAsync(new ReadSupplyStatus());

        (disabled.Outcome.Kind, disabled.Outcome.LinkAnswersProbe).Should().Be((DeviceOutcomeKind.NoAnswer, true), disabled.Outcome.Detail);
        late.Meter.Supply.Should().NotBe(Virtual.Esme.SupplyState.Connected);
        status.Outcome.Body.As<ReadSupplyStatusRsp>().SupplyState.Should().Be(Duis.Bodies.Supply.SupplyState.Disabled);
        status.Latency.AssociationOpen.Should().BeFalse("nothing of the old link is believed");
    }

    [Fact]
    public async Task A_late_answer_that_is_waited_for_is_the_answer()
    {
        await using MeterBench sound = new(profile: Patient);
        await using MeterBench late = new(EsmeDefects.LateAnswer, profile: Patient);
        DateTimeOffset start = late.Now;

        SrvResult expected = await sound.DoAsync(new ReadFirmwareVersion());
        SrvResult found = await late.DoAsync(new ReadFirmwareVersion());

        found.Outcome.Body.Should().Be(expected.Outcome.Body);
        (sound.Now - start).Should().BeLessThan(TimeSpan.FromSeconds(30));
        (late.Now - start).Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(30), "that is how late the model answers");
    }

    [Fact]
    public async Task SRV_4_10_reads_the_averages_of_the_days_before()
    {
        await using MeterBench bench = new();

        SrvResult result = await bench.DoAsync(new ReadNetworkData(new ReadLogPeriod(bench.Now.AddDays(-2), bench.Now)));

        ReadNetworkDataRsp answer = result.Outcome.Body.As<ReadNetworkDataRsp>();
        answer.Entries.Should().HaveCount(97, "two days of half hours, both ends included");
        answer.Entries.Should().OnlyContain(entry => entry.Value >= 227m && entry.Value <= 233m);
        answer.MeasurementPeriod.Should().Be(1800);
    }

    [Fact]
    public async Task SRV_4_14_reads_the_account_of_the_days_before()
    {
        await using MeterBench bench = new();

        SrvResult result = await bench.DoAsync(
            new ReadPrepaymentDailyReadLog(new ReadLogPeriod(bench.Now.AddDays(-7), bench.Now)));

        IReadOnlyList<PrepaymentDailyEntry> entries = result.Outcome.Body.As<ReadPrepaymentDailyReadLogRsp>().Entries;
        entries.Should().HaveCount(7);
        entries.Select(entry => entry.MeterBalance).Should().BeInDescendingOrder();
    }

    [Theory]
    [InlineData(true, "")]
    [InlineData(false, "clock invalid in 1 of 1 rows, first at 2026-01-05 12:")]
    public async Task What_the_meter_s_clock_says_of_a_row_is_told_with_the_outcome(bool isClockValid, string words)
    {
        await using MeterBench bench = new(model: sound => sound with { IsClockValid = isClockValid });
        await bench.DoAsync(new EnableSupply());

        SrvResult result = await bench.DoAsync(
            new ReadEventOrSecurityLog(new ReadLogPeriod(bench.Now.AddHours(-1), bench.Now.AddHours(1)), EventLog.Event));

        result.Outcome.Body.As<ReadEventOrSecurityLogRsp>().Log.Should().ContainSingle();
        result.Outcome.Detail.Should().StartWith(words);
        (result.Outcome.Detail.Length == 0).Should().Be(isClockValid);
    }

    private static bool IsWellFormed(byte[] frame)
    {
        _ = FrameExplainer.Explain(frame, out bool isWellFormed);
        return isWellFormed;
    }

    private static string Patient(string profile) =>
        profile.Replace("response-timeout: 2s", "response-timeout: 40s", StringComparison.Ordinal);

    private static string Releasing(string profile) => profile.Replace("release: false", "release: true", StringComparison.Ordinal);
}
