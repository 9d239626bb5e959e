using System.Buffers;
using System.Collections.Concurrent;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Ezsp.Messages;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ezsp;

/// <summary>What a callback means to those who read events.</summary>
internal sealed class EzspEventMap(EzspFragmentDesk fragments)
{
    private readonly ConcurrentDictionary<ushort, ulong> _nodes = new();

    /// <summary>Forgets which node has which address.</summary>
    internal void Clear() => _nodes.Clear();

    /// <summary>The event of a callback; null when it is none.</summary>
    internal ZigBeeAdapterEvent? EventOf(EzspFrameId id, ReadOnlyMemory<byte> parameters, EzspVersion version)
    {
        switch (id)
        {
            case EzspFrameId.IncomingMessageHandler when Read(parameters, version, out IncomingMessage message):
                return fragments.Take(message) is { } whole ? MessageOf(whole) : null;
            case EzspFrameId.TrustCenterJoinHandler when Read(parameters, version, out TrustCenterJoin join):
                return JoinOf(join);
            case EzspFrameId.ChildJoinHandler when Read(parameters, version, out ChildJoin child):
                _nodes[child.ChildId] = child.ChildEui64;
                return null;
            case EzspFrameId.PollHandler when Read(parameters, version, out ChildPoll poll):
                return new ZigBeeChildPolled(poll.ChildId);
            case EzspFrameId.StackStatusHandler when Read(parameters, version, out EmberStatusParameter stack):
                return new ZigBeeNetworkChanged(stack.Status.Name, IsUp(stack.Status));
            case EzspFrameId.SwitchNetworkKeyHandler when Read(parameters, version, out OctetParameter sequence):
                return new ZigBeeNetworkKeySwitched(sequence.Value);
            case EzspFrameId.IncomingMessageHandler or EzspFrameId.TrustCenterJoinHandler or EzspFrameId.ChildJoinHandler
                or EzspFrameId.PollHandler or EzspFrameId.StackStatusHandler or EzspFrameId.SwitchNetworkKeyHandler:
                return new ZigBeeUnknownFrame((ushort)id, parameters);
            default:
                return Enum.IsDefined(id) ? null : new ZigBeeUnknownFrame((ushort)id, parameters);
        }
    }

    private static bool? IsUp(EzspStatusCode status) => status.ToEmberStatus() switch
    {
        EmberStatus.NetworkUp => true,
        EmberStatus.NetworkDown => false,
        _ => null,
    };

    private static bool Read<T>(ReadOnlyMemory<byte> parameters, EzspVersion version, out T message)
        where T : struct, IEzspMessage<T> => EzspFrame.ReadParameters(parameters, version, out message, out _) == OperationStatus.Done;

    private ZigBeeMessageReceived MessageOf(in IncomingMessage message)
    {
        EmberApsFrame aps = message.Aps;
        ushort nodeId = message.Packet.SenderId;
        ulong? told = message.Packet.SenderEui64 is 0 or ulong.MaxValue ? null : message.Packet.SenderEui64;
        return new()
        {
            NodeId = nodeId,
            Eui64 = told ?? (_nodes.TryGetValue(nodeId, out ulong known) ? known : null),
            Profile = aps.Profile,
            Cluster = aps.Cluster,
            SourceEndpoint = aps.SourceEndpoint,
            DestinationEndpoint = aps.DestinationEndpoint,
            IsApsEncrypted = aps.Options.HasFlag(EmberApsOptions.Encryption),
            IsGroupcast = message.Type is not (EmberIncomingMessageType.Unicast or EmberIncomingMessageType.UnicastReply),
            ApsSequence = aps.Sequence,
            Lqi = message.Packet.LastHopLqi,
            RssiDbm = message.Packet.LastHopRssi,
            Payload = message.Message,
        };
    }

    private ZigBeeAdapterEvent JoinOf(in TrustCenterJoin join)
    {
        if (join.Update == EmberDeviceUpdate.DeviceLeft)
        {
            _nodes.TryRemove(join.NodeId, out _);
            return new ZigBeeDeviceLeft(join.NodeId, join.Eui64);
        }

        _nodes[join.NodeId] = join.Eui64;
        return new ZigBeeDeviceJoined(
            join.NodeId,
            join.Eui64,
            IsRejoin: join.Update != EmberDeviceUpdate.StandardSecurityUnsecuredJoin,
            IsSecured: join.Update == EmberDeviceUpdate.StandardSecuritySecuredRejoin);
    }
}
