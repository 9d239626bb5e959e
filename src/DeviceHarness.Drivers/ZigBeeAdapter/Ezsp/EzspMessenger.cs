using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Ezsp.Messages;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ezsp;

/// <summary>Sends messages through an adapter and learns what came of them.</summary>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.4 and 4.5 sums it up: the answer to sendUnicast says only that the
/// message waits; messageSent, which may come before that answer, says what came of it.</remarks>
internal sealed class EzspMessenger(TimeProvider timeProvider)
{
    private const byte UnboundedRadius = 0;

    /// <summary>Sends a message to one node; one that is too long for the adapter in fragments, each after the one before it was
    /// acknowledged.</summary>
    internal async Task<ZigBeeDelivery> SendAsync(
        EzspSession session, ZigBeeMessage message, int maximumOctets, CancellationToken cancellationToken)
    {
        long started = timeProvider.GetTimestamp();
        EmberApsFrame aps = ApsOf(message);
        int room = EzspFragments.Room(maximumOctets, message.IsApsEncrypted);
        if (message.Payload.Length <= room)
        {
            return await SendOneAsync(session, message.NodeId, aps, message.Payload, cancellationToken).ConfigureAwait(false);
        }

        IReadOnlyList<ReadOnlyMemory<byte>> fragments = EzspFragments.Cut(message.Payload, room);
        if (fragments.Count == 0)
        {
            string tooLong = $"{message.Payload.Length} octets, at most {EzspFragments.MaximumOctets} are sent in fragments";
            return Ended(ZigBeeDeliveryOutcome.Refused, tooLong, 0, started);
        }

        aps = aps with { Options = aps.Options | EmberApsOptions.Fragment };
        for (int number = 0; ; number++)
        {
            EmberApsFrame numbered = aps with { GroupId = EzspFragments.GroupOf(number, fragments.Count) };
            ZigBeeDelivery delivery = await SendOneAsync(session, message.NodeId, numbered, fragments[number], cancellationToken)
                .ConfigureAwait(false);
            if (!delivery.IsDelivered)
            {
                string where = $"fragment {number + 1} of {fragments.Count}: {delivery.Status}".TrimEnd(' ', ':');
                return Ended(Outcome(delivery.Outcome, number), where, delivery.ApsSequence, started);
            }

            if (number == fragments.Count - 1)
            {
                return Ended(delivery.Outcome, delivery.Status, delivery.ApsSequence, started);
            }

            aps = number == 0 ? aps with { Sequence = delivery.ApsSequence } : aps;
        }
    }

    /// <summary>Sends a ZDO message to many.</summary>
    internal static async Task BroadcastZdoAsync(
        EzspSession session, ushort destination, ushort cluster, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        EmberApsFrame aps = new(0, cluster, 0, 0, EmberApsOptions.None, 0, 0);
        SendBroadcastRequest request = new(
            SendBroadcastRequest.NoAlias, destination, 0, aps, UnboundedRadius, 0, payload);
        SendResponse answer = await session.AskAsync(EzspCommands.SendBroadcast, request, cancellationToken).ConfigureAwait(false);
        EzspFaults.Require(session.Port, $"a broadcast of cluster {cluster:X4}", answer.Status);
    }

    /// <summary>Of a message whose beginning has left the adapter, what it refuses later was not delivered: it is not whole.</summary>
    private static ZigBeeDeliveryOutcome Outcome(ZigBeeDeliveryOutcome outcome, int number) =>
        outcome == ZigBeeDeliveryOutcome.Refused && number > 0 ? ZigBeeDeliveryOutcome.NotDelivered : outcome;

    private async Task<ZigBeeDelivery> SendOneAsync(
        EzspSession session, ushort nodeId, EmberApsFrame aps, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        long started = timeProvider.GetTimestamp();
        if (!session.Deliveries.TryBegin(out ushort tag, out Task<MessageSent> sent))
        {
            return Ended(ZigBeeDeliveryOutcome.Refused, $"{EzspDeliveries.MaximumMessages} messages are under way", 0, started);
        }

        try
        {
            SendUnicastRequest request = new(EmberOutgoingMessageType.Direct, nodeId, aps, tag, payload);
            SendResponse answer = await session.AskAsync(EzspCommands.SendUnicast, request, cancellationToken).ConfigureAwait(false);
            if (!answer.Status.IsSuccess)
            {
                return Ended(ZigBeeDeliveryOutcome.Refused, answer.Status.Name, 0, started);
            }

            MessageSent end = await sent.WaitAsync(session.Settings.DeliveryTimeout, timeProvider, cancellationToken)
                .ConfigureAwait(false);
            ZigBeeDeliveryOutcome outcome =
                end.Status.IsSuccess ? ZigBeeDeliveryOutcome.Delivered : ZigBeeDeliveryOutcome.NotDelivered;
            return Ended(outcome, end.Status.Name, answer.ApsSequence, started);
        }
        catch (TimeoutException)
        {
            return Ended(ZigBeeDeliveryOutcome.Unknown, string.Empty, 0, started);
        }
        finally
        {
            session.Deliveries.End(tag);
        }
    }

    private static EmberApsFrame ApsOf(ZigBeeMessage message)
    {
        EmberApsOptions options = EmberApsOptions.Retry | EmberApsOptions.EnableRouteDiscovery;
        options |= message.IsApsEncrypted ? EmberApsOptions.Encryption : EmberApsOptions.None;
        return new(message.Profile, message.Cluster, message.SourceEndpoint, message.DestinationEndpoint, options, 0, 0);
    }

    private ZigBeeDelivery Ended(ZigBeeDeliveryOutcome outcome, string status, byte sequence, long started) =>
        new(outcome, status, sequence, timeProvider.GetElapsedTime(started));
}
