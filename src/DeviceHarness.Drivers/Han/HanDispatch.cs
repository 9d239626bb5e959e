using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Codecs.ZigBee;
using DeviceHarness.Drivers.ZigBeeAdapter;

namespace DeviceHarness.Drivers.Han;

/// <summary>What becomes of each event of the adapter: an answer to who waits for it, a request to who serves it, the rest to who
/// observes.</summary>
/// <remarks>Spec: ZigBee Cluster Library, default response; ZigBee Smart Energy, cluster security, as this harness's ZigBee guide 7.2 and
/// 8.9 sums them up. Called by the network's loop alone.</remarks>
internal sealed class HanDispatch(
    IZigBeeAdapter adapter, HanOutbox outbox, HanDirectory directory, HanTasks tasks, TimeProvider timeProvider, Action<HanEvent> tell)
{
    private const ushort DeviceAnnounce = 0x0013;

    internal required ZclClient Zcl { get; init; }

    internal required ZdoClient Zdo { get; init; }

    internal required HanKeyDesk? Keys { get; init; }

    internal required HanJoining Joining { get; init; }

    /// <summary>The devices that have no link key yet; null when none is agreed on here.</summary>
    internal required HanProbation? Probation { get; init; }

    /// <summary>The devices that belong to the network.</summary>
    internal required HanMembers Members { get; init; }

    internal required IReadOnlyList<IHanServer> Servers { get; init; }

    private DateTimeOffset Now => timeProvider.GetUtcNow();

    /// <summary>Takes an event.</summary>
    internal void Take(ZigBeeAdapterEvent told)
    {
        switch (told)
        {
            case ZigBeeMessageReceived received:
                TakeMessage(received);
                break;
            case ZigBeeChildPolled polled:
                if (directory.Polled(polled.NodeId) is { } child)
                {
                    outbox.Awake(child.Eui64);
                }
                else
                {
                    LookUp(polled.NodeId);
                }

                break;
            case ZigBeeDeviceJoined joined:
                TakeJoin(joined);
                break;
            case ZigBeeDeviceLeft left:
                directory.Remove(left.Eui64);
                outbox.Gone(left.Eui64);
                Keys?.Drop(left.Eui64);
                Probation?.End(left.Eui64);
                tell(new HanNodeLeft(left.Eui64, Now));
                break;
            case ZigBeeAdapterLost lost:
                outbox.Fail(lost.Reason);
                Zcl.Fail(lost.Reason);
                Zdo.Fail(lost.Reason);
                tell(new HanAdapterEvent(told, Now));
                break;
            case ZigBeeAdapterRecovered:
                outbox.Recovered();
                tell(new HanAdapterEvent(told, Now));
                break;
            default:
                tell(new HanAdapterEvent(told, Now));
                break;
        }
    }

    private void TakeJoin(ZigBeeDeviceJoined joined)
    {
        if (!Joining.Admits(joined))
        {
            tell(new HanStrangerRemoved(joined.Eui64, joined.NodeId, Now));
            Beside(joined.NodeId, ct => adapter.RemoveDeviceAsync(joined.NodeId, joined.Eui64, ct));
            return;
        }

        if (Place(joined.Eui64, joined.NodeId) is { } node)
        {
            if (!joined.IsRejoin)
            {
                Members.Joined(joined.Eui64);
                Keys?.Drop(joined.Eui64);
                directory.Change(joined.Eui64, known => known with { HasEstablishedKey = false });
                Probation?.Begin(joined.Eui64);
            }

            tell(new HanNodeJoined(joined.Eui64, joined.NodeId, joined.IsRejoin, Now));
            Joining.Joined(node);
        }
    }

    private void TakeMessage(ZigBeeMessageReceived received)
    {
        if (received.Eui64 is { } sender && directory.Eui64Of(received.NodeId) != sender)
        {
            _ = Place(sender, received.NodeId);
        }

        if (received.Profile == ZigBeeProfile.Device && received.Cluster == DeviceAnnounce)
        {
            Announced(received.Payload);
        }

        HanNode? node = directory.Heard(received.NodeId, received.Lqi, received.RssiDbm);
        ulong? eui64 = node?.Eui64 ?? received.Eui64;
        if (node is null && eui64 is null)
        {
            LookUp(received.NodeId);
        }

        // The answer goes to who waits for it before something new is sent.
        if (received.Profile == ZigBeeProfile.Device)
        {
            Zdo.TryAnswer(eui64, received.Cluster, received.Payload);
        }
        else if (ZclTraffic.Read(received, eui64, Now) is { } message)
        {
            TakeFrame(message);
        }
        else
        {
            tell(new HanUndecodedMessage(received.NodeId, received.Cluster, received.Payload, Now));
        }

        if (node is not null)
        {
            outbox.Awake(node.Eui64);
        }
    }

    private void TakeFrame(HanMessage message)
    {
        bool isExpected = Zcl.TryAnswer(message);
        bool isProtected = message.IsApsEncrypted || !ZclTraffic.NeedsLinkKey(message.Cluster);
        if (!isProtected && !isExpected)
        {
            tell(new HanUnprotectedMessage(message, Now));
            AnswerByDefault(message, ZclStatus.NotAuthorised);
            return;
        }

        if (isExpected)
        {
            AnswerByDefault(message, ZclStatus.Success);
            return;
        }

        if (ZclTraffic.IsAnswer(message))
        {
            // Too late, or doubled: its request has ended.
            tell(new HanMessageHeard(message, Now));
            return;
        }

        if (message.Cluster == ZigBeeAdapter.KeyEstablishment.EstablishmentMessage.Cluster && Keys?.TryTake(message) == true)
        {
            return;
        }

        foreach (IHanServer server in Servers)
        {
            if (server.Cluster == message.Cluster && server.Take(message) is { } frames)
            {
                foreach (ReadOnlyMemory<byte> frame in frames)
                {
                    Answer(message, frame);
                }

                if (message.Header.Is(GlobalCommand.ReportAttributes))
                {
                    tell(new HanMessageHeard(message, Now));
                }

                return;
            }
        }

        tell(new HanMessageHeard(message, Now));
        AnswerByDefault(message, StatusOf(message));
    }

    /// <summary>What a message that nobody here serves is answered by default.</summary>
    private static ZclStatus StatusOf(HanMessage message) => message.Header switch
    {
        _ when message.Fault != CodecFault.None => ZclStatus.MalformedCommand,
        { Type: ZclFrameType.Global, Command: (byte)GlobalCommand.ReportAttributes } => ZclStatus.Success,
        { Type: ZclFrameType.Global, ManufacturerCode: null } => ZclStatus.UnsupportedGeneralCommand,
        { Type: ZclFrameType.Global } => ZclStatus.UnsupportedManufacturerGeneralCommand,
        { ManufacturerCode: not null } => ZclStatus.UnsupportedManufacturerClusterCommand,
        { From: ZclSide.Server } when message.Definition is not null => ZclStatus.Success,
        _ => ZclStatus.UnsupportedClusterCommand,
    };

    private void AnswerByDefault(HanMessage message, ZclStatus status)
    {
        bool isWanted = !message.Header.DisableDefaultResponse || status != ZclStatus.Success;
        if (isWanted && !message.IsGroupcast && !ZclTraffic.IsAnswer(message))
        {
            ZclHeader header = message.Header.Answer(ZclFrameType.Global, (byte)GlobalCommand.DefaultResponse);
            Answer(message, ZclFrame.Compose(header, GlobalCommands.Default(message.Header.Command, status)));
        }
    }

    /// <summary>Does something beside the loop; false when too much is under way.</summary>
    internal bool TryBeside(Func<CancellationToken, Task> act) => tasks.TryRun(cancellationToken => ToldAsync(act, cancellationToken));

    /// <summary>Sends a frame to who sent a message, as it was protected.</summary>
    internal void Answer(HanMessage message, ReadOnlyMemory<byte> frame)
    {
        ZigBeeMessage answer = ZclTraffic.Message(
            new(message.Eui64 ?? 0, message.SourceEndpoint), message.Cluster, message.IsApsEncrypted, frame) with
        {
            SourceEndpoint = message.DestinationEndpoint,
            Profile = message.Profile,
            NodeId = message.NodeId,
        };
        Beside(message.NodeId, async cancellationToken =>
        {
            // Whoever just sent is awake: this does not wait behind what is for its next wake.
            ZigBeeDelivery delivery = await adapter.SendAsync(answer, cancellationToken).ConfigureAwait(false);
            if (!delivery.IsDelivered)
            {
                tell(new HanAnswerLost(message.NodeId, $"{delivery.Outcome} {delivery.Status}".TrimEnd(), Now));
            }
        });
    }

    private void Announced(ReadOnlyMemory<byte> payload)
    {
        if (ZdoMessages.Find(DeviceAnnounce)!.Layout.Read(payload.Span, out MessageContent content, out _)
            == System.Buffers.OperationStatus.Done)
        {
            ulong eui64 = content.Number("ieee_addr");
            ushort nodeId = (ushort)content.Number("nwk_addr");
            _ = Place(eui64, nodeId);
            directory.Change(eui64, node => node with { Kind = HanDirectory.KindOf(nodeId, (byte)content.Number("capability")) });
        }
    }

    private HanNode? Place(ulong eui64, ushort nodeId)
    {
        if (directory.Place(eui64, nodeId))
        {
            return directory.Find(eui64);
        }

        string full = $"{adapter.Port}: {eui64:X16} is not kept: the directory is full";
        tell(new HanFault(new LocalProtocolException("HAN-007", full, "Full", "directory"), Now));
        return null;
    }

    /// <summary>Asks the adapter who has a short address; what was heard of it is not known meanwhile.</summary>
    private void LookUp(ushort nodeId) => Beside(nodeId, async cancellationToken =>
    {
        if (await adapter.FindEui64Async(nodeId, cancellationToken).ConfigureAwait(false) is { } eui64
            && directory.Eui64Of(nodeId) is null)
        {
            _ = Place(eui64, nodeId);
        }
    });

    private void Beside(ushort nodeId, Func<CancellationToken, Task> act)
    {
        if (!TryBeside(act))
        {
            tell(new HanAnswerLost(nodeId, "too many answers are under way", Now));
        }
    }

    private async Task ToldAsync(Func<CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        try
        {
            await act(cancellationToken).ConfigureAwait(false);
        }
        catch (HarnessException failed)
        {
            tell(new HanFault(failed, Now));
        }
    }
}
