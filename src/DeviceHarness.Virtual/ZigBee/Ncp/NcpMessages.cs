using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Ezsp.Messages;
using DeviceHarness.Virtual.ZigBee.Devices;
using DeviceHarness.Virtual.ZigBee.Radio;

namespace DeviceHarness.Virtual.ZigBee.Ncp;

/// <summary>What goes out from an adapter and comes in to it, with the ZDO requests that it answers itself.</summary>
internal sealed class NcpMessages
{
    private const byte PayloadOctets = FragmentAssembler.FrameOctets;
    private const int BitsPerOctet = 8;
    private const int BroadcastReceived = 6;
    private const int BroadcastSent = 7;
    private const int UnicastReceived = 8;
    private const int UnicastDelivered = 9;
    private const int UnicastFailed = 11;

    private static readonly TimeSpan LoopbackTime = TimeSpan.FromMilliseconds(1);

    private readonly INcpHost _host;
    private readonly IRadioNode _self;
    private readonly NcpSettings _settings;
    private readonly NcpNetwork _network;
    private readonly NcpKeys _keys;
    private readonly ushort[] _counters = new ushort[CountersResponse.Count];
    private readonly Dictionary<(ushort Destination, byte Counter), (int Count, int Acknowledged)> _cut = [];
    private byte _apsCounter;
    private int _inFlight;

    public NcpMessages(
        INcpHost host, IRadioNode self, NcpSettings settings, NcpNetwork network, NcpKeys keys, EzspCommandTable table)
    {
        _host = host;
        _self = self;
        _settings = settings;
        _network = network;
        _keys = keys;
        table.On(EzspCommands.MaximumPayloadLength, _ => new OctetParameter(PayloadOctets));
        table.On(EzspCommands.SendUnicast, Send);
        table.On(EzspCommands.SendBroadcast, request =>
            SendToMany(EmberOutgoingMessageType.Broadcast, request.Destination, request.Aps, request.Tag, request.Message));
        table.On(EzspCommands.SendMulticast, request =>
            SendToMany(EmberOutgoingMessageType.Multicast, RadioFrame.ToAwake, request.Aps, request.Tag, request.Message));
        table.On(EzspCommands.SendReply, Reply);
        table.On(EzspCommands.ReadAndClearCounters, _ =>
        {
            ushort[] counters = [.. _counters];
            Array.Clear(_counters);
            return new CountersResponse(counters);
        });
    }

    /// <summary>The devices to which nothing is delivered, by EUI-64: a test's wish.</summary>
    public HashSet<ulong> Undeliverable { get; } = [];

    private ZdoNode Node => new(
        _host.Options.Eui64, _host.Tokens.NodeId, _host.Tokens.NodeType, _settings.ManufacturerCode, _settings.Endpoints);

    /// <summary>The adapter restarted: nothing is on its way any more.</summary>
    public void Reset()
    {
        _inFlight = 0;
        _cut.Clear();
        Array.Clear(_counters);
    }

    /// <summary>A message came over the radio.</summary>
    public void OnFrame(RadioFrame frame, RadioSignal signal)
    {
        if (!_network.IsUp)
        {
            return;
        }

        _counters[frame.IsBroadcast ? BroadcastReceived : UnicastReceived]++;
        bool isFragment = frame.Aps.Options.HasFlag(EmberApsOptions.Fragment);
        bool isRequest = !isFragment && frame.Aps.Profile == 0 && (frame.Aps.Cluster & ZdoResponder.ResponseBit) == 0;
        if (isRequest && frame.Aps.Cluster != ZdoResponder.DeviceAnnounce)
        {
            Answer(frame);
            return;
        }

        if (frame.Aps.Profile != 0 && !IsForEndpoint(frame.Aps))
        {
            return;
        }

        bool isForGroup = frame.IsBroadcast && frame.Aps.GroupId != 0;
        if (isForGroup && !_settings.IsInGroup(frame.Aps.GroupId))
        {
            return;
        }

        EmberIncomingMessageType type = isForGroup ? EmberIncomingMessageType.Multicast
            : frame.IsBroadcast ? EmberIncomingMessageType.Broadcast
            : EmberIncomingMessageType.Unicast;
        Tell(type, frame.Aps, frame.Source, signal, frame.Payload);
    }

    private bool IsForEndpoint(EmberApsFrame aps) => _settings.Endpoints.Any(endpoint =>
        (aps.DestinationEndpoint == endpoint.Number || aps.DestinationEndpoint == byte.MaxValue)
        && (aps.Profile == endpoint.Profile || aps.Profile == ushort.MaxValue));

    private void Answer(RadioFrame frame)
    {
        if (ZdoResponder.Answer(Node, frame.Aps.Cluster, frame.Payload, frame.IsBroadcast) is { } answer)
        {
            EmberApsFrame aps = new(
                0, (ushort)(frame.Aps.Cluster | ZdoResponder.ResponseBit), 0, 0, EmberApsOptions.Retry, 0, _apsCounter++);
            _host.Radio.Unicast(_self, new RadioFrame(_host.Tokens.NodeId, frame.Source, aps, answer), _host.Now, (_, _) => { });
        }
    }

    private SendResponse Send(SendUnicastRequest request)
    {
        if (Refusal(request.Aps, request.Message) is EmberStatus refusal)
        {
            return new(refusal, 0);
        }

        if (request.Type != EmberOutgoingMessageType.Direct)
        {
            return new(EmberStatus.IndexOutOfRange, 0);
        }

        ulong? eui64 = _network.Eui64Of(request.Destination);
        bool isEncrypted = request.Aps.Options.HasFlag(EmberApsOptions.Encryption);
        if (isEncrypted && !_keys.HasLinkKey(eui64))
        {
            return new(EmberStatus.ApsEncryptionError, 0);
        }

        if (_inFlight >= _settings.ValueOf(EzspConfigurationId.ApsUnicastMessageCount))
        {
            return new(EmberStatus.MaxMessageLimitReached, 0);
        }

        if (FragmentRefusal(request) is EmberStatus unfit)
        {
            return new(unfit, 0);
        }

        // The fragments of a message have the counter of the first.
        bool isContinued = request.Aps.Options.HasFlag(EmberApsOptions.Fragment) && NumberOf(request.Aps) > 0;
        EmberApsFrame aps = isContinued ? request.Aps : request.Aps with { Sequence = _apsCounter++ };
        Begin(request.Destination, aps);
        byte[] message = request.Message.ToArray();
        _inFlight++;
        _host.Tokens.CountFrame(isEncrypted);
        if (request.Destination == _host.Tokens.NodeId)
        {
            _host.Later(LoopbackTime, () => LoopBack(request, aps, message));
        }
        else if (eui64 is ulong named && Undeliverable.Contains(named))
        {
            _host.Later(LoopbackTime, () => Sent(request, aps, message, isDelivered: false));
        }
        else
        {
            RadioFrame frame = new(_host.Tokens.NodeId, request.Destination, aps, message);
            Action<bool> done = OnceUnlessReset(isDelivered => Sent(request, aps, message, isDelivered));
            _host.Radio.Unicast(_self, frame, _host.Now, (isDelivered, _) => done(isDelivered));
        }

        return new(EmberStatus.Success, aps.Sequence);
    }

    /// <summary>A host answers what came; to a fragment, that it came.</summary>
    private EmberStatusParameter Reply(SendReplyRequest request)
    {
        if (!request.Aps.Options.HasFlag(EmberApsOptions.Fragment))
        {
            return new(Send(new SendUnicastRequest(
                EmberOutgoingMessageType.Direct, request.Sender, request.Aps, 0, request.Message)).Status);
        }

        if (!_network.IsUp)
        {
            return new(EmberStatus.NetworkDown);
        }

        // Above the number is a bit for each fragment of the window: set when it came.
        byte number = NumberOf(request.Aps);
        int bit = BitsPerOctet + (number % Window);
        if ((request.Aps.GroupId & (1 << bit)) != 0)
        {
            _host.Radio.Acknowledge(_self, request.Sender, request.Aps.Sequence, number, _host.Now);
        }

        return new(EmberStatus.Success);
    }

    private int Window => Math.Clamp((int)_settings.ValueOf(EzspConfigurationId.FragmentWindowSize), 1, BitsPerOctet);

    private static byte NumberOf(EmberApsFrame aps) => (byte)aps.GroupId;

    /// <summary>Why a fragment cannot go out; null when it can, or the message is none.</summary>
    private EmberStatus? FragmentRefusal(SendUnicastRequest request)
    {
        EmberApsFrame aps = request.Aps;
        if (!aps.Options.HasFlag(EmberApsOptions.Fragment))
        {
            return null;
        }

        int number = NumberOf(aps);
        bool isKnown = _cut.TryGetValue((request.Destination, aps.Sequence), out (int Count, int Acknowledged) message);
        return !aps.Options.HasFlag(EmberApsOptions.Retry) ? EmberStatus.BadArgument
            : number == 0 ? (aps.GroupId == 0 ? EmberStatus.BadArgument : null)
            : !isKnown || number >= message.Count ? EmberStatus.BadArgument
            : number >= message.Acknowledged + Window ? EmberStatus.MaxMessageLimitReached
            : null;
    }

    private void Begin(ushort destination, EmberApsFrame aps)
    {
        if (aps.Options.HasFlag(EmberApsOptions.Fragment) && NumberOf(aps) == 0)
        {
            _cut[(destination, aps.Sequence)] = (aps.GroupId >> BitsPerOctet, 0);
        }
    }

    private void Count(ushort destination, EmberApsFrame aps, bool isDelivered)
    {
        if (aps.Options.HasFlag(EmberApsOptions.Fragment)
            && _cut.TryGetValue((destination, aps.Sequence), out (int Count, int Acknowledged) message))
        {
            _cut[(destination, aps.Sequence)] = message with { Acknowledged = message.Acknowledged + 1 };
            if (!isDelivered || message.Acknowledged + 1 == message.Count)
            {
                _cut.Remove((destination, aps.Sequence));
            }
        }
    }

    // A message that was on its way when the adapter restarted is told to nobody.
    private Action<bool> OnceUnlessReset(Action<bool> action)
    {
        bool isDelivered = false;
        Action guarded = _host.Guard(() => action(isDelivered));
        return outcome =>
        {
            isDelivered = outcome;
            guarded();
        };
    }

    private SendResponse SendToMany(
        EmberOutgoingMessageType type, ushort destination, EmberApsFrame requested, ushort tag, ReadOnlyMemory<byte> message)
    {
        if (Refusal(requested, message) is EmberStatus refusal)
        {
            return new(refusal, 0);
        }

        EmberApsFrame aps = requested with { Sequence = _apsCounter++ };
        byte[] octets = message.ToArray();
        _counters[BroadcastSent]++;
        _host.Tokens.CountFrame(isEncryptedByLinkKey: false);
        _host.Radio.Broadcast(_self, new RadioFrame(_host.Tokens.NodeId, destination, aps, octets), _host.Now);
        _host.Later(LoopbackTime, () => _host.Tell(EzspCallbacks.MessageSentHandler, new MessageSent(
            EmberStatus.Success, type, type == EmberOutgoingMessageType.Multicast ? aps.GroupId : destination, aps, tag,
            _settings.TellsMessageContents ? octets : default)));
        return new(EmberStatus.Success, aps.Sequence);
    }

    private EmberStatus? Refusal(EmberApsFrame aps, ReadOnlyMemory<byte> message)
    {
        return !_network.IsUp ? EmberStatus.NetworkDown
            : message.Length > FragmentAssembler.RoomFor(aps.Options) ? EmberStatus.MessageTooLong
            : null;
    }

    private void LoopBack(SendUnicastRequest request, EmberApsFrame aps, byte[] message)
    {
        Sent(request, aps, message, isDelivered: true);
        RadioSignal own = new(byte.MaxValue, 0);
        if (aps.Profile != 0)
        {
            Tell(EmberIncomingMessageType.Unicast, aps, _host.Tokens.NodeId, own, message);
        }
        else if (ZdoResponder.Answer(Node, aps.Cluster, message, isBroadcast: false) is { } answer)
        {
            EmberApsFrame answered = aps with { Cluster = (ushort)(aps.Cluster | ZdoResponder.ResponseBit), Sequence = _apsCounter++ };
            Tell(EmberIncomingMessageType.Unicast, answered, _host.Tokens.NodeId, own, answer);
        }
    }

    private void Sent(SendUnicastRequest request, EmberApsFrame aps, byte[] message, bool isDelivered)
    {
        _inFlight--;
        Count(request.Destination, aps, isDelivered);
        _counters[isDelivered ? UnicastDelivered : UnicastFailed]++;
        _host.Tell(EzspCallbacks.MessageSentHandler, new MessageSent(
            isDelivered ? EmberStatus.Success : EmberStatus.DeliveryFailed, request.Type, request.Destination, aps, request.Tag,
            _settings.TellsMessageContents ? message : default));
    }

    private void Tell(EmberIncomingMessageType type, EmberApsFrame aps, ushort source, RadioSignal signal, byte[] message)
    {
        EmberPacketInfo packet = new(
            source, _network.Eui64Of(source) ?? EmberPacketInfo.UnknownEui64, EmberPacketInfo.NoIndex, EmberPacketInfo.NoIndex,
            signal.Lqi, signal.RssiDbm, (uint)_host.Now.TotalMilliseconds);
        _host.Tell(EzspCallbacks.IncomingMessageHandler, new IncomingMessage(type, aps, packet, message));
    }
}
