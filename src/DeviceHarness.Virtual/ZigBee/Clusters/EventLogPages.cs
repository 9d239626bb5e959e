using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Virtual.ZigBee.Clusters;

/// <summary>How a device answers GetEventLog: the entries that fit, the newest first, a few in each command.</summary>
/// <remarks>Source: ZigBee Smart Energy, Events cluster, as this harness's ZigBee guide 8.8 sums it up. A log without a fitting entry
/// answers not found: an assumption of the harness.</remarks>
internal static class EventLogPages
{
    /// <summary>The name of all logs together, and of all events.</summary>
    public const byte All = 0;

    private const int EntriesPerMessage = 6;
    private const byte PublishEventLog = 0x01;
    private const byte LogMask = 0x0F;

    /// <summary>Answers a request.</summary>
    /// <param name="message">The command GetEventLog.</param>
    /// <param name="entries">What the device has logged, the oldest first.</param>
    public static ClusterReply Answer(ClusterMessage message, IEnumerable<LoggedEvent> entries)
    {
        CommandReader reader = new(message.Payload);
        byte log = (byte)(reader.Octet() & LogMask);
        ushort id = reader.Word();
        uint start = reader.DoubleWord();
        uint end = reader.DoubleWord();
        byte count = reader.Octet();
        ushort offset = reader.Word();
        if (!reader.IsWhole)
        {
            return ClusterReply.Malformed;
        }

        LoggedEvent[] found =
        [
            .. entries.Reverse().Where(entry => (log == All || log == entry.Log) && (id == All || id == entry.Id)
                && HanCluster.IsWithin(entry.Stamp, start, end)),
        ];
        LoggedEvent[] wanted = [.. found.Skip(offset).Take(count == 0 ? found.Length : count)];
        if (wanted.Length == 0)
        {
            return ClusterReply.Of(ZclStatus.NotFound);
        }

        LoggedEvent[][] parts = [.. wanted.Chunk(EntriesPerMessage)];
        return ClusterReply.With([.. parts.Select((part, index) => Page(part, index, parts.Length, found.Length))]);
    }

    private static ClusterMessage Page(LoggedEvent[] entries, int index, int pages, int total)
    {
        WireOctets page = new WireOctets().Word((ushort)total).Octet((byte)index).Octet((byte)pages)
            .Octet((byte)(entries.Length << 4));
        foreach (LoggedEvent entry in entries)
        {
            page.Octet(entry.Log).Word(entry.Id).DoubleWord(HanCluster.TimeOf(entry.Stamp, entry.IsStampValid)).Octet(0);
        }

        return new ClusterMessage(PublishEventLog, page.ToArray());
    }
}
