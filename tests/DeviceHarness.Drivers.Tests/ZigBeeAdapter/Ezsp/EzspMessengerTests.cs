using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Ash;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Ezsp.Messages;
using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.ZigBeeAdapter.Ezsp;

public sealed class EzspMessengerTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly AdapterBench _bench = new();

    public Task InitializeAsync() => _bench.StartAsync();

    Task IAsyncLifetime.DisposeAsync() => Task.CompletedTask;

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_message_is_delivered_or_not_as_messageSent_says_before_or_after_the_answer(bool isBefore, bool isDelivered)
    {
        EmberStatus status = isDelivered ? EmberStatus.Success : EmberStatus.DeliveryFailed;
        (isBefore ? _bench.Ncp.First : _bench.Ncp.Then)[EzspFrameId.SendUnicast] = () => Sent(1, status);

        ZigBeeDelivery delivery = await SendAsync(isEncrypted: true);

        (delivery.IsDelivered, delivery.Status, delivery.ApsSequence).Should().Be((isDelivered, status.ToString(), 0x42));
        Convert.ToHexString(_bench.Ncp.Of(EzspFrameId.SendUnicast).Single())
            .Should().Be("00" + "341209010207" + "0101" + "6001" + "0000" + "00" + "01" + "03" + "010203");
    }

    [Fact]
    public async Task Each_message_gets_its_own_end_whatever_their_order()
    {
        Task<ZigBeeDelivery> first = SendAsync(isEncrypted: false);
        Task<ZigBeeDelivery> second = SendAsync(isEncrypted: false);
        while (_bench.Ncp.Of(EzspFrameId.SendUnicast).Count() < 2)
        {
            await Task.Yield();
        }

        Sent(2, EmberStatus.Success);
        Sent(9, EmberStatus.Success);
        Sent(1, EmberStatus.DeliveryFailed);

        (await first.DefaultTimeout()).Outcome.Should().Be(ZigBeeDeliveryOutcome.NotDelivered);
        (await second.DefaultTimeout()).Outcome.Should().Be(ZigBeeDeliveryOutcome.Delivered);
        _bench.Ncp.Of(EzspFrameId.SendUnicast).Select(parameters => parameters[14]).Should().Equal(1, 2);
    }

    [Fact]
    public async Task A_message_that_the_adapter_does_not_take_is_refused_politely()
    {
        _bench.Ncp.Answer(EzspFrameId.SendUnicast, new SendResponse(EmberStatus.MaxMessageLimitReached, 0));

        ZigBeeDelivery full = await SendAsync(isEncrypted: false);

        (full.Outcome, full.Status).Should().Be((ZigBeeDeliveryOutcome.Refused, "MaxMessageLimitReached"));
        _bench.Ncp.Of(EzspFrameId.SendUnicast).Should().ContainSingle();
    }

    [Fact]
    public async Task A_message_of_which_nobody_says_what_came_of_it_is_told_so()
    {
        Task<ZigBeeDelivery> silent = SendAsync(isEncrypted: false);
        await _bench.TakenAsync(EzspFrameId.SendUnicast).DefaultTimeout();
        await NcpClock.PassAsync(_bench.Ncp.Time, silent).DefaultTimeout();

        ZigBeeDelivery delivery = await silent;

        delivery.Outcome.Should().Be(ZigBeeDeliveryOutcome.Unknown);
        delivery.Taken.Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_message_under_way_when_the_adapter_reboots_fails_with_its_code()
    {
        _bench.Ncp.Then[EzspFrameId.SendUnicast] = () => _bench.Ncp.Reboot(AshResetCode.Assert);
        Func<Task> send = () => SendAsync(isEncrypted: false);

        AdapterException lost = (await send.Should().ThrowAsync<AdapterException>()).Which;

        (lost.Fault, lost.AdapterCode).Should().Be((AdapterFault.Rebooted, (long)AshResetCode.Assert));
    }

    [Theory]
    [InlineData(0x0120, true)]
    [InlineData(0x0100, false)]
    public async Task A_message_that_came_says_whether_it_was_encrypted_and_who_sent_it(ushort options, bool isEncrypted)
    {
        _bench.Ncp.Callback(EzspFrameId.TrustCenterJoinHandler, new TrustCenterJoin(
            0x1234, 0x70B3D52B60112233, EmberDeviceUpdate.StandardSecurityUnsecuredJoin, 0, 0));
        _bench.Ncp.Callback(EzspFrameId.PollHandler, new ChildPoll(0x1234, false));
        _bench.Ncp.Callback(EzspFrameId.IncomingMessageHandler, new IncomingMessage(
            EmberIncomingMessageType.Unicast,
            new(0x0109, 0x0702, 1, 1, (EmberApsOptions)options, 0, 7),
            new(0x1234, 0, 0xFF, 0xFF, 200, -50, 0),
            new byte[] { 1, 2, 3 }));

        ZigBeeDeviceJoined joined = await _bench.EventAsync<ZigBeeDeviceJoined>();
        ZigBeeChildPolled polled = await _bench.EventAsync<ZigBeeChildPolled>();
        ZigBeeMessageReceived message = await _bench.EventAsync<ZigBeeMessageReceived>();

        joined.Should().Be(new ZigBeeDeviceJoined(0x1234, 0x70B3D52B60112233, IsRejoin: false, IsSecured: false));
        polled.NodeId.Should().Be(0x1234);
        (message.IsApsEncrypted, message.Eui64, message.NodeId, message.Cluster, message.Lqi, message.RssiDbm, message.IsGroupcast)
            .Should().Be((isEncrypted, 0x70B3D52B60112233UL, 0x1234, 0x0702, 200, -50, false));
        message.Payload.ToArray().Should().Equal(1, 2, 3);
    }

    [Fact]
    public async Task A_callback_that_nothing_here_knows_or_that_does_not_fit_is_kept()
    {
        _bench.Ncp.Callback((EzspFrameId)0x0777, new WordParameter(0x0102));
        _bench.Ncp.Callback(EzspFrameId.IncomingMessageHandler, new OctetParameter(0));

        ZigBeeUnknownFrame unknown = await _bench.EventAsync<ZigBeeUnknownFrame>();
        ZigBeeUnknownFrame misfit = await _bench.EventAsync<ZigBeeUnknownFrame>();

        (unknown.Id, Convert.ToHexString(unknown.Octets.Span), misfit.Id).Should().Be(((ushort?)0x0777, "0201", (ushort?)0x0045));
    }

    private void Sent(ushort tag, EmberStatus status) => _bench.Ncp.Callback(EzspFrameId.MessageSentHandler, new MessageSent(
        status, EmberOutgoingMessageType.Direct, 0x1234, new(0x0109, 0x0702, 1, 1, 0, 0, 0x42), tag, default));

    private Task<ZigBeeDelivery> SendAsync(bool isEncrypted, int octets = 3) => _bench.Adapter.SendAsync(
        new()
        {
            NodeId = 0x1234,
            Profile = 0x0109,
            Cluster = 0x0702,
            SourceEndpoint = 1,
            DestinationEndpoint = 1,
            IsApsEncrypted = isEncrypted,
            Payload = Enumerable.Range(1, octets).Select(octet => (byte)octet).ToArray(),
        },
        CancellationToken.None).DefaultTimeout();
}
