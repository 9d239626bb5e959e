using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Virtual.ZigBee.Radio;

namespace DeviceHarness.Virtual.ZigBee.Devices;

/// <summary>A virtual device on the simulated radio: it joins when a network opens, announces itself, and answers ZDO and the clusters
/// Basic and Time.</summary>
/// <remarks>A pure machine on the radio's time. It holds no other cluster: what it does not have it refuses as the standard says.</remarks>
public sealed class VirtualHanDevice : IRadioNode
{
    /// <summary>The application endpoint.</summary>
    public const byte ApplicationEndpoint = 1;

    private const ushort BasicCluster = 0x0000;
    private const ushort TimeCluster = 0x000A;
    private const byte MainsSource = 0x01;
    private const byte BatterySource = 0x03;
    private const byte ZclVersion = 3;
    private const byte TimeMaster = 0x01;

    private static readonly DateTimeOffset TimeOrigin = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly SimulatedRadio _radio;
    private readonly Func<DateTimeOffset> _clock;
    private readonly AttributeServer _server = new();
    private IHanCoordinator? _coordinator;
    private byte _sequence;
    private byte _apsCounter;

    /// <summary>Puts a device on the radio; it is in no network.</summary>
    /// <param name="model">What it is.</param>
    /// <param name="radio">The radio.</param>
    /// <param name="clock">What it believes the time to be.</param>
    public VirtualHanDevice(HanDeviceModel model, SimulatedRadio radio, Func<DateTimeOffset> clock)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(radio);
        Model = model;
        Place = model.Place;
        _radio = radio;
        _clock = clock;
        _server.Add(BasicCluster, BasicAttributes());
        _server.Add(TimeCluster, TimeAttributes());
        radio.Add(this);
    }

    /// <summary>What it is.</summary>
    public HanDeviceModel Model { get; }

    /// <inheritdoc/>
    public ulong Eui64 => Model.Eui64;

    /// <inheritdoc/>
    public ushort ShortAddress { get; private set; }

    /// <inheritdoc/>
    public bool IsJoined { get; private set; }

    /// <inheritdoc/>
    public EmberNodeType NodeType => Model.NodeType;

    /// <inheritdoc/>
    public RadioPlace Place { get; set; }

    /// <summary>The network key that it holds; zero when it holds none.</summary>
    public EzspKey NetworkKey { get; private set; }

    /// <summary>The next network key, until it is switched to; zero when it holds none.</summary>
    public EzspKey NextNetworkKey { get; private set; }

    private ZdoNode Node => new(
        Eui64, ShortAddress, NodeType, Model.ManufacturerCode,
        [new HanEndpoint(ApplicationEndpoint, Model.Profile, Model.DeviceId, 0, [BasicCluster, TimeCluster], [TimeCluster])]);

    /// <summary>A network opened nearby: a device that is in none asks to join it.</summary>
    /// <param name="coordinator">The coordinator of the network.</param>
    /// <param name="now">The time.</param>
    public void NetworkOpened(IHanCoordinator coordinator, TimeSpan now)
    {
        _coordinator = coordinator;
        if (!IsJoined)
        {
            _radio.Schedule(now + Model.JoinDelay, TryJoin);
        }
    }

    /// <summary>The device is back in the network that it was in before the adapter lost its power.</summary>
    /// <param name="coordinator">The coordinator of the network.</param>
    /// <param name="shortAddress">The device's short address.</param>
    /// <param name="networkKey">The network key that it holds.</param>
    public void Restore(IHanCoordinator coordinator, ushort shortAddress, EzspKey networkKey)
    {
        _coordinator = coordinator;
        ShortAddress = shortAddress;
        NetworkKey = networkKey;
        IsJoined = true;
    }

    /// <summary>The device gets the next network key, which holds from the switch on.</summary>
    /// <param name="key">The key.</param>
    public void TakeNextNetworkKey(EzspKey key) => NextNetworkKey = key;

    /// <summary>The trust centre has everybody switch to the next network key; a device without one goes on with the old, deaf.</summary>
    public void SwitchNetworkKey()
    {
        if (!NextNetworkKey.IsZero)
        {
            NetworkKey = NextNetworkKey;
            NextNetworkKey = default;
        }
    }

    /// <summary>The device lost its network and rejoins it without the network key, as the trust centre allows.</summary>
    /// <param name="now">The time.</param>
    /// <returns>Whether it is back, with the network key in use.</returns>
    public bool TryRejoin(TimeSpan now)
    {
        if (_coordinator?.Readmit(this, Model.LinkKey, now) is not { IsAdmitted: true } admission)
        {
            return false;
        }

        ShortAddress = admission.ShortAddress;
        NetworkKey = admission.NetworkKey;
        NextNetworkKey = default;
        IsJoined = true;
        _radio.Schedule(now + Model.AnswerTime, Announce);
        return true;
    }

    /// <summary>The network is gone: the coordinator left it. The device is in none, and joins the next that opens.</summary>
    public void Orphan()
    {
        IsJoined = false;
        NetworkKey = default;
        NextNetworkKey = default;
    }

    /// <inheritdoc/>
    public bool Understands(IRadioNode sender)
    {
        ArgumentNullException.ThrowIfNull(sender);
        if (sender.NetworkKey == NextNetworkKey)
        {
            // What comes under the next key says that it is in use.
            SwitchNetworkKey();
        }

        return sender.NetworkKey == NetworkKey;
    }

    /// <summary>The device leaves, told to or by itself.</summary>
    /// <param name="now">The time.</param>
    public void Leave(TimeSpan now)
    {
        if (IsJoined)
        {
            IsJoined = false;
            NetworkKey = default;
            _coordinator?.OnLeft(this, now);
        }
    }

    /// <summary>The device sends a message to the coordinator, as a report.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="message">The message.</param>
    /// <param name="now">The time.</param>
    public void Send(ushort cluster, byte[] message, TimeSpan now) =>
        Unicast(0, new EmberApsFrame(Model.Profile, cluster, ApplicationEndpoint, 1, EmberApsOptions.Retry, 0, 0), message, now);

    /// <inheritdoc/>
    public void OnFrame(RadioFrame frame, RadioSignal signal, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(frame);
        bool isZdo = frame.Aps.Profile == 0;
        if (isZdo && frame.Aps.Cluster == ZdoResponder.Leave && !frame.IsBroadcast)
        {
            _radio.Schedule(now + Model.AnswerTime, Leave);
        }

        byte[]? answer = isZdo ? ZdoResponder.Answer(Node, frame.Aps.Cluster, frame.Payload, frame.IsBroadcast)
            : frame.Aps.DestinationEndpoint is ApplicationEndpoint or byte.MaxValue ? _server.Answer(frame.Aps, frame.Payload)
            : null;
        if (answer is null || (!isZdo && frame.IsBroadcast))
        {
            return;
        }

        EmberApsFrame aps = frame.Aps with
        {
            Cluster = isZdo ? (ushort)(frame.Aps.Cluster | ZdoResponder.ResponseBit) : frame.Aps.Cluster,
            SourceEndpoint = isZdo ? (byte)0 : ApplicationEndpoint,
            DestinationEndpoint = frame.Aps.SourceEndpoint,
            Options = EmberApsOptions.Retry | (frame.Aps.Options & EmberApsOptions.Encryption),
            GroupId = 0,
        };
        _radio.Schedule(now + Model.AnswerTime, time => Unicast(frame.Source, aps, answer, time));
    }

    private void TryJoin(TimeSpan now)
    {
        if (IsJoined || !Place.IsInRange || _coordinator is not { } coordinator)
        {
            return;
        }

        HanAdmission admission = coordinator.Admit(this, Model.LinkKey, now);
        if (!admission.IsAdmitted)
        {
            return;
        }

        ShortAddress = admission.ShortAddress;
        NetworkKey = admission.NetworkKey;
        IsJoined = true;
        _radio.Schedule(now + Model.AnswerTime, Announce);
    }

    private void Announce(TimeSpan now)
    {
        if (IsJoined)
        {
            EmberApsFrame aps = new(0, ZdoResponder.DeviceAnnounce, 0, 0, EmberApsOptions.None, 0, _apsCounter++);
            _radio.Broadcast(this, new RadioFrame(ShortAddress, RadioFrame.ToAwake, aps, ZdoResponder.Announce(Node, _sequence++)), now);
        }
    }

    private void Unicast(ushort destination, EmberApsFrame aps, byte[] message, TimeSpan now)
    {
        if (IsJoined)
        {
            RadioFrame frame = new(ShortAddress, destination, aps with { Sequence = _apsCounter++ }, message);
            _radio.Unicast(this, frame, now, (_, _) => { });
        }
    }

    private Dictionary<ushort, Func<AttributeValue>> BasicAttributes() => new()
    {
        [0x0000] = () => AttributeValue.OfUnsigned(ZclVersion),
        [0x0001] = () => AttributeValue.OfUnsigned((byte)1),
        [0x0002] = () => AttributeValue.OfUnsigned((byte)2),
        [0x0003] = () => AttributeValue.OfUnsigned((byte)1),
        [0x0004] = () => AttributeValue.OfText(Model.Manufacturer),
        [0x0005] = () => AttributeValue.OfText(Model.Model),
        [0x0006] = () => AttributeValue.OfText("20261123"),
        [0x0007] = () => AttributeValue.OfEnumeration(NodeType == EmberNodeType.SleepyEndDevice ? BatterySource : MainsSource),
        [0x4000] = () => AttributeValue.OfText(Model.FirmwareVersion),
    };

    private Dictionary<ushort, Func<AttributeValue>> TimeAttributes() => new()
    {
        [0x0000] = () => AttributeValue.OfTime((uint)(_clock() - TimeOrigin).TotalSeconds),
        [0x0001] = () => AttributeValue.OfBitmap(TimeMaster),
        [0x0002] = () => AttributeValue.OfSigned(0),
    };
}
