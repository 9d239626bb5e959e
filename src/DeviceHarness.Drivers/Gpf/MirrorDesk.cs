using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.ZigBeeAdapter;

namespace DeviceHarness.Drivers.Gpf;

/// <summary>The mirrors that the harness keeps for the gas meters of its own network, as a comms hub's gas proxy does: it answers their
/// requests for one and their reports, serves what they reported to who reads it, and hands on what a display sends to the meter.</summary>
/// <remarks>
/// Spec: ZigBee Smart Energy, Metering, mirroring, as this harness's ZigBee guide 8.3 sums it up. That an endpoint of FFFF in MirrorRemoved
/// says that there was no mirror is an assumption. Mirrors are not kept when the agent ends: a meter that goes on reporting to an endpoint
/// of the harness has its mirror there again, and is asked for what it reports once only. Safe for use from any thread.
/// </remarks>
public sealed class MirrorDesk
{
    private const ushort NoEndpoint = ushort.MaxValue;
    private const ushort DeviceType = 0x0306;
    private const byte MirroredGas = 0x80;
    private const byte SchemeB = 0x02;

    private readonly Lock _gate = new();
    private readonly IReadOnlyList<byte> _endpoints;
    private readonly TimeProvider _time;
    private readonly Dictionary<byte, GasMirror> _mirrors = [];
    private HanNetwork? _network;

    /// <summary>Makes a desk without a mirror.</summary>
    /// <param name="endpoints">The endpoints that mirrors get, which the adapter has: see <see cref="ZigBeeEndpoint.Mirror"/>.</param>
    /// <param name="time">The clock.</param>
    public MirrorDesk(IReadOnlyList<byte> endpoints, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        _endpoints = endpoints;
        _time = time;
        Servers =
        [
            new Server(ClusterCatalogue.Basic.Id, this),
            new Server(ClusterCatalogue.Metering.Id, this),
            new Server(ClusterCatalogue.Prepayment.Id, this),
        ];
    }

    /// <summary>What a network of the desk serves.</summary>
    public IReadOnlyList<IHanServer> Servers { get; }

    /// <summary>The mirrors, by endpoint.</summary>
    public IReadOnlyList<MirrorListing> Mirrors
    {
        get
        {
            lock (_gate)
            {
                return
                [
                    .. _mirrors.Values.OrderBy(mirror => mirror.Endpoint).Select(mirror => new MirrorListing(
                        mirror.Meter.Eui64, mirror.Endpoint, mirror.ReportedAt, mirror.ReportingInterval)),
                ];
            }
        }
    }

    /// <summary>Names the network by which meters are reached.</summary>
    /// <param name="network">The network; it has <see cref="Servers"/>.</param>
    public void Attach(HanNetwork network)
    {
        lock (_gate)
        {
            _network = network;
        }
    }

    /// <summary>A gas meter was removed from the network: its mirror makes room for another's.</summary>
    /// <param name="meter">Its EUI-64.</param>
    public void Forget(ulong meter)
    {
        lock (_gate)
        {
            foreach (GasMirror mirror in _mirrors.Values.Where(known => known.Meter.Eui64 == meter).ToArray())
            {
                _mirrors.Remove(mirror.Endpoint);
            }
        }
    }

    private IReadOnlyList<ReadOnlyMemory<byte>>? Take(HanMessage message)
    {
        ZclHeader header = message.Header;
        if (header.ManufacturerCode is not null || message.Content is not { } content)
        {
            return null;
        }

        lock (_gate)
        {
            return header switch
            {
                { From: ZclSide.Server, Type: ZclFrameType.Cluster } when message.Cluster == ClusterCatalogue.Metering.Id =>
                    TakeOrder(message, content),
                { From: ZclSide.Server } when header.Is(GlobalCommand.ReportAttributes) => TakeReport(message, content),
                { From: ZclSide.Client } when _mirrors.TryGetValue(message.DestinationEndpoint, out GasMirror? mirror) =>
                    Serve(mirror, message),
                _ => null,
            };
        }
    }

    private ReadOnlyMemory<byte>[]? TakeOrder(HanMessage message, MessageContent content)
    {
        GasMirror? mirror = _mirrors.Values.FirstOrDefault(known => known.Meter.Eui64 == message.Eui64);
        switch (message.Definition?.Name)
        {
            case "RequestMirror":
                mirror ??= Make(message, _endpoints.Cast<byte?>().FirstOrDefault(free => !_mirrors.ContainsKey(free!.Value)));
                return [Answer(message, "RequestMirrorResponse", mirror?.Endpoint ?? NoEndpoint)];
            case "RemoveMirror":
                _ = mirror is not null && _mirrors.Remove(mirror.Endpoint);
                return [Answer(message, "MirrorRemoved", mirror?.Endpoint ?? NoEndpoint)];
            case "ConfigureMirror" when mirror is not null:
                mirror.ReportingInterval = TimeSpan.FromSeconds(content.Number("reporting_interval_seconds"));
                mirror.IsNotified = content.Number("mirror_notification_reporting") != 0;
                mirror.Scheme = (byte)content.Number("notification_scheme");
                return Default(message, ZclStatus.Success);
            case "ConfigureMirror" or "GetNotifiedMessage":
                // No message is kept for a meter: what is for it goes out at its wake.
                return Default(message, ZclStatus.NotFound);
            default:
                return null;
        }
    }

    private ReadOnlyMemory<byte>[]? TakeReport(HanMessage message, MessageContent content)
    {
        byte endpoint = message.DestinationEndpoint;
        if (!_endpoints.Contains(endpoint))
        {
            return null;
        }

        GasMirror? mirror = _mirrors.GetValueOrDefault(endpoint) ?? Make(message, endpoint);
        if (mirror is null || mirror.Meter.Eui64 != message.Eui64)
        {
            return Default(message, ZclStatus.NotAuthorised);
        }

        mirror.Take(message.Cluster, GlobalCommands.Results(content).Select(one => Mirrored(message.Cluster, one)), _time.GetUtcNow());
        if (message.Cluster != ClusterCatalogue.Metering.Id || !mirror.IsNotified)
        {
            return Default(message, ZclStatus.Success);
        }

        ClusterCommand command = ClusterCatalogue.Metering.Command("MirrorReportAttributeResponse", ZclSide.Client);
        MessageContent answer = command.Create().Set("notification_scheme", mirror.Scheme);
        answer.Add("flags").Set("notification_flags", (uint)mirror.Missing());
        for (int word = 1; word < FlagWordsOf(mirror.Scheme); word++)
        {
            // Flags 2 to 5 are of clusters that ask nothing of the meter here.
            answer.Add("flags").Set("notification_flags", 0u);
        }

        return [ZclFrame.Compose(Header(message, command), answer)];
    }

    /// <summary>How many words of flags a notification scheme has: predefined scheme B has the functional ones and four more.</summary>
    private static int FlagWordsOf(byte scheme) => scheme == SchemeB ? 5 : 1;

    private IReadOnlyList<ReadOnlyMemory<byte>>? Serve(GasMirror mirror, HanMessage message)
    {
        if (message.Header.Type == ZclFrameType.Global)
        {
            IReadOnlyDictionary<ushort, ZclData> values = mirror.ValuesOf(message.Cluster);
            return new AttributeServer(message.Cluster, values.ToDictionary(one => one.Key, one => (Func<ZclData>)(() => one.Value)))
                .Take(message);
        }

        return _network is { } network && MirrorRelay.TryBegin(network, mirror, message) ? [] : null;
    }

    private GasMirror? Make(HanMessage message, byte? endpoint) => message.Eui64 is { } meter && endpoint is { } free
        ? _mirrors[free] = new GasMirror { Meter = new HanTarget(meter, message.SourceEndpoint), Endpoint = free }
        : null;

    private static AttributeResult Mirrored(ushort cluster, AttributeResult reported) =>
        cluster == ClusterCatalogue.Metering.Id && reported.Attribute == DeviceType
            ? new AttributeResult(DeviceType, ZclData.Unsigned(ZclDataType.Bitmap8, MirroredGas))
            : reported;

    private static ReadOnlyMemory<byte> Answer(HanMessage message, string name, ushort endpoint)
    {
        ClusterCommand command = ClusterCatalogue.Metering.Command(name, ZclSide.Client);
        return ZclFrame.Compose(Header(message, command), command.Create().Set("endpoint", endpoint));
    }

    private static ZclHeader Header(HanMessage message, ClusterCommand command) =>
        message.Header.Answer(ZclFrameType.Cluster, command.Id);

    private static ReadOnlyMemory<byte>[] Default(HanMessage message, ZclStatus status) =>
        status == ZclStatus.Success && message.Header.DisableDefaultResponse
            ? []
            : [
                ZclFrame.Compose(
                    message.Header.Answer(ZclFrameType.Global, (byte)GlobalCommand.DefaultResponse),
                    GlobalCommands.Default(message.Header.Command, status)),
            ];

    private sealed class Server(ushort cluster, MirrorDesk desk) : IHanServer
    {
        public ushort Cluster => cluster;

        public IReadOnlyList<ReadOnlyMemory<byte>>? Take(HanMessage message) => desk.Take(message);
    }
}
