using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Ezsp.Messages;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ezsp;

/// <summary>Sends messages through an adapter and learns what came of them.</summary>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.4 and 4.5 sums it up: the answer to sendUnicast says only that the
/// message waits; messageSent, which may come before that answer, says what came of it.</remarks>
internal sealed class EzspMessenger(TimeProvider timeProvider)
{
    private const byte UnboundedRadius = 0;

    /// <summary>Sends a message to one node.</summary>
    internal async Task<ZigBeeDelivery> SendAsync(
        EzspSession session, ZigBeeMessage message, int maximumOctets, CancellationToken cancellationToken)
    {
        long started = timeProvider.GetTimestamp();
        if (message.Payload.Length > maximumOctets)
        {
            string tooLong = $"{message.Payload.Length} octets, at most {maximumOctets} go into one message; fragments are not sent";
            return Ended(ZigBeeDeliveryOutcome.Refused, tooLong, 0, started);
        }

        if (!session.Deliveries.TryBegin(out ushort tag, out Task<MessageSent> sent))
        {
            return Ended(ZigBeeDeliveryOutcome.Refused, $"{EzspDeliveries.MaximumMessages} messages are under way", 0, started);
        }

        try
        {
            SendUnicastRequest request = new(EmberOutgoingMessageType.Direct, message.NodeId, ApsOf(message), tag, message.Payload);
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

    private static EmberApsFrame ApsOf(ZigBeeMessage message)
    {
        EmberApsOptions options = EmberApsOptions.Retry | EmberApsOptions.EnableRouteDiscovery;
        options |= message.IsApsEncrypted ? EmberApsOptions.Encryption : EmberApsOptions.None;
        return new(message.Profile, message.Cluster, message.SourceEndpoint, message.DestinationEndpoint, options, 0, 0);
    }

    private ZigBeeDelivery Ended(ZigBeeDeliveryOutcome outcome, string status, byte sequence, long started) =>
        new(outcome, status, sequence, timeProvider.GetElapsedTime(started));
}
