using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Virtual.Alerts;
using DeviceHarness.Virtual.Logs;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.Clusters;

namespace DeviceHarness.Virtual.Gsme.Clusters;

/// <summary>The Events server of a gas meter.</summary>
/// <remarks>Source: ZigBee Smart Energy, Events cluster, as this harness's ZigBee guide 8.8 sums it up. A log without a fitting entry
/// answers not found: an assumption of the harness.</remarks>
internal sealed class EventsCluster(GasMeterState state) : GasCluster(state)
{
    private const int EntriesPerMessage = 6;
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
            0x00 => GetLog(ref reader),
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

    private ClusterReply GetLog(ref CommandReader reader)
    {
        byte log = (byte)(reader.Octet() & 0x0F);
        ushort id = reader.Word();
        uint start = reader.DoubleWord();
        uint end = reader.DoubleWord();
        byte count = reader.Octet();
        ushort offset = reader.Word();
        if (!reader.IsWhole)
        {
            return ClusterReply.Malformed;
        }

        EventEntry[] found = [.. State.Events.Entries.Reverse().Where(entry => IsOf(entry, log, id) && IsWithin(entry.Stamp, start, end))];
        EventEntry[] wanted = [.. found.Skip(offset).Take(count == 0 ? found.Length : count)];
        if (wanted.Length == 0)
        {
            return ClusterReply.Of(ZclStatus.NotFound);
        }

        EventEntry[][] parts = [.. wanted.Chunk(EntriesPerMessage)];
        return ClusterReply.With([.. parts.Select((part, index) => Page(part, index, parts.Length, found.Length))]);
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

    private static bool IsOf(EventEntry entry, byte log, ushort id)
    {
        (byte Log, ushort Id) number = GasEvents.NumberOf(entry.Code);
        return (log == GasEvents.AllLogs || log == number.Log) && (id == 0 || id == number.Id);
    }

    private static ClusterMessage Page(EventEntry[] entries, int index, int pages, int total)
    {
        WireOctets page = new WireOctets().Word((ushort)total).Octet((byte)index).Octet((byte)pages)
            .Octet((byte)(entries.Length << 4));
        foreach (EventEntry entry in entries)
        {
            (byte log, ushort id) = GasEvents.NumberOf(entry.Code);
            page.Octet(log).Word(id).DoubleWord(TimeOf(entry.Stamp, entry.IsStampValid)).Octet(0);
        }

        return new ClusterMessage(0x01, page.ToArray());
    }
}
