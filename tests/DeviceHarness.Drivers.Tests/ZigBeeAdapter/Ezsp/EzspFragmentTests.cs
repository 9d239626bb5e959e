using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Ezsp.Messages;
using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.ZigBeeAdapter.Ezsp;

/// <summary>This harness's ZigBee guide 4.5: over EZSP the host cuts messages into fragments and puts them together, with a window of
/// one.</summary>
public sealed class EzspFragmentTests : IAsyncLifetime, IAsyncDisposable
{
    private const ushort Node = 0x1234;
    private const ushort Cluster = 0x0704;

    private readonly AdapterBench _bench = new();

    public Task InitializeAsync() => _bench.StartAsync();

    Task IAsyncLifetime.DisposeAsync() => Task.CompletedTask;

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData(false, 77, "0")]
    [InlineData(false, 78, "75 3")]
    [InlineData(false, 150, "75 75")]
    [InlineData(true, 68, "0")]
    [InlineData(true, 69, "66 3")]
    [InlineData(true, 200, "66 66 66 2")]
    public async Task A_message_that_does_not_fit_is_cut_and_each_fragment_goes_after_the_one_before(
        bool isEncrypted, int octets, string lengths)
    {
        _bench.Ncp.Then[EzspFrameId.SendUnicast] = () => Sent((ushort)_bench.Ncp.Of(EzspFrameId.SendUnicast).Count());

        ZigBeeDelivery delivery = await SendAsync(isEncrypted, octets);

        int[] expected = [.. lengths.Split(' ').Select(int.Parse)];
        expected = expected is [0] ? [octets] : expected;
        (EmberApsFrame Aps, byte[] Octets)[] sent = [.. _bench.Ncp.Of(EzspFrameId.SendUnicast).Select(Read)];
        delivery.IsDelivered.Should().BeTrue();
        delivery.ApsSequence.Should().Be(0x42);
        sent.Select(fragment => fragment.Octets.Length).Should().Equal(expected);
        sent.SelectMany(fragment => fragment.Octets).Should().Equal(Octets(octets));
        bool isCut = expected.Length > 1;
        sent.Should().OnlyContain(fragment => fragment.Aps.Options.HasFlag(EmberApsOptions.Fragment) == isCut
            && fragment.Aps.Options.HasFlag(EmberApsOptions.Retry)
            && fragment.Aps.Options.HasFlag(EmberApsOptions.Encryption) == isEncrypted);
        sent.Select(fragment => (int)fragment.Aps.GroupId)
            .Should().Equal(expected.Select((_, number) => isCut ? (expected.Length << 8) | number : 0));
        sent.Select(fragment => (int)fragment.Aps.Sequence).Should().Equal(expected.Select((_, number) => number == 0 ? 0 : 0x42));
    }

    [Fact]
    public async Task The_next_fragment_waits_for_the_acknowledgement_and_none_follows_one_that_is_not_delivered()
    {
        Task<ZigBeeDelivery> sending = SendAsync(isEncrypted: false, octets: 200);
        await _bench.TakenAsync(EzspFrameId.SendUnicast).DefaultTimeout();
        int before = _bench.Ncp.Of(EzspFrameId.SendUnicast).Count();
        _bench.Ncp.Then[EzspFrameId.SendUnicast] = () => Sent(2, EmberStatus.DeliveryFailed);
        Sent(1);

        ZigBeeDelivery delivery = await sending;

        before.Should().Be(1);
        (delivery.Outcome, delivery.Status).Should().Be((ZigBeeDeliveryOutcome.NotDelivered, "fragment 2 of 3: DeliveryFailed"));
        _bench.Ncp.Of(EzspFrameId.SendUnicast).Should().HaveCount(2);
    }

    [Fact]
    public async Task What_the_adapter_refuses_in_the_middle_was_begun_and_is_not_delivered()
    {
        int refusals = 0;
        _bench.Ncp.Answers[EzspFrameId.SendUnicast] = _ => _bench.Ncp.Encode(new SendResponse(
            refusals++ == 0 ? EmberStatus.Success : EmberStatus.MaxMessageLimitReached, 0x42));
        _bench.Ncp.Then[EzspFrameId.SendUnicast] = () => Sent(1);

        ZigBeeDelivery delivery = await SendAsync(isEncrypted: false, octets: 100);

        (delivery.Outcome, delivery.Status).Should().Be((ZigBeeDeliveryOutcome.NotDelivered, "fragment 2 of 2: MaxMessageLimitReached"));
    }

    [Fact]
    public async Task A_message_that_is_too_long_even_for_fragments_is_refused_politely()
    {
        ZigBeeDelivery delivery = await SendAsync(isEncrypted: false, octets: 2049);

        delivery.Outcome.Should().Be(ZigBeeDeliveryOutcome.Refused);
        delivery.Status.Should().Contain("2049 octets").And.Contain("2048");
        _bench.Ncp.Of(EzspFrameId.SendUnicast).Should().BeEmpty();
    }

    [Fact]
    public async Task Fragments_that_come_are_acknowledged_and_told_as_one_message()
    {
        _bench.Ncp.Answer(EzspFrameId.SendReply, new EmberStatusParameter(EmberStatus.Success));
        Receive(0x0300, 1, 2);
        Receive(0x0001, 3, 4);
        Receive(0x0001, 3, 4);
        Receive(0x0002, 5);
        Receive(0x0002, 5);

        ZigBeeMessageReceived message = await _bench.EventAsync<ZigBeeMessageReceived>();
        while (_bench.Ncp.Of(EzspFrameId.SendReply).Count() < 5)
        {
            await Task.Yield();
        }

        message.Payload.ToArray().Should().Equal(1, 2, 3, 4, 5);
        (message.Cluster, message.NodeId, message.IsApsEncrypted, message.IsGroupcast).Should().Be((Cluster, Node, true, false));
        _bench.Ncp.Of(EzspFrameId.SendReply).Select(Convert.ToHexString).Should().Equal(
            Reply("00FF"), Reply("01FF"), Reply("01FF"), Reply("02FF"), Reply("02FF"));
        await NoMessageAsync();
    }

    [Fact]
    public async Task What_does_not_go_on_in_time_is_told_and_forgotten()
    {
        _bench.Ncp.Answer(EzspFrameId.SendReply, new EmberStatusParameter(EmberStatus.Success));
        Receive(0x0200, 1);
        await _bench.TakenAsync(EzspFrameId.SendReply).DefaultTimeout();
        Task<ZigBeeFragmentRefused> late = _bench.EventAsync<ZigBeeFragmentRefused>();

        await NcpClock.PassAsync(_bench.Ncp.Time, late).DefaultTimeout();
        Receive(0x0001, 2);

        (await late).Should().Be(new ZigBeeFragmentRefused(Node, Cluster, ZigBeeFragmentFault.TimedOut));
        (await _bench.EventAsync<ZigBeeFragmentRefused>()).Fault.Should().Be(ZigBeeFragmentFault.Missing);
    }

    [Fact]
    public async Task An_acknowledgement_that_the_adapter_does_not_take_is_told()
    {
        _bench.Ncp.Answer(EzspFrameId.SendReply, new EmberStatusParameter(EmberStatus.NetworkDown));

        Receive(0x0200, 1);

        (await _bench.EventAsync<ZigBeeFragmentRefused>()).Fault.Should().Be(ZigBeeFragmentFault.NotAcknowledged);
    }

    private static byte[] Octets(int count) => [.. Enumerable.Range(1, count).Select(octet => (byte)octet)];

    private static string Reply(string group) => "3412" + "0901" + "0407" + "0101" + "6080" + group + "07" + "00";

    private static (EmberApsFrame Aps, byte[] Octets) Read(byte[] parameters)
    {
        EzspReader reader = new(parameters.AsMemory(3), new EzspVersion(13));
        return (EmberApsFrame.Read(ref reader), parameters[16..]);
    }

    private void Sent(ushort tag, EmberStatus status = EmberStatus.Success) => _bench.Ncp.Callback(
        EzspFrameId.MessageSentHandler,
        new MessageSent(status, EmberOutgoingMessageType.Direct, Node, new(0x0109, Cluster, 1, 1, 0, 0, 0x42), tag, default));

    private void Receive(ushort group, params byte[] octets) => _bench.Ncp.Callback(
        EzspFrameId.IncomingMessageHandler,
        new IncomingMessage(
            EmberIncomingMessageType.Unicast,
            new(0x0109, Cluster, 1, 1, EmberApsOptions.Fragment | EmberApsOptions.Retry | EmberApsOptions.Encryption, group, 7),
            new(Node, 0, 0xFF, 0xFF, 200, -50, 0),
            octets));

    private async Task NoMessageAsync()
    {
        _bench.Ncp.Callback(EzspFrameId.PollHandler, new ChildPoll(Node, false));
        (await _bench.Adapter.ReadEventAsync(CancellationToken.None).AsTask().DefaultTimeout()).Should().BeOfType<ZigBeeChildPolled>();
    }

    private Task<ZigBeeDelivery> SendAsync(bool isEncrypted, int octets) => _bench.Adapter.SendAsync(
        new()
        {
            NodeId = Node,
            Profile = 0x0109,
            Cluster = Cluster,
            SourceEndpoint = 1,
            DestinationEndpoint = 1,
            IsApsEncrypted = isEncrypted,
            Payload = Octets(octets),
        },
        CancellationToken.None).DefaultTimeout();
}
