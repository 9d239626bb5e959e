using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Virtual.Logs;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.Clusters;

namespace DeviceHarness.Virtual.Gsme.Clusters;

/// <summary>The snapshot that a command asks for, and how many others fit.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Total">How many fit, the newest first.</param>
internal sealed record SnapshotChoice(LogRow Row, int Total)
{
    /// <summary>The snapshot.</summary>
    public GasSnapshot Snapshot { get; } = GasSnapshot.Of(Row.Values);

    /// <summary>Reads earliest and latest time, offset and causes, and finds the snapshot.</summary>
    /// <param name="reader">The command.</param>
    /// <param name="log">The snapshots.</param>
    /// <returns>Null when none fits, or the command is not whole.</returns>
    public static SnapshotChoice? TryFind(ref CommandReader reader, MeterLog log)
    {
        uint earliest = reader.DoubleWord();
        uint latest = reader.DoubleWord();
        byte offset = reader.Octet();
        uint causes = reader.DoubleWord();
        if (!reader.IsWhole)
        {
            return null;
        }

        List<LogRow> found = [];
        for (int row = log.Count - 1; row >= 0; row--)
        {
            uint time = ZclTime.FromMoment(log[row].Stamp);
            if (time >= earliest && time <= latest && ((uint)log[row].Values[1] & causes) != 0)
            {
                found.Add(log[row]);
            }
        }

        return offset < found.Count ? new SnapshotChoice(found[offset], found.Count) : null;
    }

    /// <summary>PublishSnapshot of the Metering cluster.</summary>
    public ClusterMessage OfMetering()
    {
        WireOctets answer = Head(0);
        Long(answer, Snapshot.VolumeDm3);
        answer.DoubleWord(0).DoubleWord(ZclTime.Invalid).DoubleWord(0).DoubleWord(ZclTime.Invalid).Octet(0).Octet(GasSnapshot.Tiers);
        foreach (long tier in Snapshot.TierDm3)
        {
            Long(answer, tier);
        }

        return new ClusterMessage(0x06, answer.ToArray());
    }

    /// <summary>PublishPrepaySnapshot of the Prepayment cluster.</summary>
    public ClusterMessage OfPrepayment()
    {
        WireOctets answer = Head(0).DoubleWord((uint)Snapshot.AccumulatedDebt);
        foreach (long debt in Snapshot.Debts)
        {
            answer.DoubleWord((uint)debt);
        }

        answer.DoubleWord((uint)Snapshot.EmergencyRemaining).DoubleWord((uint)Snapshot.Balance);
        return new ClusterMessage(0x01, answer.ToArray());
    }

    private static void Long(WireOctets answer, long value) => answer.DoubleWord((uint)value).Word((ushort)(value >> 32));

    // The fields in front of the payload: id, time, total, index, commands, cause, payload type.
    private WireOctets Head(byte payloadType) => new WireOctets()
        .DoubleWord(Snapshot.Id).DoubleWord(Row.IsStampValid ? ZclTime.FromMoment(Row.Stamp) : ZclTime.Invalid)
        .Octet((byte)Total).Octet(0).Octet(1).DoubleWord(Snapshot.Cause).Octet(payloadType);
}
