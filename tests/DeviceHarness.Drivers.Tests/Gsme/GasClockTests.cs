using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Gsme;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Drivers.Tests.Han;
using DeviceHarness.Duis.Bodies.Clock;
using DeviceHarness.Duis.Service;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Gsme;

/// <summary>SRV 6.11 and 8.1.1 on a gas meter that the test plays.</summary>
public sealed class GasClockTests
{
    private const ushort Time = 0x0000;
    private const ushort Status = 0x0001;
    private const byte Synchronised = 2;

    [Theory]
    [InlineData(20, Synchronised, 0, "reliable")]
    [InlineData(20, 0, 0, "unreliable")]
    [InlineData(null, Synchronised, 0, "reliable")]
    [InlineData(20, Synchronised, 40, "unreliable")]
    [InlineData(20, Synchronised, null, "invalid")]
    public async Task A_clock_within_the_tolerance_or_without_a_time_is_written_and_read_back(
        int? offBy, byte worth, int? offAfter, string told)
    {
        await using HanBench bench = await HanBench.StartAsync();
        DateTimeOffset now = bench.Clock.GetUtcNow();

        Task<SrvResult> setting = Driver(bench).ExecuteAsync(new SynchroniseClock(now, 30), default);
        bench.AnswerRead(await bench.SentAsync(), Clock(now, offBy, Synchronised));
        HanBench.Sent written = await bench.SentAsync();
        bench.Answer(written, GlobalCommand.WriteAttributesResponse, Written(ZclStatus.Success));
        bench.AnswerRead(await bench.SentAsync(), Clock(now, offAfter, worth));

        SynchroniseClockRsp answer = (SynchroniseClockRsp)(await setting.DefaultTimeout()).Outcome.Body!;
        (written.Message.Cluster, written.Header.Command).Should().Be(((ushort)0x000A, (byte)GlobalCommand.WriteAttributes));
        written.Payload.ToArray().Should().Equal([0, 0, 0xE2, .. BitConverter.GetBytes(ZclTime.FromMoment(now))]);
        answer.GasClockTimeStatus!.Name.Should().Be(told);
        answer.DeviceTime.Should().Be(offAfter is { } off ? now.AddSeconds(off) : null);
        answer.ElecClockTimeStatus.Should().BeNull();
    }

    [Theory]
    [InlineData(31, true)]
    [InlineData(5, false)]
    public async Task A_clock_that_is_off_by_more_stays_and_so_does_one_that_the_hub_alone_sets(int offBy, bool isWritten)
    {
        await using HanBench bench = await HanBench.StartAsync();
        DateTimeOffset now = bench.Clock.GetUtcNow();

        Task<SrvResult> setting = Driver(bench, isWritten).ExecuteAsync(new CommissionDeviceSynchroniseClock(now, 30), default);
        bench.AnswerRead(await bench.SentAsync(), Clock(now, offBy, Synchronised));
        if (!isWritten)
        {
            bench.AnswerRead(await bench.SentAsync(), Clock(now, offBy, Synchronised));
        }

        ClockRsp answer = (ClockRsp)(await setting.DefaultTimeout()).Outcome.Body!;
        answer.IsReliable.Should().Be(!isWritten);
        bench.Adapter.TryTakeSent(out _).Should().BeFalse();
    }

    [Fact]
    public async Task A_meter_that_does_not_let_its_clock_be_written_refuses()
    {
        await using HanBench bench = await HanBench.StartAsync();
        DateTimeOffset now = bench.Clock.GetUtcNow();

        Task<SrvResult> setting = Driver(bench).ExecuteAsync(new SynchroniseClock(now, 30), default);
        bench.AnswerRead(await bench.SentAsync(), Clock(now, 1, Synchronised));
        bench.Answer(await bench.SentAsync(), GlobalCommand.WriteAttributesResponse, Written(ZclStatus.ReadOnly));

        DeviceOutcome outcome = (await setting.DefaultTimeout()).Outcome;
        (outcome.Kind, outcome.DeviceCode).Should().Be((DeviceOutcomeKind.Refused, (int?)ZclStatus.ReadOnly));
    }

    private static AttributeResult[] Clock(DateTimeOffset now, int? offBy, byte worth) =>
    [
        new(Time, ZclData.Unsigned(
            ZclDataType.UtcTime, offBy is { } seconds ? ZclTime.FromMoment(now.AddSeconds(seconds)) : ZclTime.Invalid)),
        new(Status, ZclData.Unsigned(ZclDataType.Bitmap8, worth)),
    ];

    private static MessageContent Written(ZclStatus status)
    {
        MessageContent answer = GlobalCommands.Create(GlobalCommand.WriteAttributesResponse);
        MessageContent item = answer.Add("attributes").Set("status", (byte)status);
        if (status != ZclStatus.Success)
        {
            item.Set("attr", Time);
        }

        return answer;
    }

    private static GsmeDriver Driver(HanBench bench, bool isWritten = true) => new(new SmartEnergyOptions
    {
        Id = new DeviceId("gsme-01"),
        Eui64 = HanBench.Meter,
        Profile = new SmartEnergyProfile { Name = "test", Endpoint = 1, IsClockWritten = isWritten },
        Network = bench.Network,
        TimeProvider = bench.Clock,
    });
}
