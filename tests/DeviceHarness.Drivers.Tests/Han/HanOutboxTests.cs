using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Han;

/// <summary>A device that sleeps is sent nothing until it gives a sign, and whoever sends to it always learns what came of it.</summary>
public sealed class HanOutboxTests
{
    private const ushort Metering = 0x0702;

    private static readonly ZclData Summation = ZclData.Unsigned(ZclDataType.Unsigned48, 7);
    private static readonly TimeSpan Wake = TimeSpan.FromMinutes(30);

    [Fact]
    public async Task Nothing_leaves_for_a_sleeping_device_before_it_polls()
    {
        await using HanBench bench = await HanBench.StartAsync(isSleepy: true);
        bench.Clock.Advance(TimeSpan.FromSeconds(2));

        Task<IReadOnlyList<AttributeResult>> reading = Read(bench);
        bench.Clock.Advance(Wake);
        await bench.PumpedAsync();
        bench.Adapter.TryTakeSent(out _).Should().BeFalse("it sleeps");
        bench.Network.Waiting.Should().Be(1);
        bench.Poll();
        bench.AnswerRead(await bench.SentAsync(), new AttributeResult(0, Summation));

        (await reading.DefaultTimeout()).Should().ContainSingle();
        bench.Network.Waiting.Should().Be(0);
    }

    [Fact]
    public async Task A_conversation_goes_on_while_the_device_is_awake_and_waits_when_it_is_not()
    {
        await using HanBench bench = await HanBench.StartAsync(isSleepy: true);
        bench.Poll();
        await bench.PumpedAsync();

        for (int turn = 0; turn < 3; turn++)
        {
            Task<IReadOnlyList<AttributeResult>> reading = Read(bench);
            HanBench.Sent sent = await bench.SentAsync();
            bench.Clock.Advance(TimeSpan.FromMilliseconds(900));
            bench.AnswerRead(sent, new AttributeResult(0, Summation));
            await reading.DefaultTimeout();
            await bench.PumpedAsync();
        }

        bench.Clock.Advance(TimeSpan.FromMilliseconds(1100));
        Task<IReadOnlyList<AttributeResult>> later = Read(bench);
        bench.Adapter.TryTakeSent(out _).Should().BeFalse("a second has gone by since it was heard");
        bench.Poll();
        bench.AnswerRead(await bench.SentAsync(), new AttributeResult(0, Summation));
        await later.DefaultTimeout();
    }

    [Fact]
    public async Task A_read_that_was_not_acknowledged_is_sent_again_at_the_next_wake()
    {
        await using HanBench bench = await HanBench.StartAsync(isSleepy: true);
        Queue<ZigBeeDeliveryOutcome> outcomes = new([ZigBeeDeliveryOutcome.NotDelivered, ZigBeeDeliveryOutcome.Delivered]);
        bench.Adapter.Carry = _ => Task.FromResult(FakeAdapter.Delivery(outcomes.Dequeue()));
        bench.Clock.Advance(TimeSpan.FromSeconds(2));

        Task<IReadOnlyList<AttributeResult>> reading = Read(bench);
        bench.Poll();
        await bench.SentAsync();
        await bench.PumpedAsync();
        bench.Adapter.TryTakeSent(out _).Should().BeFalse("it went back to sleep");
        bench.Poll();
        bench.AnswerRead(await bench.SentAsync(), new AttributeResult(0, Summation));

        (await reading.DefaultTimeout()).Should().ContainSingle();
    }

    [Fact]
    public async Task A_command_that_was_not_acknowledged_is_never_sent_twice()
    {
        await using HanBench bench = await HanBench.StartAsync(isSleepy: true);
        bench.Adapter.Carry = _ => Task.FromResult(FakeAdapter.Delivery(ZigBeeDeliveryOutcome.NotDelivered));
        ZclRequest topUp = ZclRequest.Of(
            HanBench.Target, ClusterCatalogue.Prepayment.Command("ConsumerTopUp", ZclSide.Client),
            TopUpResponse.Request(0, "12345678901234567890"));

        Task<ZclReply> sending = bench.Network.Zcl.ExchangeAsync(topUp, default);
        bench.Poll();

        (await sending.Invoking(task => task.DefaultTimeout()).Should().ThrowAsync<HanDeliveryException>())
            .Which.Fault.Should().Be(HanDeliveryFault.NotAcknowledged);
        bench.Poll();
        await bench.PumpedAsync();
        await bench.SentAsync();
        bench.Adapter.TryTakeSent(out _).Should().BeFalse();
    }

    [Fact]
    public async Task A_device_that_does_not_wake_is_told_as_asleep_and_not_before_its_wake_is_over()
    {
        await using HanBench bench = await HanBench.StartAsync(isSleepy: true);
        bench.Clock.Advance(TimeSpan.FromSeconds(2));

        Task<IReadOnlyList<AttributeResult>> reading = Read(bench);
        bench.Clock.Advance(Wake + TimeSpan.FromSeconds(59));
        reading.IsCompleted.Should().BeFalse("its next wake and the margin are not over");
        bench.Clock.Advance(TimeSpan.FromSeconds(1));

        (await reading.Invoking(task => task.DefaultTimeout()).Should().ThrowAsync<HanDeliveryException>())
            .Which.Code.Should().Be("HAN-011");
        bench.Poll();
        await bench.PumpedAsync();
        bench.Adapter.TryTakeSent(out _).Should().BeFalse("nobody waits for it any more");
        bench.Network.Waiting.Should().Be(0);
    }

    [Fact]
    public async Task Over_two_days_of_wakes_no_request_leaves_outside_of_one_and_none_is_lost()
    {
        const int Wakes = 96;
        TimeSpan limit = Wake + TimeSpan.FromMinutes(1);
        await using HanBench bench = await HanBench.StartAsync(isSleepy: true);
        Random random = new(20_261_123);
        DateTimeOffset asleep = bench.Clock.GetUtcNow() + TimeSpan.FromSeconds(2);
        List<(DateTimeOffset At, Task<IReadOnlyList<AttributeResult>> Reading)> waiting = [];
        (int Asked, int Answered, int Told, int Outside) count = default;
        for (int wake = 0; wake < Wakes; wake++)
        {
            foreach (double share in Enumerable.Range(0, random.Next(5)).Select(_ => random.NextDouble()).Order())
            {
                bench.Clock.Advance(Max(asleep + (share * Wake), bench.Clock.GetUtcNow()) - bench.Clock.GetUtcNow());
                waiting.Add((bench.Clock.GetUtcNow(), Read(bench)));
                count.Asked++;
                count.Outside += bench.Adapter.TryTakeSent(out _) ? 1 : 0;
            }

            asleep += Wake;
            bench.Clock.Advance(asleep - bench.Clock.GetUtcNow());
            await bench.PumpedAsync();
            count.Outside += bench.Adapter.TryTakeSent(out _) ? 1 : 0;
            foreach ((_, Task<IReadOnlyList<AttributeResult>> late) in waiting.Where(one => one.At + limit <= asleep))
            {
                (await late.Invoking(task => task.DefaultTimeout()).Should().ThrowAsync<HanDeliveryException>())
                    .Which.Code.Should().Be("HAN-011");
                count.Told++;
            }

            waiting.RemoveAll(one => one.At + limit <= asleep);
            if (random.Next(4) == 0)
            {
                continue; // This wake is missed: what waits, waits on.
            }

            bench.Network.Waiting.Should().Be(waiting.Count);
            bench.Poll();
            foreach ((_, Task<IReadOnlyList<AttributeResult>> reading) in waiting)
            {
                bench.AnswerRead(await bench.SentAsync(), new AttributeResult(0, Summation));
                await reading.DefaultTimeout();
                count.Answered++;
            }

            waiting.Clear();
            await bench.PumpedAsync();
            asleep += TimeSpan.FromSeconds(2);
            bench.Clock.Advance(TimeSpan.FromSeconds(2));
        }

        (count.Outside, count.Answered + count.Told + waiting.Count).Should().Be((0, count.Asked));
        count.Told.Should().BeGreaterThan(0);
        count.Answered.Should().BeGreaterThan(100);
    }

    private static DateTimeOffset Max(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    [Fact]
    public async Task A_full_box_refuses_politely_and_keeps_what_it_has()
    {
        await using HanBench bench = await HanBench.StartAsync(
            isSleepy: true, options => options with { Settings = new() { MessagesPerNode = 3, MessagesInAll = 3 } });
        bench.Clock.Advance(TimeSpan.FromSeconds(2));

        List<Task<IReadOnlyList<AttributeResult>>> kept = [Read(bench), Read(bench), Read(bench)];
        Func<Task> tooMany = () => Read(bench).DefaultTimeout();
        (await tooMany.Should().ThrowAsync<HanDeliveryException>()).Which.Fault.Should().Be(HanDeliveryFault.OutboxFull);
        bench.Poll();
        for (int index = 0; index < kept.Count; index++)
        {
            bench.AnswerRead(await bench.SentAsync(), new AttributeResult(0, Summation));
        }

        IReadOnlyList<AttributeResult>[] read = await Task.WhenAll(kept).DefaultTimeout();
        read.Should().HaveCount(3);
    }

    [Fact]
    public async Task What_is_given_up_does_not_leave()
    {
        await using HanBench bench = await HanBench.StartAsync(isSleepy: true);
        bench.Clock.Advance(TimeSpan.FromSeconds(2));
        using CancellationTokenSource givenUp = new();

        Task<IReadOnlyList<AttributeResult>> reading =
            bench.Network.Zcl.ReadAsync(HanBench.Target, Metering, [0x0000], givenUp.Token);
        await givenUp.CancelAsync();
        await reading.Invoking(task => task.DefaultTimeout()).Should().ThrowAsync<OperationCanceledException>();
        bench.Poll();
        await bench.PumpedAsync();

        bench.Adapter.TryTakeSent(out _).Should().BeFalse();
        bench.Network.Waiting.Should().Be(0);
    }

    [Fact]
    public async Task A_device_that_leaves_takes_nothing_along_in_silence()
    {
        await using HanBench bench = await HanBench.StartAsync(isSleepy: true);
        bench.Clock.Advance(TimeSpan.FromSeconds(2));

        Task<IReadOnlyList<AttributeResult>> reading = Read(bench);
        bench.Adapter.Tell(new ZigBeeDeviceLeft(HanBench.MeterNode, HanBench.Meter));

        (await reading.Invoking(task => task.DefaultTimeout()).Should().ThrowAsync<HanDeliveryException>())
            .Which.Message.Should().Contain("left the network");
        bench.Network.Nodes.Should().BeEmpty();
    }

    [Fact]
    public async Task No_more_than_the_adapter_has_room_for_is_under_way_and_all_of_it_arrives()
    {
        const int Meters = 20;
        await using HanBench bench = await HanBench.StartAsync(
            change: options => options with { Settings = new() { MessagesUnderWay = 4 } });
        int underWay = 0;
        int most = 0;
        bench.Adapter.Carry = async _ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref underWay));
            await Task.Yield();
            Interlocked.Decrement(ref underWay);
            return FakeAdapter.Delivery();
        };
        List<Task> sending = [];
        for (ushort meter = 1; meter <= Meters; meter++)
        {
            bench.Adapter.Tell(new ZigBeeDeviceJoined(meter, meter, IsRejoin: true, IsSecured: true));
            await bench.EventAsync<HanNodeJoined>();
            sending.Add(bench.Network.Zcl.SendAsync(ZclRequest.Read(new(meter, 1), Metering, 0x0000), default));
        }

        await Task.WhenAll(sending).DefaultTimeout();

        most.Should().BeInRange(1, 4);
    }

    private static Task<IReadOnlyList<AttributeResult>> Read(HanBench bench) =>
        bench.Network.Zcl.ReadAsync(HanBench.Target, Metering, [0x0000], default);
}
