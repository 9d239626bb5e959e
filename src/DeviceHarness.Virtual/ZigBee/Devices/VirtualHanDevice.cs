using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Virtual.Commands;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.Gpf;
using DeviceHarness.Virtual.Gsme;
using DeviceHarness.Virtual.ZigBee.KeyEstablishment;
using DeviceHarness.Virtual.ZigBee.Radio;
using DeviceHarness.Virtual.ZigBee.Upgrades;

namespace DeviceHarness.Virtual.ZigBee.Devices;

/// <summary>A virtual device on the simulated radio: it joins when a network opens, announces itself, and answers ZDO, the clusters Basic
/// and Time, and what its model gives it beside them: key establishment, upgrades, and an application such as a gas meter.</summary>
/// <remarks>A pure machine on the radio's time. What it does not have it refuses as the standard says. With a certificate it refuses what a
/// link key should protect and does not.</remarks>
public sealed class VirtualHanDevice : IRadioNode, IKeyHolder, IDisposable
{
    /// <summary>The application endpoint.</summary>
    public const byte ApplicationEndpoint = 1;

    private const ushort BasicCluster = 0x0000;
    private const ushort IdentifyCluster = 0x0003;
    private const ushort TimeCluster = 0x000A;
    private const ushort UpgradeCluster = 0x0019;
    private const ushort KeyEstablishmentCluster = 0x0800;
    private const byte NotAuthorised = 0x7E;
    private const int MostKeyExchanges = 3;
    private const byte DefaultResponse = 0x0B;
    private const byte DefaultResponseControl = 0x18;
    private const byte ServerToClientBit = 0x08;
    private const ushort CoordinatorAddress = 0;
    private const string LinkKeyRecord = "link-key";

    private static readonly TimeSpan MostWaiting = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan KeyExchangeRetry = TimeSpan.FromMinutes(1);

    private readonly SimulatedRadio _radio;
    private readonly AttributeServer _server = new();
    private readonly AttributeServer _client = new(isClient: true);
    private readonly ClusterHost _clusters;
    private readonly IMeterFlash _flash;
    private readonly Dictionary<ulong, (EzspKey Key, uint Counter)> _heard = [];
    private readonly HanApplicationHost? _host;
    private readonly IHanApplication? _application;
    private int _keyExchanges;
    private IHanCoordinator? _coordinator;
    private byte _sequence;
    private byte _apsCounter;

    /// <summary>Puts a device on the radio; it is in no network.</summary>
    /// <param name="model">What it is.</param>
    /// <param name="radio">The radio.</param>
    /// <param name="clock">What it believes the time to be.</param>
    /// <param name="flash">What it keeps without power; null for a device that forgets with the process.</param>
    /// <param name="log">Where it writes down what it is told; null for nowhere.</param>
    /// <param name="meter">The electricity meter of the bench that it is a face of; null for one without a line.</param>
    /// <exception cref="IOException">The flash cannot be read or written.</exception>
    public VirtualHanDevice(
        HanDeviceModel model, SimulatedRadio radio, Func<DateTimeOffset> clock, IMeterFlash? flash = null, ICommandLog? log = null,
        VirtualEsme? meter = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(radio);
        ArgumentNullException.ThrowIfNull(clock);
        RadioClock time = new(radio, clock() - radio.Now);
        _flash = flash ?? new MemoryFlash();
        Model = model;
        Place = model.Place;
        _radio = radio;
        _server.Add(BasicCluster, HanAttributes.Basic(this));
        _server.Add(TimeCluster, HanAttributes.Time(clock));
        _clusters = new ClusterHost(radio, model.Profile, Unicast)
        {
            IsProtected = IsProtected,
        };
        if (model.Upgrades is { } upgrades)
        {
            Upgrades = new UpgradeClient(upgrades, _flash, new Random(unchecked((int)model.Eui64)));
            _clusters.Add(Upgrades);
            _client.Add(UpgradeCluster, HanAttributes.Upgrades(Upgrades, upgrades));
        }

        if (model.Authority is { } authority)
        {
            KeyExchangeOptions options = new()
            {
                Eui64 = model.Eui64,
                Identity = authority.Issue(model.Eui64),
                Authority = authority.Trust,
            };
            Random random = new(unchecked((int)model.Eui64 ^ authority.Seed));
            Keys = new KeyExchange(model.KeyExchange?.Invoke(options) ?? options, random.NextBytes);
            _clusters.Add(Keys);
            _server.Add(KeyEstablishmentCluster, HanAttributes.Suites(authority));
            if (_flash.Read(LinkKeyRecord) is { } kept)
            {
                Keys.Restore(CipherKey.Create(kept));
            }
        }

        _application = HanApplicationHost.ApplicationOf(
            model, time, _flash, log is null ? null : new HanCommandLog(log, model.Name, time), meter);
        if (_application is not null)
        {
            _host = new HanApplicationHost(model, radio, _application, Unicast) { IsProtected = IsProtected };
        }

        if (Upgrades is not null)
        {
            Upgrades.Installed = version => _application?.RunFirmware(version);
            Upgrades.Restarted = Announce;
            Upgrades.Refused = () => _application?.RefuseFirmware();
        }

        radio.Add(this);
    }

    /// <summary>What it is.</summary>
    public HanDeviceModel Model { get; }

    /// <summary>How it fetches firmware; null for a device that does not.</summary>
    public UpgradeClient? Upgrades { get; }

    /// <summary>Its key establishment; null for a device without a certificate.</summary>
    public KeyExchange? Keys { get; }

    /// <summary>The firmware version that it runs.</summary>
    public string FirmwareVersion => _application?.FirmwareVersion ?? Upgrades?.FirmwareVersion ?? Model.FirmwareVersion;

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

    /// <summary>What its display shows, line by line; nothing without one.</summary>
    public IReadOnlyList<string> DisplayLines => _application?.DisplayLines ?? [];

    /// <summary>The gas meter that it is; null for another device.</summary>
    internal GasApplication? GasMeter => _application as GasApplication;

    /// <summary>The gas proxy that it is; null for another device.</summary>
    internal GpfApplication? GasProxy => _application as GpfApplication;

    // Beside its wakes it listens while it waits for answers: as long as it has no link key, and while it fetches firmware.
    private bool IsFetching => Keys is { LinkKey: null } or { IsBusy: true }
        || (Upgrades is { State: UpgradeClientState.Querying or UpgradeClientState.Downloading or UpgradeClientState.Ending } client
            && client.NextTick - _radio.Now < MostWaiting);

    private bool IsRestarting => Upgrades?.State == UpgradeClientState.Restarting;

    private ZdoNode Node => new(
        Eui64, ShortAddress, NodeType, Model.ManufacturerCode,
        [new HanEndpoint(ApplicationEndpoint, Model.Profile, Model.DeviceId, 0, InputClusters, OutputClusters)]);

    private ushort[] InputClusters =>
    [
        .. _application?.Served ?? [BasicCluster, TimeCluster],
        .. Keys is null ? (ushort[])[] : [KeyEstablishmentCluster],
    ];

    private ushort[] OutputClusters =>
    [
        .. _application?.Used ?? [TimeCluster],
        .. Upgrades is null ? (ushort[])[] : [UpgradeCluster],
        .. Keys is null ? (ushort[])[] : [KeyEstablishmentCluster],
    ];

    /// <summary>A network opened nearby: a device that is in none asks to join it.</summary>
    /// <param name="coordinator">The coordinator of the network.</param>
    /// <param name="now">The time.</param>
    public void NetworkOpened(IHanCoordinator coordinator, TimeSpan now)
    {
        _coordinator = coordinator;
        if (!IsJoined && !Has(HanDefects.JoinRefused))
        {
            _radio.Schedule(now + Model.JoinDelay, TryJoin);
        }
    }

    /// <summary>Another adapter took the place of the coordinator that the device joined: it goes on with that as if nothing had been, if
    /// it can read it.</summary>
    /// <param name="coordinator">The coordinator.</param>
    public void Adopt(IHanCoordinator coordinator) => _coordinator = IsJoined ? coordinator : _coordinator;

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
        _clusters.Begin(_radio.Now);
        if (_application is not null)
        {
            _keyExchanges = 0;
            EstablishKey(_radio.Now);
            Begin(_radio.Now);
        }
    }

    /// <summary>Somebody presses a button.</summary>
    /// <param name="button">The button.</param>
    /// <param name="now">The time.</param>
    /// <returns>Whether the device has it, and it did something.</returns>
    public bool TryPress(HanButton button, TimeSpan now) => _host?.TrySend(_host.Application.Press(button), now) ?? false;

    /// <summary>Somebody types in digits, such as those of a top-up.</summary>
    /// <param name="digits">The digits.</param>
    /// <param name="now">The time.</param>
    /// <returns>Whether the device took them.</returns>
    public bool TryEnter(string digits, TimeSpan now) => _host?.TrySend(_host.Application.Enter(digits), now) ?? false;

    /// <inheritdoc/>
    public bool IsAwake(TimeSpan at) =>
        _application is null ? Place.Polls.IsAwake(at) : IsFetching || _application.IsListeningAt(at);

    /// <inheritdoc/>
    public TimeSpan NextPoll(TimeSpan after)
    {
        if (_application is null)
        {
            return Place.Polls.NextAfter(after);
        }

        TimeSpan next = TimeSpan.FromTicks(((after.Ticks / Model.AwakePoll.Ticks) + 1) * Model.AwakePoll.Ticks);
        return IsAwake(next) ? next : _application.NextWake;
    }

    /// <summary>The device gets the next network key, which holds from the switch on.</summary>
    /// <param name="key">The key.</param>
    public void TakeNextNetworkKey(EzspKey key) =>
        NextNetworkKey = Has(HanDefects.KeyUpdateIgnored) ? NextNetworkKey : key;

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
        NextNetworkKey = default;
        LoseNetwork();
    }

    /// <inheritdoc/>
    public bool Understands(IRadioNode sender)
    {
        ArgumentNullException.ThrowIfNull(sender);
        if (sender.NetworkFrameCounter is uint counter && _heard.TryGetValue(sender.Eui64, out (EzspKey Key, uint Counter) last)
            && last.Key == sender.NetworkKey && counter < last.Counter)
        {
            // A counter that went back is a repetition of something old.
            return false;
        }

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
            LoseNetwork();
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
        if (_radio.Find(frame.Source) is { NetworkFrameCounter: uint counter } sender)
        {
            _heard[sender.Eui64] = (sender.NetworkKey, counter);
        }

        bool isZdo = frame.Aps.Profile == 0;
        bool isForApplication = !isZdo && frame.Aps.DestinationEndpoint is ApplicationEndpoint or byte.MaxValue;
        if (IsRestarting || (!isZdo && !isForApplication))
        {
            return;
        }

        if (isZdo && frame.Aps.Cluster == ZdoResponder.Leave && !frame.IsBroadcast)
        {
            _radio.Schedule(now + Model.AnswerTime, Leave);
        }

        if (!isZdo && TakesForApplication(frame, now))
        {
            return;
        }

        byte[]? answer = isZdo ? ZdoResponder.Answer(Node, frame.Aps.Cluster, frame.Payload, frame.IsBroadcast)
            : IsUnprotected(frame) ? NotAuthorisedAnswer(frame)
            : TakesForMachines(frame, now) ? null
            : _server.Answer(frame.Aps, frame.Payload) ?? _client.Answer(frame.Aps, frame.Payload);
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

    /// <inheritdoc/>
    public void Dispose() => Keys?.Dispose();

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
        _clusters.Begin(now);
        if (Keys is not null)
        {
            _keyExchanges = 0;
            _radio.Schedule(now + Model.KeyExchangeDelay, EstablishKey);
        }

        Begin(now);
    }

    private bool Has(HanDefects defect) => (Model.Defects & defect) != 0;

    private void LoseNetwork()
    {
        IsJoined = false;
        NetworkKey = default;
        _host?.End();
        if (_host is not null && Keys is not null)
        {
            Keys.Forget();
            _flash.Erase(LinkKeyRecord);
        }
    }

    // The application begins once what it sends can be protected.
    private void Begin(TimeSpan now)
    {
        if (Keys is null or { LinkKey: not null })
        {
            _host?.Begin(now);
        }
    }

    private bool TakesForMachines(RadioFrame frame, TimeSpan now)
    {
        CipherKey? before = Keys?.LinkKey;
        bool isTaken = _clusters.TryTake(frame, now);
        if (isTaken && Keys?.LinkKey is { } key && key != before)
        {
            _flash.Write(LinkKeyRecord, key.Reveal());
            Begin(now);
        }

        return isTaken;
    }

    private bool TakesForApplication(RadioFrame frame, TimeSpan now)
    {
        if (_host is null || frame.Aps.Cluster is UpgradeCluster or KeyEstablishmentCluster)
        {
            return false;
        }

        _host.Take(frame, now);
        if (_host.Application.TakeFirmwareNotice() && Upgrades is { } client)
        {
            _clusters.Send(client, client.Ask(now), now);
        }

        return true;
    }

    private void EstablishKey(TimeSpan now)
    {
        if (!IsJoined || Keys is not { IsBusy: false, LinkKey: null } keys || _keyExchanges == MostKeyExchanges)
        {
            return;
        }

        _keyExchanges++;
        _clusters.Send(keys, keys.Begin(_radio.Find(CoordinatorAddress)?.Eui64 ?? 0, now), now);
        _radio.Schedule(now + KeyExchangeRetry, EstablishKey);
    }

    private bool IsUnprotected(RadioFrame frame) => Keys is not null && NeedsLinkKey(frame.Aps.Cluster)
        && (frame.Aps.Options & EmberApsOptions.Encryption) == 0;

    private static byte[]? NotAuthorisedAnswer(RadioFrame frame) => frame.Payload is [var control, var sequence, var command, ..]
        && !(control == DefaultResponseControl && command == DefaultResponse)
            ? [(byte)((control & ServerToClientBit) ^ DefaultResponseControl), sequence, DefaultResponse, command, NotAuthorised]
            : null;

    private bool IsProtected(ushort cluster) => Keys?.LinkKey is not null && NeedsLinkKey(cluster);

    private static bool NeedsLinkKey(ushort cluster) => cluster is not (BasicCluster or IdentifyCluster or KeyEstablishmentCluster);

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
}
