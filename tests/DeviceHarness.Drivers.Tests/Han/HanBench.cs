using System.Threading.Channels;
using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Codecs.ZigBee;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;
using DeviceHarness.TestKit;

namespace DeviceHarness.Drivers.Tests.Han;

/// <summary>A network over an adapter without a radio, a clock that the test moves, and a meter that the test plays.</summary>
internal sealed class HanBench : IHanObserver, IAsyncDisposable
{
    public const ulong Meter = 0x70B3D52B60112233;
    public const ushort MeterNode = 0x4711;
    public const byte Endpoint = 1;

    private readonly Channel<HanEvent> _told = Channel.CreateUnbounded<HanEvent>();
    private byte _mark;

    public HanBench(Func<HanNetworkOptions, HanNetworkOptions>? change = null, IZigBeeKeyAgreement? ownKeys = null)
    {
        Adapter = new FakeAdapter { KeyAgreement = ownKeys };
        HanNetworkOptions options = new() { Adapter = Adapter, TimeProvider = Clock };
        Network = new HanNetwork(change?.Invoke(options) ?? options);
        Network.Observe(this);
    }

    public static HanTarget Target { get; } = new(Meter, Endpoint);

    public FakeAdapter Adapter { get; }

    public ManualTimeProvider Clock { get; } = new();

    public HanNetwork Network { get; }

    /// <summary>A bench whose meter has joined.</summary>
    public static async Task<HanBench> StartAsync(bool isSleepy = false, Func<HanNetworkOptions, HanNetworkOptions>? change = null)
    {
        HanBench bench = new(change);
        await bench.Network.StartAsync(CancellationToken.None).DefaultTimeout();
        bench.Adapter.Tell(new ZigBeeDeviceJoined(MeterNode, Meter, IsRejoin: true, IsSecured: true));
        await bench.EventAsync<HanNodeJoined>();
        if (isSleepy)
        {
            bench.Announce(0x80);
            await bench.PumpedAsync();
        }

        return bench;
    }

    public void Told(HanEvent told) => _told.Writer.TryWrite(told);

    public async Task<T> EventAsync<T>()
        where T : HanEvent
    {
        while (true)
        {
            if (await _told.Reader.ReadAsync().AsTask().DefaultTimeout() is T found)
            {
                return found;
            }
        }
    }

    /// <summary>Waits until the network has taken all events that were told so far.</summary>
    public async Task PumpedAsync()
    {
        byte mark = ++_mark;
        Adapter.Tell(new ZigBeeNetworkKeySwitched(mark));
        while ((await EventAsync<HanAdapterEvent>()).Told != new ZigBeeNetworkKeySwitched(mark))
        {
            // Another event of the adapter.
        }
    }

    public void Announce(byte capability)
    {
        MessageContent announce = ZdoMessages.Create(0x0013, 1).Set("nwk_addr", MeterNode).Set("ieee_addr", Meter)
            .Set("capability", capability);
        Receive(0x0013, announce.ToOctets(), profile: 0, endpoint: 0);
    }

    public void Poll() => Adapter.Tell(new ZigBeeChildPolled(MeterNode));

    public void Receive(
        ushort cluster, ReadOnlyMemory<byte> payload, bool isApsEncrypted = true, ushort profile = 0x0109, byte endpoint = Endpoint,
        bool isGroupcast = false) => Adapter.Tell(new ZigBeeMessageReceived
        {
            NodeId = MeterNode,
            Profile = profile,
            Cluster = cluster,
            SourceEndpoint = endpoint,
            DestinationEndpoint = endpoint,
            IsApsEncrypted = isApsEncrypted,
            IsGroupcast = isGroupcast,
            ApsSequence = 1,
            Lqi = 200,
            RssiDbm = -50,
            Payload = payload,
        });

    /// <summary>The next message that leaves.</summary>
    public async Task<Sent> SentAsync()
    {
        ZigBeeMessage message = await Adapter.SentAsync().AsTask().DefaultTimeout();
        if (message.Profile == 0)
        {
            return new(message, default, message.Payload);
        }

        ZclFrame.Read(message.Payload.Span, out ZclFrame frame, out _);
        return new(message, frame.Header, frame.Payload.ToArray());
    }

    public void AnswerRead(Sent request, params AttributeResult[] values) => Answer(
        request, GlobalCommand.ReadAttributesResponse, GlobalCommands.Values(GlobalCommand.ReadAttributesResponse, values));

    public void Answer(Sent request, GlobalCommand command, MessageContent content, bool isApsEncrypted = true) => Receive(
        request.Message.Cluster, ZclFrame.Compose(request.Header.Answer(ZclFrameType.Global, (byte)command), content), isApsEncrypted,
        endpoint: request.Message.DestinationEndpoint);

    public void Answer(Sent request, ClusterCommand command, MessageContent content) => Receive(
        request.Message.Cluster,
        ZclFrame.Compose(request.Header.Answer(ZclFrameType.Cluster, command.Id), content),
        endpoint: request.Message.DestinationEndpoint);

    /// <summary>The meter agrees on a key with the network, as initiator; each answer is seen before the meter has it.</summary>
    public async Task AgreeAsync(EstablishmentMachine meter, Action<Sent>? see = null)
    {
        EstablishmentMessage? next = meter.Start(TimeSpan.Zero).Transmit;
        while (next is { } message)
        {
            ZclHeader header = new(ZclFrameType.Cluster, ZclSide.Client, 40, (byte)message.Command);
            byte[] frame = new byte[ZclHeader.MaximumOctets + message.Payload.Length];
            ZclFrame.Encode(new(header, message.Payload.Span), frame, out int written);
            Receive(EstablishmentMessage.Cluster, frame.AsMemory(0, written), isApsEncrypted: false);
            Sent answer = await SentAsync();
            see?.Invoke(answer);
            next = meter.Receive(
                new((EstablishmentCommand)answer.Header.Command, EstablishmentRole.Responder, answer.Payload), TimeSpan.Zero).Transmit;
        }
    }

    public ValueTask DisposeAsync() => Network.DisposeAsync();

    /// <summary>A message that left.</summary>
    public sealed record Sent(ZigBeeMessage Message, ZclHeader Header, ReadOnlyMemory<byte> Payload);
}
