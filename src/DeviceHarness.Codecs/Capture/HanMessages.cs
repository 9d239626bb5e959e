using System.Buffers;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Ezsp.Messages;
using DeviceHarness.Codecs.ZigBee;

namespace DeviceHarness.Codecs.Capture;

/// <summary>Finds the messages of the HAN in the frames of an adapter: what it was told to send, and what it received.</summary>
/// <remarks>
/// The adapter's own address and its PAN are learnt from what it answers; before, it is taken for the coordinator, and the PAN is
/// <see cref="UnknownPan"/>. What it was told to send may have been refused or lost on air: <see cref="HanMessage.Remark"/> says what is
/// known. Source: as this harness's ZigBee guide 4.5 sums it up. Not thread safe.
/// </remarks>
public sealed class HanMessages
{
    /// <summary>The PAN of messages from before the adapter told which it is in.</summary>
    public const ushort UnknownPan = 0xFFFF;

    private const ushort UnknownNode = 0xFFFE;

    private ushort _pan = UnknownPan;
    private ushort _own = ZigBeeProfile.Coordinator;

    /// <summary>The message that a frame carries.</summary>
    /// <param name="frame">The frame.</param>
    /// <returns>The message; null when it carries none.</returns>
    public HanMessage? Find(in AdapterFrame frame)
    {
        Learn(frame);
        return (frame.Header.IsResponse, frame.Header.FrameId) switch
        {
            (false, EzspFrameId.SendUnicast) when Is(frame, out SendUnicastRequest unicast) => OfUnicast(unicast),
            (false, EzspFrameId.SendBroadcast) when Is(frame, out SendBroadcastRequest broadcast) =>
                Sent(broadcast.Destination, ApsDelivery.Broadcast, broadcast.Aps, broadcast.Message),
            (false, EzspFrameId.SendMulticast) when Is(frame, out SendMulticastRequest multicast) =>
                Sent(multicast.BroadcastAddress, ApsDelivery.Group, multicast.Aps, multicast.Message),
            (false, EzspFrameId.SendReply) when Is(frame, out SendReplyRequest reply) =>
                Sent(reply.Sender, ApsDelivery.Unicast, Turned(reply.Aps), reply.Message),
            (true, EzspFrameId.IncomingMessageHandler) when Is(frame, out IncomingMessage incoming) => OfIncoming(incoming),
            _ => null,
        };
    }

    private static EmberApsFrame Turned(EmberApsFrame aps) =>
        aps with { SourceEndpoint = aps.DestinationEndpoint, DestinationEndpoint = aps.SourceEndpoint };

    private static bool Is<T>(in AdapterFrame frame, out T message)
        where T : struct, IEzspMessage<T> =>
        EzspFrame.ReadParameters(frame.Parameters, frame.Version, out message, out _) == OperationStatus.Done;

    private void Learn(in AdapterFrame frame)
    {
        switch (frame.Header)
        {
            case { IsResponse: true, FrameId: EzspFrameId.GetNetworkParameters }
                when Is(frame, out GetNetworkParametersResponse network) && network.NodeType != EmberNodeType.Unknown:
                _pan = network.Parameters.PanId;
                _own = network.NodeType == EmberNodeType.Coordinator ? ZigBeeProfile.Coordinator : _own;
                break;
            case { IsResponse: true, FrameId: EzspFrameId.GetNodeId } when Is(frame, out WordParameter node) && node.Value < UnknownNode:
                _own = node.Value;
                break;
            case { IsResponse: false, FrameId: EzspFrameId.FormNetwork } when Is(frame, out FormNetworkRequest formed):
                (_pan, _own) = (formed.Parameters.PanId, ZigBeeProfile.Coordinator);
                break;
        }
    }

    private HanMessage OfUnicast(SendUnicastRequest unicast)
    {
        bool isDirect = unicast.Type == EmberOutgoingMessageType.Direct;
        HanMessage message = Sent(isDirect ? unicast.Destination : UnknownNode, ApsDelivery.Unicast, unicast.Aps, unicast.Message);
        return isDirect ? message : message with { Remark = $"{message.Remark}; to entry {unicast.Destination} of a table of the adapter" };
    }

    private HanMessage Sent(ushort destination, ApsDelivery delivery, EmberApsFrame aps, ReadOnlyMemory<byte> message) =>
        new(
            new RebuiltMessage(_pan, _own, destination, HeaderOf(aps, delivery), message), IsSent: true,
            RemarkOf("Given to the adapter to send", aps));

    private HanMessage OfIncoming(IncomingMessage incoming)
    {
        (ApsDelivery delivery, ushort destination) = incoming.Type switch
        {
            EmberIncomingMessageType.Unicast or EmberIncomingMessageType.UnicastReply => (ApsDelivery.Unicast, _own),
            EmberIncomingMessageType.Multicast or EmberIncomingMessageType.MulticastLoopback =>
                (ApsDelivery.Group, ZigBeeProfile.BroadcastAwake),
            _ => (ApsDelivery.Broadcast, ZigBeeProfile.BroadcastAll),
        };
        string heard = $"Received, LQI {incoming.Packet.LastHopLqi}, RSSI {incoming.Packet.LastHopRssi} dBm";
        return new(
            new RebuiltMessage(_pan, incoming.Packet.SenderId, destination, HeaderOf(incoming.Aps, delivery), incoming.Message),
            IsSent: false, RemarkOf(heard, incoming.Aps));
    }

    private static string RemarkOf(string what, EmberApsFrame aps)
    {
        string ciphered = aps.Options.HasFlag(EmberApsOptions.Encryption) ? ", APS-ciphered on air" : "";
        string fragment = aps.Options.HasFlag(EmberApsOptions.Fragment) ? $", fragment {aps.GroupId & 0xFF} alone" : "";
        return $"{what}{ciphered}{fragment}";
    }

    private static ApsHeader HeaderOf(EmberApsFrame aps, ApsDelivery delivery) => new(ApsFrameType.Data, delivery, aps.Sequence)
    {
        DestinationEndpoint = aps.DestinationEndpoint,
        Group = delivery == ApsDelivery.Group ? aps.GroupId : (ushort)0,
        Cluster = aps.Cluster,
        Profile = aps.Profile,
        SourceEndpoint = aps.SourceEndpoint,
        WantsAcknowledgement = delivery == ApsDelivery.Unicast && aps.Options.HasFlag(EmberApsOptions.Retry),
    };
}
