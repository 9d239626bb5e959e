using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.Gpf;
using DeviceHarness.Virtual.ZigBee.Devices;
using DeviceHarness.Virtual.ZigBee.Ncp;
using DeviceHarness.Virtual.ZigBee.Radio;
using DeviceHarness.Virtual.ZigBee.Upgrades;

namespace DeviceHarness.Virtual.ZigBee.Hub;

/// <summary>A virtual comms hub on the radio: it has formed a network, lets in by install code, agrees on keys, tells the time, makes the
/// mirror of a gas meter and serves it, and changes the network key.</summary>
/// <remarks>A pure machine on the radio's time. Endpoint 1 serves Basic, Time and Key Establishment, and is an OTA Upgrade client where the
/// model fetches firmware; endpoint 10 is the mirror, its gas proxy. What is to be protected by a link key is refused without one. One gas
/// meter at a time has the mirror. No clause read gives a hub a server of its own events, so that it has none.</remarks>
public sealed class VirtualHanHub : IRadioNode, IHanCoordinator, IDisposable
{
    /// <summary>The endpoint of the hub itself.</summary>
    public const byte HubEndpoint = 1;

    /// <summary>The endpoint of the mirror.</summary>
    public const byte MirrorEndpoint = 10;

    private const ushort Profile = 0x0109;
    private const ushort BasicCluster = 0x0000;
    private const ushort TimeCluster = 0x000A;
    private const ushort EnergyServiceInterface = 0x0500;
    private const ushort MeteringDevice = 0x0501;
    private const ushort LastShortAddress = 0xFFF7;
    private const byte RequestMirror = 0x01;
    private const byte MirrorCreated = 0x01;
    private const byte MirrorReported = 0x09;
    private const byte ReportAttributes = 0x0A;
    private const byte NotificationScheme = 0x02;
    private const byte NotAuthorised = 0x7E;
    private const byte DefaultResponse = 0x0B;
    private const int HeaderOctets = 3;
    private const ushort UpgradeCluster = 0x0019;
    private const byte HardwareVersion = 1;

    private static readonly TimeSpan AwayTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AnswerTime = TimeSpan.FromMilliseconds(10);

    private readonly SimulatedRadio _radio;
    private readonly AttributeServer _attributes = new();
    private readonly HubKeys _keys;
    private readonly GpfApplication _mirror;
    private readonly Dictionary<ulong, ushort> _addresses = [];
    private readonly HubMemory _memory;
    private readonly AttributeServer _client = new(isClient: true);
    private readonly ClusterHost _clusters;
    private TimeSpan _awayUntil;
    private EzspKey _nextKey;
    private EzspKey _previousKey;
    private byte _apsCounter;

    /// <summary>Puts a hub on the radio; its network is up, and open.</summary>
    /// <param name="model">What it is.</param>
    /// <param name="radio">The radio.</param>
    /// <param name="clock">What it believes the time to be.</param>
    /// <param name="flash">What it keeps without power; null for one that was never on.</param>
    /// <exception cref="IOException">The flash cannot be read.</exception>
    public VirtualHanHub(HanHubModel model, SimulatedRadio radio, Func<DateTimeOffset> clock, IMeterFlash? flash = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(radio);
        ArgumentNullException.ThrowIfNull(clock);
        Model = model;
        NetworkKey = model.NetworkKey;
        _radio = radio;
        flash ??= new MemoryFlash();
        _memory = new HubMemory(flash);
        _clusters = new ClusterHost(radio, Profile, SendUpgrade) { IsProtected = _ => true };
        _keys = new HubKeys(model, radio, SendKeys, Keep);
        Restore();
        _attributes.Add(TimeCluster, HanAttributes.Time(clock));
        _attributes.Add(BasicCluster, new Dictionary<ushort, Func<AttributeValue>>
        {
            [0x0000] = () => AttributeValue.OfUnsigned((byte)3),
            [0x0003] = () => AttributeValue.OfUnsigned(HardwareVersion),
            [0x0004] = () => AttributeValue.OfText("DeviceHarness"),
            [0x0005] = () => AttributeValue.OfText("VIRTUAL-HUB"),
            [0x4000] = () => AttributeValue.OfText(FirmwareVersion),
        });
        if (model.Upgrades is { } upgrades)
        {
            Upgrades = new UpgradeClient(upgrades, flash, new Random(unchecked((int)model.Eui64))) { Restarted = Announce };
            _clusters.Add(Upgrades);
            _client.Add(UpgradeCluster, HanAttributes.Upgrades(Upgrades, upgrades));
        }

        GpfModel mirror = new() { Identity = new(model.Eui64, "DeviceHarness", "VIRTUAL-HUB", "1.0.0"), GasMeter = string.Empty };
        _mirror = new GpfApplication(mirror, new RadioClock(radio, clock() - radio.Now), new MemoryFlash(), null);
        _mirror.State.Clock.SetClock(clock());
        radio.Add(this);
        if (model.RestartsEvery is { } every)
        {
            radio.Schedule(radio.Now + every, Restart);
        }
    }

    /// <summary>What it is.</summary>
    public HanHubModel Model { get; }

    /// <summary>How it fetches firmware; null for a hub that does not.</summary>
    public UpgradeClient? Upgrades { get; }

    /// <summary>The firmware version that it runs.</summary>
    public string FirmwareVersion => Upgrades?.FirmwareVersion ?? Model.FirmwareVersion;

    /// <summary>Whether it is restarting, and neither hears nor speaks.</summary>
    public bool IsAway => _radio.Now < _awayUntil || Upgrades?.State == UpgradeClientState.Restarting;

    /// <inheritdoc/>
    public ulong Eui64 => Model.Eui64;

    /// <inheritdoc/>
    public ushort ShortAddress => 0;

    /// <inheritdoc/>
    public bool IsJoined => true;

    /// <inheritdoc/>
    public EmberNodeType NodeType => EmberNodeType.Coordinator;

    /// <inheritdoc/>
    public RadioPlace Place { get; set; } = new();

    /// <inheritdoc/>
    public EzspKey NetworkKey { get; private set; }

    /// <summary>Whether its network is open; so it says, at least.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <summary>What a scan finds of it.</summary>
    internal NeighbourNetwork Beacon => new(
        new EmberNetworkFound(Model.Channel, Model.PanId, Model.ExtendedPanId, IsOpen, 2, 0), default, NetworkKey);

    private ZdoNode Node => new(Eui64, 0, EmberNodeType.Coordinator, 0,
    [
        new HanEndpoint(
            HubEndpoint, Profile, EnergyServiceInterface, 0, [BasicCluster, TimeCluster, HubKeys.Cluster],
            [HubKeys.Cluster, .. Upgrades is null ? (ushort[])[] : [UpgradeCluster]]),
        new HanEndpoint(MirrorEndpoint, Profile, MeteringDevice, 0, _mirror.Served, _mirror.Used),
    ])
    {
        ExtendedPanId = Model.ExtendedPanId,
        Neighbours = [.. Neighbours.SkipLast(Model.LosesLogEntry ? 1 : 0)],
    };

    // Who is behind a router of the network is that one's neighbour.
    private IEnumerable<ZdoNeighbour> Neighbours => _addresses.Keys.Order()
        .Select(_radio.FindByEui64).OfType<IRadioNode>()
        .Where(node => node is { IsJoined: true, Place: { Parent: null, IsInRange: true } })
        .Select(node => new ZdoNeighbour(node.Eui64, node.ShortAddress, node.NodeType, node.Place.Lqi));

    /// <summary>Whether a node has agreed on a link key with the hub.</summary>
    /// <param name="eui64">The node's EUI-64.</param>
    public bool IsEstablished(ulong eui64) => _keys.IsEstablished(eui64);

    /// <summary>Opens the network, or closes it; devices on the radio hear that it opened.</summary>
    /// <param name="isOpen">Whether it is to be open.</param>
    /// <param name="now">The time.</param>
    public void Open(bool isOpen, TimeSpan now)
    {
        IsOpen = isOpen;
        foreach (VirtualHanDevice device in isOpen ? _radio.Nodes.OfType<VirtualHanDevice>() : [])
        {
            device.NetworkOpened(this, now);
        }
    }

    /// <summary>Sends the next network key to all; it holds from the switch on.</summary>
    /// <param name="key">The key.</param>
    /// <param name="now">The time.</param>
    public void SendNextNetworkKey(EzspKey key, TimeSpan now)
    {
        _nextKey = key;
        _radio.Reach(this, RadioFrame.ToAll, now, (node, _) => (node as IKeyHolder)?.TakeNextNetworkKey(key));
    }

    /// <summary>Has all switch to the next network key; without one nothing happens.</summary>
    /// <param name="now">The time.</param>
    public void SwitchNetworkKey(TimeSpan now)
    {
        if (!_nextKey.IsZero)
        {
            // The order to switch goes out under the old key.
            _radio.Reach(this, RadioFrame.ToAll, now, (node, _) => (node as IKeyHolder)?.SwitchNetworkKey());
            _previousKey = NetworkKey;
            NetworkKey = _nextKey;
            _nextKey = default;
            Keep();
        }
    }

    /// <summary>A hub that lost its power and is back: the devices that it knows are in its network as before.</summary>
    internal void Resume()
    {
        foreach (VirtualHanDevice device in _radio.Nodes.OfType<VirtualHanDevice>().ToArray())
        {
            if (!device.IsJoined && _addresses.TryGetValue(device.Eui64, out ushort address))
            {
                device.Restore(this, address, NetworkKey);
            }
        }
    }

    /// <inheritdoc/>
    /// <remarks>A hub holds two network keys: who missed one switch is heard, and does not hear.</remarks>
    public bool Understands(IRadioNode sender)
    {
        ArgumentNullException.ThrowIfNull(sender);
        return !IsAway && (sender.NetworkKey == NetworkKey || (!_previousKey.IsZero && sender.NetworkKey == _previousKey));
    }

    /// <inheritdoc/>
    public HanAdmission Admit(VirtualHanDevice device, EzspKey linkKey, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(device);
        return Admit(device.Eui64, linkKey);
    }

    /// <summary>A node asks to join.</summary>
    /// <param name="eui64">Its EUI-64.</param>
    /// <param name="linkKey">The link key that it holds.</param>
    /// <returns>What it got.</returns>
    public HanAdmission Admit(ulong eui64, EzspKey linkKey) =>
        IsOpen && !Model.RefusesJoins && Model.Admits.TryGetValue(eui64, out EzspKey known) && known == linkKey
            ? new HanAdmission(true, AddressOf(eui64), NetworkKey)
            : HanAdmission.Refused;

    /// <summary>A node that was in the network asks to come back without the network key: it gets that under the link key that it agreed
    /// on, and under that of its install code before it did.</summary>
    /// <param name="eui64">Its EUI-64.</param>
    /// <param name="linkKey">The link key that it holds.</param>
    /// <returns>What it got.</returns>
    public HanAdmission Readmit(ulong eui64, EzspKey linkKey)
    {
        EzspKey known = _keys.Of(eui64)?.LinkKey is { } agreed ? new EzspKey(agreed.Reveal()) : Model.Admits.GetValueOrDefault(eui64);
        return _addresses.TryGetValue(eui64, out ushort address) && !known.IsZero && known == linkKey
            ? new HanAdmission(true, address, NetworkKey)
            : HanAdmission.Refused;
    }

    /// <inheritdoc/>
    public HanAdmission Readmit(VirtualHanDevice device, EzspKey linkKey, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(device);
        return _addresses.TryGetValue(device.Eui64, out ushort address)
            ? new HanAdmission(true, address, NetworkKey)
            : HanAdmission.Refused;
    }

    /// <inheritdoc/>
    public void OnLeft(VirtualHanDevice device, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(device);
        OnLeft(device.Eui64);
    }

    /// <summary>A node left.</summary>
    /// <param name="eui64">Its EUI-64.</param>
    public void OnLeft(ulong eui64)
    {
        _addresses.Remove(eui64);
        _keys.Forget(eui64);
        Keep();
    }

    /// <inheritdoc/>
    public void OnFrame(RadioFrame frame, RadioSignal signal, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (_radio.Find(frame.Source)?.Eui64 is not ulong sender)
        {
            return;
        }

        if (frame.Aps.Profile == 0)
        {
            if (ZdoResponder.Answer(Node, frame.Aps.Cluster, frame.Payload, frame.IsBroadcast) is { } answer)
            {
                EmberApsFrame aps = new(0, (ushort)(frame.Aps.Cluster | ZdoResponder.ResponseBit), 0, 0, EmberApsOptions.Retry, 0, 0);
                Send(sender, aps, answer, now + AnswerTime);
            }

            return;
        }

        if (frame.Payload.Length < HeaderOctets || frame.IsBroadcast)
        {
            return;
        }

        bool isEncrypted = (frame.Aps.Options & EmberApsOptions.Encryption) != 0;
        if (frame.Aps.Cluster is not (BasicCluster or HubKeys.Cluster) && !(isEncrypted && IsEstablished(sender)))
        {
            byte control = (byte)((frame.Payload[0] & 0x08) ^ 0x18);
            Answer(sender, frame, [control, frame.Payload[1], DefaultResponse, frame.Payload[2], NotAuthorised], now);
        }
        else if (frame.Aps.Cluster == HubKeys.Cluster)
        {
            if ((frame.Payload[0] & 0x03) == 1)
            {
                _keys.Take(sender, frame.Payload, now);
            }
        }
        else
        {
            Take(sender, frame, now);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _keys.Dispose();

    private void Take(ulong sender, RadioFrame frame, TimeSpan now)
    {
        byte[] octets = frame.Payload;
        bool isOfMeter = frame.Aps.Cluster is MirrorCluster.Metering or MirrorCluster.Prepayment;
        if (isOfMeter && octets is [0x09 or 0x19, _, RequestMirror])
        {
            Answer(sender, frame, [0x01, octets[1], MirrorCreated, MirrorEndpoint, 0], now);
        }
        else if (isOfMeter && octets is [0x08 or 0x18, _, ReportAttributes, ..] && frame.Aps.DestinationEndpoint == MirrorEndpoint)
        {
            _mirror.TakeReport(frame.Aps.Cluster, octets[HeaderOctets..]);
            if (frame.Aps.Cluster == MirrorCluster.Metering)
            {
                // A command of Metering: 09 of Prepayment sets the warning level. The scheme has five words of flags.
                Answer(sender, frame, [0x01, octets[1], MirrorReported, NotificationScheme, .. new byte[20]], now);
            }
        }
        else if (frame.Aps.DestinationEndpoint == MirrorEndpoint)
        {
            foreach (Clusters.HanMessage answer in _mirror.Take(frame.Aps, octets, now))
            {
                Answer(sender, frame, answer.Frame, now);
            }
        }
        else if (frame.Aps.Cluster == UpgradeCluster && _clusters.TryTake(frame, now))
        {
            // The client of the cluster has taken it.
        }
        else if ((_attributes.Answer(frame.Aps, octets) ?? _client.Answer(frame.Aps, octets)) is { } answer)
        {
            Answer(sender, frame, answer, now);
        }
    }

    private void Restart(TimeSpan now)
    {
        _awayUntil = now + AwayTime;
        _radio.Schedule(_awayUntil, Announce);
        _radio.Schedule(now + Model.RestartsEvery!.Value, Restart);
    }

    private void Announce(TimeSpan now)
    {
        EmberApsFrame aps = new(0, ZdoResponder.DeviceAnnounce, 0, 0, EmberApsOptions.None, 0, _apsCounter++);
        _radio.Broadcast(this, new RadioFrame(0, RadioFrame.ToAwake, aps, ZdoResponder.Announce(Node, aps.Sequence)), now);
    }

    private void SendUpgrade(ushort receiver, EmberApsFrame aps, byte[] message, TimeSpan now)
    {
        // Nobody is told of what a client asks before it knows a server: its own address is nobody's.
        if (receiver != 0 && _radio.Find(receiver) is { } node)
        {
            Send(node.Eui64, aps, message, now);
        }
    }

    private void Answer(ulong receiver, RadioFrame asked, byte[] message, TimeSpan now)
    {
        EmberApsFrame aps = asked.Aps with
        {
            SourceEndpoint = asked.Aps.DestinationEndpoint,
            DestinationEndpoint = asked.Aps.SourceEndpoint,
            Options = EmberApsOptions.Retry | (asked.Aps.Options & EmberApsOptions.Encryption),
            GroupId = 0,
        };
        Send(receiver, aps, message, now + AnswerTime);
    }

    private void SendKeys(ulong partner, byte[] frame, TimeSpan now) => Send(
        partner, new EmberApsFrame(Profile, HubKeys.Cluster, HubEndpoint, HubEndpoint, EmberApsOptions.Retry, 0, 0), frame, now);

    private void Send(ulong receiver, EmberApsFrame aps, byte[] message, TimeSpan at) => _radio.Schedule(at, time =>
    {
        if (!IsAway && _radio.FindByEui64(receiver) is { IsJoined: true } node)
        {
            RadioFrame frame = new(0, node.ShortAddress, aps with { Sequence = _apsCounter++ }, message);
            _radio.Unicast(this, frame, time, (_, _) => { });
        }
    });

    private ushort AddressOf(ulong eui64)
    {
        if (!_addresses.TryGetValue(eui64, out ushort address))
        {
            do
            {
                address = (ushort)(1 + _radio.Next(LastShortAddress - 1));
            }
            while (_addresses.ContainsValue(address));
            _addresses[eui64] = address;
        }

        Keep();
        return address;
    }

    private void Keep() => _memory.Keep(NetworkKey, _addresses, _keys);

    private void Restore()
    {
        if (_memory.Read() is not { } kept)
        {
            return;
        }

        NetworkKey = new EzspKey(Convert.FromHexString(kept.NetworkKey));
        foreach (HanHubNodeRecord node in kept.Nodes)
        {
            _addresses[node.Eui64] = node.NodeId;
            if (node.LinkKey.Length > 0)
            {
                _keys.Restore(node.Eui64, Codecs.Security.CipherKey.Create(Convert.FromHexString(node.LinkKey)));
            }
        }
    }
}
