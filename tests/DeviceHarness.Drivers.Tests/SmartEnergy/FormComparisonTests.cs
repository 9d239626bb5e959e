using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Drivers.Tests.Han;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.SmartEnergy;

/// <summary>Two endpoints of one scripted node are asked the same.</summary>
public sealed class FormComparisonTests
{
    private static readonly ZclData Known = ZclData.Unsigned(ZclDataType.UtcTime, 86_400);
    private static readonly ZclData Unknown = ZclData.Invalid(ZclDataType.UtcTime);

    [Fact]
    public async Task Answers_of_one_form_are_alike_whatever_their_values()
    {
        ZclData later = ZclData.Unsigned(ZclDataType.UtcTime, 90_000);

        IReadOnlyList<FormRow> rows = await CompareAsync(
            bench => AnswerAsync(bench, Known, Known, ZclStatus.NotFound), bench => AnswerAsync(bench, later, later, ZclStatus.NotFound));

        rows.Should().HaveCount(4).And.OnlyContain(row => row.IsAlike);
        rows.Select(row => row.Forms[0]).Should().Equal("a value (UtcTime)", "a value (UtcTime)", "UnsupportedAttribute", "NotFound");
    }

    [Fact]
    public async Task A_mirror_that_stamps_what_its_meter_does_not_know_and_succeeds_with_nothing_differs()
    {
        IReadOnlyList<FormRow> rows = await CompareAsync(
            bench => AnswerAsync(bench, Unknown, Unknown, ZclStatus.NotFound),
            bench => AnswerAsync(bench, Known, Known, ZclStatus.Success));

        rows.Select(row => (row.IsAlike, row.Forms[0], row.Forms[1])).Should().Equal(
            (false, "unknown", "a value (UtcTime)"), (false, "unknown", "a value (UtcTime)"),
            (true, "UnsupportedAttribute", "UnsupportedAttribute"), (false, "NotFound", "Success"));
    }

    private static async Task<IReadOnlyList<FormRow>> CompareAsync(Func<HanBench, Task> first, Func<HanBench, Task> second)
    {
        await using HanBench bench = await HanBench.StartAsync();
        Task<IReadOnlyList<FormRow>> comparing = FormComparison.CompareAsync([Options(bench, 1), Options(bench, 10)], default);
        await first(bench);
        await second(bench);
        return await comparing.DefaultTimeout();
    }

    private static SmartEnergyOptions Options(HanBench bench, byte endpoint) => new()
    {
        Id = new DeviceId($"meter-{endpoint}"),
        Eui64 = HanBench.Meter,
        Profile = new SmartEnergyProfile { Name = "test", Endpoint = endpoint },
        Network = bench.Network,
        TimeProvider = bench.Clock,
    };

    private static async Task AnswerAsync(HanBench bench, ZclData clock, ZclData reading, ZclStatus snapshot)
    {
        bench.AnswerRead(await bench.SentAsync(), new AttributeResult(0x0000, clock));
        bench.AnswerRead(await bench.SentAsync(), new AttributeResult(0x0007, reading));
        bench.AnswerRead(await bench.SentAsync(), new AttributeResult(0xEFFE, ZclStatus.UnsupportedAttribute, null));
        HanBench.Sent asked = await bench.SentAsync();
        asked.Header.Command.Should().Be(ClusterCatalogue.Metering.Command("GetSnapshot", ZclSide.Client).Id);
        bench.Answer(asked, GlobalCommand.DefaultResponse, GlobalCommands.Default(asked.Header.Command, snapshot));
    }
}
