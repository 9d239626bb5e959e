using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.ZigBeeAdapter;

namespace DeviceHarness.Drivers.Han;

/// <summary>Asks devices by ZCL, and knows the answers by device, endpoint, cluster and transaction.</summary>
/// <remarks>
/// Spec: ZigBee Cluster Library, and ZigBee Smart Energy, cluster security, as this harness's ZigBee guide 7 and 8.9 sums them up. A
/// request of a cluster that asks for the link key leaves under it, and an answer that came without it is not taken. Safe for any number
/// of callers.
/// </remarks>
public sealed class ZclClient
{
    private const int UnknownOctets = 12;
    private const int StringOctets = 33;

    private readonly HanOutbox _outbox;
    private readonly HanDirectory _directory;
    private readonly HanSettings _settings;
    private readonly TimeProvider _timeProvider;
    private readonly string _port;
    private readonly HanWaits<(ulong Eui64, byte Endpoint, ushort Cluster, byte Sequence), HanMessage> _waits = new();
    private int _sequence;

    internal ZclClient(HanOutbox outbox, HanDirectory directory, HanSettings settings, TimeProvider timeProvider, string port)
    {
        _outbox = outbox;
        _directory = directory;
        _settings = settings;
        _timeProvider = timeProvider;
        _port = port;
    }

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the wait; the device may carry the request out all the same.</param>
    /// <exception cref="HanDeliveryException">HAN-010 to HAN-015: the request did not reach the device.</exception>
    /// <exception cref="DeviceRefusedException">HAN-020: the device answered with a status other than success.</exception>
    /// <exception cref="LinkTimeoutException">HAN-030: the device acknowledged the request and did not answer.</exception>
    /// <exception cref="RemoteProtocolException">HAN-040 to HAN-042: the answer breaks the protocol.</exception>
    /// <exception cref="AdapterException">The adapter is lost.</exception>
    public async Task<ZclReply> ExchangeAsync(ZclRequest request, CancellationToken cancellationToken) =>
        (await CollectAsync(request, static _ => true, cancellationToken).ConfigureAwait(false))[^1];

    /// <summary>Sends a request and waits for several answers of its transaction.</summary>
    /// <param name="request">The request.</param>
    /// <param name="isLast">Whether no more answers come after this one.</param>
    /// <param name="cancellationToken">Ends the wait; the device may carry the request out all the same.</param>
    /// <returns>The answers, in the order in which they came; at least one.</returns>
    /// <exception cref="HarnessException">As <see cref="ExchangeAsync"/>.</exception>
    public async Task<IReadOnlyList<ZclReply>> CollectAsync(
        ZclRequest request, Func<ZclReply, bool> isLast, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(isLast);
        string what = What(request);
        long started = _timeProvider.GetTimestamp();
        using HanWait<(ulong Eui64, byte Endpoint, ushort Cluster, byte Sequence), HanMessage> wait = Begin(request, out byte sequence);
        (TimeSpan? delivery, HanMessage? early) = await DeliverAsync(request, sequence, what, wait, cancellationToken)
            .ConfigureAwait(false);
        List<ZclReply> replies = [];
        while (true)
        {
            HanMessage answer = early ?? await NextAsync(request, what, wait, cancellationToken).ConfigureAwait(false);
            early = null;
            replies.Add(new ZclReply(Checked(request, answer, what), delivery, _timeProvider.GetElapsedTime(started)));
            if (isLast(replies[^1]))
            {
                return replies;
            }
        }
    }

    /// <summary>Sends a request that nothing but a status answers, and waits until the device acknowledged it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the wait; the device may carry the request out all the same.</param>
    /// <exception cref="HanDeliveryException">HAN-010 to HAN-015: the request did not reach the device.</exception>
    /// <exception cref="AdapterException">The adapter is lost.</exception>
    public async Task SendAsync(ZclRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        using HanWait<(ulong Eui64, byte Endpoint, ushort Cluster, byte Sequence), HanMessage> wait = Begin(
            request with { IsAnsweredByStatus = true }, out byte sequence);
        await _outbox.SendAsync(Parcel(request, sequence, What(request)), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads attributes, in as many requests as their values need.</summary>
    /// <param name="target">The device and its endpoint.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="attributes">The attributes' numbers; at least one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="options">Terms other than the usual.</param>
    /// <returns>One result for each, in their order: a value, or why there is none.</returns>
    /// <exception cref="HarnessException">As <see cref="ExchangeAsync"/>.</exception>
    public async Task<IReadOnlyList<AttributeResult>> ReadAsync(
        HanTarget target, ushort cluster, IReadOnlyList<ushort> attributes, CancellationToken cancellationToken,
        ZclOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        options ??= ZclOptions.Default;
        Dictionary<ushort, AttributeResult> results = [];
        List<ushort> left = [.. attributes.Distinct()];
        while (left.Count > 0)
        {
            ushort[] asked = Fitting(cluster, options, left);
            ZclRequest request = options.Apply(ZclRequest.Read(target, cluster, asked));
            ZclReply reply = await ExchangeAsync(request, cancellationToken).ConfigureAwait(false);
            int before = results.Count;
            foreach (AttributeResult result in GlobalCommands.Results(reply.Content).Where(result => asked.Contains(result.Attribute)))
            {
                results[result.Attribute] = result;
            }

            // What found no room in the answer is asked for again; an answer without anything new would never end.
            left.RemoveAll(results.ContainsKey);
            if (results.Count == before)
            {
                throw HanFaults.Unfit(What(request), $"none of the {asked.Length} attributes is in the answer", reply.Message.Frame);
            }
        }

        return [.. attributes.Select(attribute => results[attribute])];
    }

    /// <summary>Writes attributes.</summary>
    /// <param name="target">The device and its endpoint.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="values">The attributes with their values; at least one.</param>
    /// <param name="cancellationToken">Ends the wait; the device may write all the same.</param>
    /// <param name="isUndivided">Whether all are written, or none.</param>
    /// <param name="options">Terms other than the usual.</param>
    /// <returns>The attributes that were not written, with the reason; empty when all were.</returns>
    /// <exception cref="HarnessException">As <see cref="ExchangeAsync"/>.</exception>
    public async Task<IReadOnlyList<AttributeResult>> WriteAsync(
        HanTarget target, ushort cluster, IReadOnlyList<AttributeResult> values, CancellationToken cancellationToken,
        bool isUndivided = false, ZclOptions? options = null)
    {
        GlobalCommand command = isUndivided ? GlobalCommand.WriteAttributesUndivided : GlobalCommand.WriteAttributes;
        ZclReply reply = await AskAsync(target, cluster, command, GlobalCommands.Values(command, values), options, cancellationToken)
            .ConfigureAwait(false);
        return [.. GlobalCommands.Results(reply.Content).Where(result => result.Status != ZclStatus.Success)];
    }

    /// <summary>Says when the device is to report attributes.</summary>
    /// <param name="target">The device and its endpoint.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="terms">The terms of each attribute; at least one.</param>
    /// <param name="cancellationToken">Ends the wait; the device may take them all the same.</param>
    /// <param name="options">Terms other than the usual.</param>
    /// <returns>The attributes that are not reported like that, with the reason; empty when all are.</returns>
    /// <exception cref="HarnessException">As <see cref="ExchangeAsync"/>.</exception>
    public async Task<IReadOnlyList<AttributeResult>> ConfigureReportingAsync(
        HanTarget target, ushort cluster, IReadOnlyList<ReportingTerms> terms, CancellationToken cancellationToken,
        ZclOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(terms);
        MessageContent content = GlobalCommands.Create(GlobalCommand.ConfigureReporting);
        foreach (ReportingTerms term in terms)
        {
            MessageContent item = content.Add("attributes").Set("direction", 0).Set("attr", term.Attribute)
                .Set("type", (byte)term.Type).Set("min_interval", (long)term.Minimum.TotalSeconds)
                .Set("max_interval", (long)term.Maximum.TotalSeconds);
            if (term.Change is { } change)
            {
                item.Set("reportable_change", change);
            }
        }

        ZclReply reply = await AskAsync(target, cluster, GlobalCommand.ConfigureReporting, content, options, cancellationToken)
            .ConfigureAwait(false);
        return [.. GlobalCommands.Results(reply.Content).Where(result => result.Status != ZclStatus.Success)];
    }

    /// <summary>When the device reports attributes.</summary>
    /// <param name="target">The device and its endpoint.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="attributes">The attributes' numbers; at least one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="options">Terms other than the usual.</param>
    /// <returns>The answer's fields, see <see cref="GlobalCommand.ReadReportingConfigurationResponse"/>.</returns>
    /// <exception cref="HarnessException">As <see cref="ExchangeAsync"/>.</exception>
    public async Task<MessageContent> ReadReportingAsync(
        HanTarget target, ushort cluster, IReadOnlyList<ushort> attributes, CancellationToken cancellationToken,
        ZclOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        MessageContent content = GlobalCommands.Create(GlobalCommand.ReadReportingConfiguration);
        foreach (ushort attribute in attributes)
        {
            content.Add("attributes").Set("direction", 0).Set("attr", attribute);
        }

        ZclReply reply = await AskAsync(
            target, cluster, GlobalCommand.ReadReportingConfiguration, content, options, cancellationToken, isRepeatable: true)
            .ConfigureAwait(false);
        return reply.Content;
    }

    /// <summary>Which attributes the device has.</summary>
    /// <param name="target">The device and its endpoint.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="options">Terms other than the usual.</param>
    /// <returns>Their numbers and types, in rising order.</returns>
    /// <exception cref="HarnessException">As <see cref="ExchangeAsync"/>.</exception>
    public async Task<IReadOnlyList<(ushort Attribute, ZclDataType Type)>> DiscoverAttributesAsync(
        HanTarget target, ushort cluster, CancellationToken cancellationToken, ZclOptions? options = null)
    {
        List<(ushort Attribute, ZclDataType Type)> found = [];
        int mostAtOnce = (_settings.FrameOctets - ZclHeader.MaximumOctets - 1) / 3;
        for (int start = 0; start <= ushort.MaxValue;)
        {
            MessageContent content = GlobalCommands.Create(GlobalCommand.DiscoverAttributes).Set("start_attr", start)
                .Set("max", mostAtOnce);
            ZclReply reply = await AskAsync(
                target, cluster, GlobalCommand.DiscoverAttributes, content, options, cancellationToken, isRepeatable: true)
                .ConfigureAwait(false);
            int before = start;
            foreach (MessageContent item in reply.Content.Items("attributes"))
            {
                ushort attribute = (ushort)item.Number("attr");
                if (attribute >= start)
                {
                    found.Add((attribute, (ZclDataType)item.Number("type")));
                    start = attribute + 1;
                }
            }

            if (reply.Content.Number("complete") != 0)
            {
                return found;
            }

            if (start == before)
            {
                throw HanFaults.Unfit($"{_port}: attributes of {target.Eui64:X16}", "more are promised and none told", reply.Message.Frame);
            }
        }

        return found;
    }

    /// <summary>Takes a message that may be an answer; false when nobody waits for it.</summary>
    internal bool TryAnswer(HanMessage message)
    {
        if (message.Eui64 is not { } eui64)
        {
            return false;
        }

        (ulong, byte, ushort, byte) key = (eui64, message.SourceEndpoint, message.Cluster, message.Header.Sequence);
        bool isTaken = _waits.TryAnswer(key, message);
        if (!isTaken)
        {
            _waits.Note(key, message);
        }

        return isTaken;
    }

    /// <summary>Nothing comes any more from the adapter.</summary>
    internal void Fail(HarnessException reason) => _waits.Fail(reason);

    private Task<ZclReply> AskAsync(
        HanTarget target, ushort cluster, GlobalCommand command, MessageContent content, ZclOptions? options,
        CancellationToken cancellationToken, bool isRepeatable = false)
    {
        ZclRequest request = ZclRequest.Global(target, cluster, command, content) with { IsRepeatable = isRepeatable };
        return ExchangeAsync((options ?? ZclOptions.Default).Apply(request), cancellationToken);
    }

    private HanWait<(ulong Eui64, byte Endpoint, ushort Cluster, byte Sequence), HanMessage> Begin(ZclRequest request, out byte sequence)
    {
        HanTarget target = request.Target;
        for (int tries = 0; tries <= byte.MaxValue; tries++)
        {
            sequence = (byte)Interlocked.Increment(ref _sequence);
            if (_waits.TryBegin((target.Eui64, target.Endpoint, request.Cluster, sequence), message => Fits(request, message))
                is { } wait)
            {
                return wait;
            }
        }

        throw HanFaults.NoSequence(_port, target.Eui64);
    }

    private async Task<(TimeSpan? Delivery, HanMessage? Early)> DeliverAsync(
        ZclRequest request, byte sequence, string what,
        HanWait<(ulong Eui64, byte Endpoint, ushort Cluster, byte Sequence), HanMessage> wait, CancellationToken cancellationToken)
    {
        try
        {
            ZigBeeDelivery delivery = await _outbox.SendAsync(Parcel(request, sequence, what), cancellationToken).ConfigureAwait(false);
            return (delivery.Taken, null);
        }
        catch (HanDeliveryException) when (wait.TryTake(out HanMessage? answer))
        {
            // It answered, so that it had the request: only the acknowledgement was lost.
            return (null, answer);
        }
    }

    private async Task<HanMessage> NextAsync(
        ZclRequest request, string what, HanWait<(ulong Eui64, byte Endpoint, ushort Cluster, byte Sequence), HanMessage> wait,
        CancellationToken cancellationToken)
    {
        bool isSleepy = _directory.Find(request.Target.Eui64) is { IsSleepy: true };
        TimeSpan limit = isSleepy
            ? _settings.SleepyLimit(request.WakeInterval)
            : request.ResponseTimeout ?? _settings.ResponseTimeout;
        (bool isThere, HanMessage? answer) = await wait.NextAsync(limit, _timeProvider, cancellationToken).ConfigureAwait(false);
        if (isThere)
        {
            return answer!;
        }

        throw wait.Noted is { IsApsEncrypted: false } noted && MustBeProtected(request)
            ? HanFaults.Unprotected(what, noted.Frame)
            : HanFaults.Silent(what, limit);
    }

    private static HanParcel Parcel(ZclRequest request, byte sequence, string what)
    {
        ZclHeader header = new(request.Type, request.From, sequence, request.Command)
        {
            ManufacturerCode = request.ManufacturerCode,
            DisableDefaultResponse = request.DisableDefaultResponse,
        };
        byte[] frame = new byte[ZclHeader.MaximumOctets + request.Payload.Length];
        ZclFrame.Encode(new(header, request.Payload.Span), frame, out int written);
        return new()
        {
            Eui64 = request.Target.Eui64,
            Message = ZclTraffic.Message(request.Target, request.Cluster, IsProtected(request), frame.AsMemory(0, written)),
            What = what,
            IsRepeatable = request.IsRepeatable,
            WakeInterval = request.WakeInterval,
        };
    }

    private string What(ZclRequest request) =>
        $"{_port}: {request.Name} to {request.Target.Eui64:X16} endpoint {request.Target.Endpoint}";

    /// <summary>As many attributes as their values are likely to fit one answer; at least one.</summary>
    private ushort[] Fitting(ushort cluster, ZclOptions options, List<ushort> attributes)
    {
        const int EntryOctets = 4;
        ZclSide holder = options.From == ZclSide.Client ? ZclSide.Server : ZclSide.Client;
        Codecs.SmartEnergy.Cluster? known = options.ManufacturerCode is null
            ? Codecs.SmartEnergy.ClusterCatalogue.Find(cluster)
            : null;
        int room = _settings.FrameOctets - ZclHeader.MaximumOctets;
        int count = 0;
        foreach (ushort attribute in attributes)
        {
            int width = known?.Attribute(holder, attribute)?.Type.ContentOctets() ?? UnknownOctets;
            room -= EntryOctets + (width >= 0 ? width : width == ZclDataTypeFacts.Variable ? StringOctets : UnknownOctets);
            if (room < 0)
            {
                break;
            }

            count++;
        }

        return [.. attributes.Take(Math.Max(count, 1))];
    }

    private static bool IsProtected(ZclRequest request) => request.Protection switch
    {
        ZclProtection.ByCluster => ZclTraffic.NeedsLinkKey(request.Cluster),
        ZclProtection.LinkKey => true,
        _ => false,
    };

    private static bool MustBeProtected(ZclRequest request) =>
        request.Protection != ZclProtection.NetworkKeyOnly && ZclTraffic.NeedsLinkKey(request.Cluster);

    private static bool Fits(ZclRequest request, HanMessage answer)
    {
        ZclHeader header = answer.Header;
        if (header.From == request.From || (!answer.IsApsEncrypted && MustBeProtected(request)))
        {
            return false;
        }

        if (header.Is(GlobalCommand.DefaultResponse))
        {
            bool isOfCommand = answer.Payload.Length >= 2 && answer.Payload.Span[0] == request.Command;
            bool isSuccess = isOfCommand && answer.Payload.Span[1] == (byte)ZclStatus.Success;
            return isOfCommand && !(isSuccess && (request.AnsweredBy is not null || request.Type == ZclFrameType.Global));
        }

        return request.Type == ZclFrameType.Global
            ? header.Type == ZclFrameType.Global && header.Command == ZclTraffic.AnswerTo((GlobalCommand)request.Command)
            : !request.IsAnsweredByStatus && header.Type == ZclFrameType.Cluster && header.ManufacturerCode == request.ManufacturerCode
                && (request.AnsweredBy is null || header.Command == request.AnsweredBy);
    }

    private static HanMessage Checked(ZclRequest request, HanMessage answer, string what)
    {
        if (answer.Fault != CodecFault.None)
        {
            throw HanFaults.Malformed(what, answer.Frame, answer.Fault);
        }

        return answer.Header.Is(GlobalCommand.DefaultResponse) && answer.Content is { } content
            && (ZclStatus)content.Number("status") is var status && status != ZclStatus.Success
            ? throw HanFaults.Refused(what, status)
            : answer;
    }
}
