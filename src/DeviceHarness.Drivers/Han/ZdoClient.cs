using System.Buffers;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Codecs.ZigBee;
using DeviceHarness.Drivers.ZigBeeAdapter;

namespace DeviceHarness.Drivers.Han;

/// <summary>Asks nodes what they are, by the ZigBee device object.</summary>
/// <remarks>Spec: ZigBee device profile, as this harness's ZigBee guide 6 sums it up. Safe for any number of callers.</remarks>
public sealed class ZdoClient
{
    private const ushort NodeDescriptor = 0x0002;
    private const ushort SimpleDescriptor = 0x0004;
    private const ushort ActiveEndpoints = 0x0005;

    private readonly HanOutbox _outbox;
    private readonly HanDirectory _directory;
    private readonly HanSettings _settings;
    private readonly TimeProvider _timeProvider;
    private readonly string _port;
    private readonly HanWaits<(ulong Eui64, ushort Cluster, byte Sequence), MessageContent> _waits = new();
    private int _sequence;

    internal ZdoClient(HanOutbox outbox, HanDirectory directory, HanSettings settings, TimeProvider timeProvider, string port)
    {
        _outbox = outbox;
        _directory = directory;
        _settings = settings;
        _timeProvider = timeProvider;
        _port = port;
    }

    /// <summary>Asks a node what it is, which endpoints it has, and what each serves and uses.</summary>
    /// <param name="eui64">The node.</param>
    /// <param name="cancellationToken">Ends the wait; what was learnt is kept.</param>
    /// <exception cref="HanDeliveryException">A request did not reach the node.</exception>
    /// <exception cref="DeviceRefusedException">HAN-021: the node answered with a status other than success.</exception>
    /// <exception cref="LinkTimeoutException">HAN-030: the node acknowledged a request and did not answer.</exception>
    public async Task<HanNode> InterviewAsync(ulong eui64, CancellationToken cancellationToken)
    {
        MessageContent node = await AskAsync(eui64, NodeDescriptor, static (_, _) => { }, cancellationToken).ConfigureAwait(false);
        _directory.Change(eui64, known => known with
        {
            Kind = HanDirectory.KindOf(known.NodeId, (byte)node.Number("capability")),
            ManufacturerCode = (ushort)node.Number("manufacturer_code"),
        });
        MessageContent active = await AskAsync(eui64, ActiveEndpoints, static (_, _) => { }, cancellationToken).ConfigureAwait(false);
        List<HanEndpoint> endpoints = [];
        foreach (MessageContent item in active.Items("endpoints"))
        {
            byte number = (byte)item.Number("endpoint");
            MessageContent simple = await AskAsync(
                eui64, SimpleDescriptor, (request, _) => request.Set("endpoint", number), cancellationToken).ConfigureAwait(false);
            endpoints.Add(new(
                number, (ushort)simple.Number("profile"), (ushort)simple.Number("device"), ClustersOf(simple, "in_clusters"),
                ClustersOf(simple, "out_clusters")));
        }

        return _directory.Change(eui64, known => known with { Endpoints = endpoints }) ?? throw HanFaults.UnknownNode(_port, eui64);
    }

    /// <summary>Sends a ZDO request and waits for its response.</summary>
    /// <param name="eui64">The node.</param>
    /// <param name="cluster">The request's number, of <see cref="ZdoMessages"/>.</param>
    /// <param name="fill">Sets the fields behind the node's own address, which is given.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="wakeInterval">How often the node wakes, if it sleeps; null for the network's own.</param>
    /// <returns>The response; its status is success.</returns>
    /// <exception cref="HarnessException">As <see cref="InterviewAsync"/>.</exception>
    public async Task<MessageContent> AskAsync(
        ulong eui64, ushort cluster, Action<MessageContent, ushort> fill, CancellationToken cancellationToken,
        TimeSpan? wakeInterval = null)
    {
        ArgumentNullException.ThrowIfNull(fill);
        HanNode node = _directory.Find(eui64) ?? throw HanFaults.UnknownNode(_port, eui64);
        string what = $"{_port}: {ZdoMessages.Find(cluster)?.Name} to {eui64:X16}";
        byte sequence = (byte)Interlocked.Increment(ref _sequence);
        using HanWait<(ulong Eui64, ushort Cluster, byte Sequence), MessageContent> wait =
            _waits.TryBegin((eui64, (ushort)(cluster | ZdoMessages.ResponseBit), sequence), static _ => true)
            ?? throw HanFaults.NoSequence(_port, eui64);
        MessageContent request = ZdoMessages.Create(cluster, sequence);
        if (request.Fields.Any(field => field.Name == "nwk_addr"))
        {
            request.Set("nwk_addr", node.NodeId);
        }

        fill(request, node.NodeId);
        ZigBeeMessage message = new()
        {
            NodeId = node.NodeId,
            Profile = ZigBeeProfile.Device,
            Cluster = cluster,
            SourceEndpoint = 0,
            DestinationEndpoint = 0,
            Payload = request.ToOctets(),
        };
        HanParcel parcel = new() { Eui64 = eui64, Message = message, What = what, IsRepeatable = true, WakeInterval = wakeInterval };
        await _outbox.SendAsync(parcel, cancellationToken).ConfigureAwait(false);
        TimeSpan limit = _directory.Find(eui64) is { IsSleepy: true } ? _settings.SleepyLimit(wakeInterval) : _settings.ResponseTimeout;
        (bool isThere, MessageContent? answer) = await wait.NextAsync(limit, _timeProvider, cancellationToken).ConfigureAwait(false);
        if (!isThere)
        {
            throw HanFaults.Silent(what, limit);
        }

        byte status = (byte)answer!.Number("status");
        return status == 0 ? answer : throw HanFaults.ZdoRefused(what, status);
    }

    /// <summary>Takes a ZDO message; false when nobody waits for it.</summary>
    internal bool TryAnswer(ulong? eui64, ushort cluster, ReadOnlyMemory<byte> payload) =>
        eui64 is { } sender && (cluster & ZdoMessages.ResponseBit) != 0 && ZdoMessages.Find(cluster) is { } definition
        && definition.Layout.Read(payload.Span, out MessageContent content, out _) == OperationStatus.Done
        && (content.Number("status") != 0 || IsWhole(content))
        && _waits.TryAnswer((sender, cluster, payload.Span[0]), content);

    /// <summary>Nothing comes any more from the adapter.</summary>
    internal void Fail(HarnessException reason) => _waits.Fail(reason);

    /// <summary>Whether a response that says success has all its fields: they may be left out only from another. A list may be empty, which
    /// the count before it says.</summary>
    private static bool IsWhole(MessageContent content) => content.Fields.All(
        field => content.Has(field.Name) || field.Kind == LayoutFieldKind.Group || !field.IsThere(content));

    private static IReadOnlyList<ushort> ClustersOf(MessageContent simple, string group) =>
        [.. simple.Items(group).Select(item => (ushort)item.Number("cluster"))];
}
