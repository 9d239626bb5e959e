using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Han;

public sealed class ZclClientTests
{
    private const ushort Metering = 0x0702;
    private const ushort Basic = 0x0000;

    private static readonly ZclData Summation = ZclData.Unsigned(ZclDataType.Unsigned48, 123_456);

    [Fact]
    public async Task A_read_leaves_under_the_link_key_and_its_answer_is_known_by_its_transaction()
    {
        await using HanBench bench = await HanBench.StartAsync();

        Task<IReadOnlyList<AttributeResult>> reading = bench.Network.Zcl.ReadAsync(HanBench.Target, Metering, [0x0000], default);
        HanBench.Sent sent = await bench.SentAsync();
        bench.AnswerRead(sent with { Header = sent.Header with { Sequence = (byte)(sent.Header.Sequence + 1) } });
        bench.AnswerRead(sent, new AttributeResult(0x0000, Summation));

        (await reading.DefaultTimeout()).Should().Equal(new AttributeResult(0x0000, Summation));
        sent.Message.Should().BeEquivalentTo(new
        {
            NodeId = HanBench.MeterNode,
            Profile = 0x0109,
            Cluster = Metering,
            DestinationEndpoint = 1,
            IsApsEncrypted = true,
        });
        sent.Payload.ToArray().ShouldBeHex("00 00");
        HanMessageHeard late = await bench.EventAsync<HanMessageHeard>();
        late.Message.Header.Sequence.Should().NotBe(sent.Header.Sequence, "an answer to nothing is told, not taken");
    }

    [Fact]
    public async Task A_cluster_without_a_link_key_is_asked_under_the_network_key()
    {
        await using HanBench bench = await HanBench.StartAsync();

        Task<IReadOnlyList<AttributeResult>> reading = bench.Network.Zcl.ReadAsync(HanBench.Target, Basic, [0x0005], default);
        HanBench.Sent sent = await bench.SentAsync();
        bench.Answer(
            sent, GlobalCommand.ReadAttributesResponse,
            GlobalCommands.Values(GlobalCommand.ReadAttributesResponse, [new(0x0005, ZclData.CharacterString("G4"))]), false);

        (await reading.DefaultTimeout())[0].Value!.Text.Should().Be("G4");
        sent.Message.IsApsEncrypted.Should().BeFalse();
    }

    [Fact]
    public async Task An_answer_in_clear_is_not_taken_and_the_silence_after_it_is_told_as_that()
    {
        await using HanBench bench = await HanBench.StartAsync();

        Task<IReadOnlyList<AttributeResult>> reading = bench.Network.Zcl.ReadAsync(HanBench.Target, Metering, [0x0000], default);
        HanBench.Sent sent = await bench.SentAsync();
        MessageContent forged = GlobalCommands.Values(GlobalCommand.ReadAttributesResponse, [new(0x0000, Summation)]);
        bench.Answer(sent, GlobalCommand.ReadAttributesResponse, forged, isApsEncrypted: false);
        HanUnprotectedMessage told = await bench.EventAsync<HanUnprotectedMessage>();
        bench.Clock.Advance(TimeSpan.FromSeconds(10));

        told.Message.Eui64.Should().Be(HanBench.Meter);
        (await reading.Invoking(task => task.DefaultTimeout()).Should().ThrowAsync<RemoteProtocolException>())
            .Which.Code.Should().Be("HAN-042");
    }

    [Fact]
    public async Task A_status_is_a_refusal_and_a_silence_is_a_timeout()
    {
        await using HanBench bench = await HanBench.StartAsync();
        ClusterCommand change = ClusterCatalogue.Metering.Command("LocalChangeSupply", ZclSide.Client);
        ZclRequest request = ZclRequest.Of(HanBench.Target, change, change.Create().Set("proposed_supply_status", 2));

        Task<ZclReply> refused = bench.Network.Zcl.ExchangeAsync(request, default);
        bench.Answer(
            await bench.SentAsync(), GlobalCommand.DefaultResponse, GlobalCommands.Default(change.Id, ZclStatus.NotAuthorised));
        DeviceRefusedException refusal =
            (await refused.Invoking(task => task.DefaultTimeout()).Should().ThrowAsync<DeviceRefusedException>()).Which;
        Task<ZclReply> silent = bench.Network.Zcl.ExchangeAsync(request, default);
        await bench.SentAsync();
        await bench.PumpedAsync();
        bench.Clock.Advance(TimeSpan.FromSeconds(10));

        (refusal.Code, refusal.DeviceCode).Should().Be(("HAN-020", 0x7E));
        (await silent.Invoking(task => task.DefaultTimeout()).Should().ThrowAsync<LinkTimeoutException>())
            .Which.Code.Should().Be("HAN-030");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_command_of_the_device_under_the_same_number_answers_where_no_status_is_waited_for(bool byStatus)
    {
        await using HanBench bench = await HanBench.StartAsync();
        ClusterCommand adjust = ClusterCatalogue.Prepayment.Command("CreditAdjustment", ZclSide.Client);
        ClusterCommand own = ClusterCatalogue.Prepayment.Command("PublishPrepaySnapshot", ZclSide.Server);
        ZclRequest request = new()
        {
            Target = HanBench.Target,
            Cluster = adjust.Cluster,
            Type = ZclFrameType.Cluster,
            Command = adjust.Id,
            Payload = new byte[14],
            IsAnsweredByStatus = byStatus,
        };

        Task<ZclReply> asking = bench.Network.Zcl.ExchangeAsync(request, default);
        HanBench.Sent sent = await bench.SentAsync();
        bench.Receive(adjust.Cluster, new byte[] { 0x19, sent.Header.Sequence, own.Id });
        bench.Answer(sent, GlobalCommand.DefaultResponse, GlobalCommands.Default(adjust.Id, ZclStatus.NotAuthorised));

        Func<Task> ending = () => asking.DefaultTimeout();
        await (byStatus
            ? ending.Should().ThrowAsync<DeviceRefusedException>()
            : (Task)ending.Should().ThrowAsync<RemoteProtocolException>());
    }

    [Theory]
    [InlineData(ZigBeeDeliveryOutcome.NotDelivered, "HAN-010")]
    [InlineData(ZigBeeDeliveryOutcome.Refused, "HAN-013")]
    [InlineData(ZigBeeDeliveryOutcome.Unknown, "HAN-014")]
    public async Task What_was_not_delivered_is_told_apart(ZigBeeDeliveryOutcome outcome, string code)
    {
        await using HanBench bench = await HanBench.StartAsync();
        bench.Adapter.Carry = _ => Task.FromResult(FakeAdapter.Delivery(outcome, "DeliveryFailed"));

        Func<Task> reading = () => bench.Network.Zcl.ReadAsync(HanBench.Target, Metering, [0x0000], default).DefaultTimeout();

        (await reading.Should().ThrowAsync<HanDeliveryException>()).Which.Code.Should().Be(code);
    }

    [Fact]
    public async Task An_answer_counts_although_its_acknowledgement_was_lost()
    {
        await using HanBench bench = await HanBench.StartAsync();
        TaskCompletionSource<ZigBeeDelivery> carried = new(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Adapter.Carry = _ => carried.Task;

        Task<IReadOnlyList<AttributeResult>> reading = bench.Network.Zcl.ReadAsync(HanBench.Target, Metering, [0x0000], default);
        bench.AnswerRead(await bench.SentAsync(), new AttributeResult(0x0000, Summation));
        await bench.PumpedAsync();
        carried.SetResult(FakeAdapter.Delivery(ZigBeeDeliveryOutcome.NotDelivered, "DeliveryFailed"));

        (await reading.DefaultTimeout())[0].Value.Should().Be(Summation);
    }

    [Fact]
    public async Task A_lost_adapter_ends_what_waits_with_its_own_fault()
    {
        await using HanBench bench = await HanBench.StartAsync();
        AdapterException lost = new("ASH-014", AdapterFault.Rebooted, "zb-01: rebooted");

        Task<IReadOnlyList<AttributeResult>> reading = bench.Network.Zcl.ReadAsync(HanBench.Target, Metering, [0x0000], default);
        await bench.SentAsync();
        bench.Adapter.Tell(new ZigBeeAdapterLost(lost));
        Func<Task> ended = () => reading.DefaultTimeout();
        Func<Task> later = () => bench.Network.Zcl.ReadAsync(HanBench.Target, Metering, [0x0000], default).DefaultTimeout();

        (await ended.Should().ThrowAsync<AdapterException>()).Which.Should().BeSameAs(lost);
        (await later.Should().ThrowAsync<AdapterException>()).Which.Should().BeSameAs(lost);
        bench.Adapter.Tell(new ZigBeeAdapterRecovered(bench.Adapter.Network, 1));
        await bench.PumpedAsync();
        Task<IReadOnlyList<AttributeResult>> again = bench.Network.Zcl.ReadAsync(HanBench.Target, Metering, [0x0000], default);
        bench.AnswerRead(await bench.SentAsync(), new AttributeResult(0x0000, Summation));
        (await again.DefaultTimeout()).Should().ContainSingle();
    }

    [Fact]
    public async Task Many_attributes_are_read_in_as_many_requests_as_their_values_need()
    {
        await using HanBench bench = await HanBench.StartAsync();
        ushort[] attributes = [.. Enumerable.Range(0, 12).Select(tier => (ushort)(0x0100 + (2 * tier)))];

        Task<IReadOnlyList<AttributeResult>> reading = bench.Network.Zcl.ReadAsync(HanBench.Target, Metering, attributes, default);
        List<int> asked = [];
        while (asked.Sum() < attributes.Length)
        {
            HanBench.Sent sent = await bench.SentAsync();
            asked.Add(sent.Payload.Length / 2);
            bench.AnswerRead(sent, [.. attributes.Skip(asked.SkipLast(1).Sum()).Take(asked[^1])
                .Select(attribute => new AttributeResult(attribute, Summation))]);
        }

        (await reading.DefaultTimeout()).Select(result => result.Attribute).Should().Equal(attributes);
        asked.Should().Equal(6, 6);
    }

    [Fact]
    public async Task An_answer_without_anything_asked_for_does_not_go_on_for_ever()
    {
        await using HanBench bench = await HanBench.StartAsync();

        Task<IReadOnlyList<AttributeResult>> reading = bench.Network.Zcl.ReadAsync(HanBench.Target, Metering, [0x0000], default);
        bench.AnswerRead(await bench.SentAsync(), new AttributeResult(0x0001, Summation));

        (await reading.Invoking(task => task.DefaultTimeout()).Should().ThrowAsync<RemoteProtocolException>())
            .Which.Code.Should().Be("HAN-041");
    }

    [Fact]
    public async Task Writes_reporting_and_discovery_speak_the_library()
    {
        await using HanBench bench = await HanBench.StartAsync();
        ZclClient zcl = bench.Network.Zcl;

        Task<IReadOnlyList<AttributeResult>> writing = zcl.WriteAsync(
            HanBench.Target, Metering, [new(0x0307, ZclData.OctetString("1"u8))], default);
        HanBench.Sent write = await bench.SentAsync();
        MessageContent readOnly = GlobalCommands.Create(GlobalCommand.WriteAttributesResponse);
        readOnly.Add("attributes").Set("status", 0x88).Set("attr", 0x0307);
        bench.Answer(write, GlobalCommand.WriteAttributesResponse, readOnly);
        IReadOnlyList<AttributeResult> notWritten = await writing.DefaultTimeout();

        Task<IReadOnlyList<AttributeResult>> configuring = zcl.ConfigureReportingAsync(
            HanBench.Target, Metering,
            [new(0x0000, ZclDataType.Unsigned48, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1800),
                ZclData.Unsigned(ZclDataType.Unsigned48, 1))],
            default);
        HanBench.Sent configure = await bench.SentAsync();
        MessageContent fine = GlobalCommands.Create(GlobalCommand.ConfigureReportingResponse);
        fine.Add("attributes").Set("status", 0);
        bench.Answer(configure, GlobalCommand.ConfigureReportingResponse, fine);
        IReadOnlyList<AttributeResult> notReported = await configuring.DefaultTimeout();

        Task<IReadOnlyList<(ushort Attribute, ZclDataType Type)>> discovering =
            zcl.DiscoverAttributesAsync(HanBench.Target, Metering, default);
        bench.Answer(await bench.SentAsync(), GlobalCommand.DiscoverAttributesResponse, Found(isComplete: false, 0x0000));
        HanBench.Sent next = await bench.SentAsync();
        bench.Answer(next, GlobalCommand.DiscoverAttributesResponse, Found(isComplete: true, 0x0300));

        notWritten.Should().Equal(new AttributeResult(0x0307, ZclStatus.ReadOnly, null));
        configure.Payload.ToArray().ShouldBeHex("00 00 00 25 0A 00 08 07 01 00 00 00 00 00");
        notReported.Should().BeEmpty();
        (await discovering.DefaultTimeout()).Select(found => found.Attribute).Should().Equal(0x0000, 0x0300);
        next.Payload.ToArray()[..2].ShouldBeHex("01 00");
    }

    private static MessageContent Found(bool isComplete, ushort attribute)
    {
        MessageContent content = GlobalCommands.Create(GlobalCommand.DiscoverAttributesResponse).Set("complete", isComplete ? 1 : 0);
        content.Add("attributes").Set("attr", attribute).Set("type", 0x25);
        return content;
    }
}
