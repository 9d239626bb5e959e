using DeviceHarness.Virtual.Alerts;
using DeviceHarness.Virtual.Logs;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.Clusters;

namespace DeviceHarness.Virtual.Gsme.Clusters;

/// <summary>The Events server of a gas meter.</summary>
/// <remarks>Source: ZigBee Smart Energy, Events cluster, as this harness's ZigBee guide 8.8 sums it up.</remarks>
internal sealed class EventsCluster(GasMeterState state) : GasCluster(state)
{
    private const byte ToWideAreaNetwork = 0x03;

    /// <inheritdoc/>
    public override ushort Id => 0x0709;

    /// <inheritdoc/>
    public override ClusterReply Serve(ClusterMessage message)
    {
        State.Settle();
        CommandReader reader = new(message.Payload);
        return message.Command switch
        {
            0x00 => EventLogPages.Answer(message, State.Events.Entries.Select(Logged)),
            0x01 => ClearLog(ref reader),
            _ => ClusterReply.Unknown,
        };
    }

    /// <summary>The message that tells of an alert.</summary>
    public static ClusterMessage Publish(in DeviceAlert alert)
    {
        (byte log, ushort id) = GasEvents.NumberOf(alert.Code);
        return new ClusterMessage(0x00, new WireOctets().Octet(log).Word(id)
            .DoubleWord(TimeOf(alert.Stamp, alert.IsStampValid)).Octet(ToWideAreaNetwork).Octet(0).ToArray());
    }

    private ClusterReply ClearLog(ref CommandReader reader)
    {
        byte log = (byte)(reader.Octet() & 0x0F);
        if (!reader.IsWhole)
        {
            return ClusterReply.Malformed;
        }

        byte cleared = State.Events.Clear(log);
        State.Enter(EventCode.LogCleared);
        return ClusterReply.With(new ClusterMessage(0x02, [cleared]));
    }

    private static LoggedEvent Logged(EventEntry entry)
    {
        (byte log, ushort id) = GasEvents.NumberOf(entry.Code);
        return new LoggedEvent(log, id, entry.Stamp, entry.IsStampValid);
    }
}
