using System.Buffers.Binary;
using DeviceHarness.Virtual.ZigBee.Clusters;
using DeviceHarness.Virtual.ZigBee.Upgrades;

namespace DeviceHarness.Virtual.Tests.ZigBee;

/// <summary>An upgrade server by the book, written down as answers to the octets of a client; time is its own.</summary>
internal sealed class UpgradeServerScript(byte[] image)
{
    private int _blocks;
    private bool _hasWaited;

    public List<ClusterMessage> Asked { get; } = [];

    public TimeSpan Now { get; private set; }

    public TimeSpan Until { get; init; } = TimeSpan.FromHours(6);

    public Func<int, bool> Loses { get; init; } = _ => false;

    public int StopsAfterBlocks { get; init; } = int.MaxValue;

    public uint WaitOnceSeconds { get; init; }

    public ushort WaitPeriod { get; init; }

    /// <summary>Seconds from the end of the download to the upgrade; null lets the device wait for word.</summary>
    public uint? UpgradeDelay { get; init; } = 0;

    public void Run(UpgradeClient client)
    {
        Answer(client, client.Take(new ClusterArrival(0, 0, [0, 100]) { IsFromServer = true }, Now));
        Resume(client);
    }

    public void Resume(UpgradeClient client)
    {
        while (client.NextTick is { } next && next <= Until && _blocks < StopsAfterBlocks)
        {
            Now = next > Now ? next : Now;
            Answer(client, client.Tick(Now));
        }
    }

    /// <summary>What the server says to a command.</summary>
    public IEnumerable<ClusterMessage> Answers(ClusterMessage asked) => asked.Command switch
    {
        0x01 => [new ClusterMessage(0x02, [0, .. asked.Payload[1..5], .. image[14..18], .. Long((uint)image.Length)])],
        0x03 when WaitOnceSeconds > 0 && !_hasWaited => Wait(),
        0x03 => Block(asked.Payload, Offset(asked), asked.Payload[13]),
        0x04 => Page(asked),
        0x06 when asked.Payload[0] == 0 => [new ClusterMessage(
            0x07, [.. asked.Payload[1..9], .. Long(1000), .. Long(UpgradeDelay is { } delay ? 1000 + delay : uint.MaxValue)])],
        _ => [],
    };

    private void Answer(UpgradeClient client, IReadOnlyList<ClusterMessage> asked)
    {
        foreach (ClusterMessage message in asked)
        {
            Asked.Add(message);
            foreach (ClusterMessage answer in Answers(message).ToArray())
            {
                Answer(client, client.Take(new ClusterArrival(0, answer.Command, answer.Payload) { IsFromServer = true }, Now));
            }
        }
    }

    private ClusterMessage[] Wait()
    {
        _hasWaited = true;
        return [new ClusterMessage(
            0x05, [0x97, .. Long(5000), .. Long(5000 + WaitOnceSeconds), (byte)WaitPeriod, (byte)(WaitPeriod >> 8)])];
    }

    private IEnumerable<ClusterMessage> Page(ClusterMessage asked)
    {
        int end = Math.Min(image.Length, Offset(asked) + BinaryPrimitives.ReadUInt16LittleEndian(asked.Payload.AsSpan(14)));
        for (int offset = Offset(asked); offset < end; offset += asked.Payload[13])
        {
            foreach (ClusterMessage block in Block(asked.Payload, offset, asked.Payload[13]))
            {
                yield return block;
            }
        }
    }

    private IEnumerable<ClusterMessage> Block(byte[] request, int offset, byte maximum)
    {
        int number = ++_blocks;
        if (number > StopsAfterBlocks || Loses(number))
        {
            yield break;
        }

        byte octets = (byte)Math.Min(maximum, image.Length - offset);
        yield return new ClusterMessage(
            0x05, [0, .. request[1..9], .. Long((uint)offset), octets, .. image.AsSpan(offset, octets)]);
    }

    private static int Offset(ClusterMessage asked) => BinaryPrimitives.ReadInt32LittleEndian(asked.Payload.AsSpan(9));

    private static byte[] Long(uint value)
    {
        byte[] octets = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(octets, value);
        return octets;
    }
}
