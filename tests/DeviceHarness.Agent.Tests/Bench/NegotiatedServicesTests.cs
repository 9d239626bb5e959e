using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Bodies.Logs;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Service;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Bench;

/// <summary>Services that both ends must agree on: the answers are the same with and without them, and the octets are not.</summary>
public sealed class NegotiatedServicesTests
{
    private const string GeneralBlock = "E6E700E0";

    [Fact]
    public async Task With_lists_a_read_takes_fewer_requests_and_gives_the_same_answer()
    {
        await using MeterBench single = new();
        await using MeterBench listed = new(profile: text => With(text, "lists: true"));
        ReadInstantaneousPrepayValues request = new();

        SrvResult expected = await single.DoAsync(request);
        SrvResult found = await listed.DoAsync(request);

        found.Outcome.Body.Should().Be(expected.Outcome.Body);
        listed.SentCount.Should().BeLessThan(single.SentCount);
        listed.FromMeter.Should().Contain(frame => Hex(frame).Contains("E6E700C403", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_client_that_the_meter_gives_no_lists_reads_one_by_one()
    {
        await using MeterBench listed = new(
            model: sound => sound with { HasLists = false }, profile: text => With(text, "lists: true"));

        await listed.DoAsync(new ReadInstantaneousPrepayValues());

        listed.FromMeter.Should().NotContain(frame => Hex(frame).Contains("E6E700C403", StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_general_blocks_a_long_log_comes_in_them_and_is_the_same()
    {
        await using MeterBench specific = new(profile: SmallPdu);
        await using MeterBench general = new(
            model: sound => sound with { HasGeneralBlocks = true }, profile: text => With(SmallPdu(text), "general-blocks: true"));
        ReadActiveImportProfileData request = new(new ReadLogPeriod(specific.Now.AddDays(-1), specific.Now));

        SrvResult expected = await specific.DoAsync(request);
        SrvResult found = await general.DoAsync(request);

        found.Outcome.Body.Should().Be(expected.Outcome.Body);
        specific.FromMeter.Should().NotContain(frame => Hex(frame).Contains(GeneralBlock, StringComparison.Ordinal));
        general.FromMeter.Should().Contain(frame => Hex(frame).Contains(GeneralBlock, StringComparison.Ordinal));
        general.FromMeter.Should().NotContain(frame => Hex(frame).Contains("E6E700C402", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_meter_that_does_not_agree_on_general_blocks_is_spoken_to_without_them()
    {
        await using MeterBench bench = new(profile: text => With(SmallPdu(text), "general-blocks: true"));

        SrvResult result = await bench.DoAsync(new ReadActiveImportProfileData(new ReadLogPeriod(bench.Now.AddDays(-1), bench.Now)));

        result.Outcome.Body.As<ReadActiveImportProfileDataRsp>().Entries.Should().HaveCount(49);
        bench.FromMeter.Should().NotContain(frame => Hex(frame).Contains(GeneralBlock, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_exchange_of_general_blocks_begins_anew()
    {
        await using MeterBench general = new(
            model: sound => sound with { HasGeneralBlocks = true }, profile: text => With(SmallPdu(text), "general-blocks: true"));
        SrvRequestBody[] requests =
        [
            new ReadFirmwareVersion(),
            new ReadActiveImportProfileData(new ReadLogPeriod(general.Now.AddDays(-1), general.Now)),
            new ReadActiveImportProfileData(new ReadLogPeriod(general.Now.AddDays(-2), general.Now)),
            new ReadFirmwareVersion(),
        ];

        foreach (SrvRequestBody request in requests)
        {
            (await general.DoAsync(request)).Outcome.Kind.Should().Be(DeviceOutcomeKind.Done);
        }
    }

    private static string Hex(byte[] frame) => Convert.ToHexString(frame);

    private static string With(string profile, string line) =>
        profile.Replace("  release: false ", $"  {line}\n  release: false ", StringComparison.Ordinal);

    private static string SmallPdu(string profile) => profile.Replace("maximum-pdu: 1024 ", "maximum-pdu: 128 ", StringComparison.Ordinal);
}
