using System.Text;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.Clusters;

namespace DeviceHarness.Virtual.Ppmid;

/// <summary>The Prepayment client of a display: it sends what was typed in, and hears what became of it.</summary>
/// <remarks>Source: ZigBee Smart Energy, Prepayment cluster, as this harness's ZigBee guide 8.7 lists fields.</remarks>
internal sealed class TopUpCluster(IHanClock clock) : HanCluster
{
    private const byte AtDisplay = 0x02;

    /// <inheritdoc/>
    public override ushort Id => 0x0705;

    /// <summary>What became of the last top-up: its result, and the value that it brought, in thousandths of a penny; null before
    /// one.</summary>
    public (byte Result, int Millipence)? Last { get; private set; }

    /// <summary>The credit that the meter told with it; null before.</summary>
    public int? Credit { get; private set; }

    /// <summary>A top-up that was typed in.</summary>
    /// <param name="digits">Its digits.</param>
    public static ClusterMessage Enter(string digits) => new(0x04, new WireOctets()
        .Octet(AtDisplay).Octet((byte)digits.Length).Run(Encoding.ASCII.GetBytes(digits)).ToArray());

    /// <summary>Emergency credit that somebody takes.</summary>
    public ClusterMessage TakeEmergencyCredit() => new(
        0x00, new WireOctets().DoubleWord(TimeOf(clock.Now, clock.IsClockValid)).Octet(AtDisplay).ToArray());

    /// <inheritdoc/>
    public override ClusterReply Hear(ClusterMessage message)
    {
        if (message.Command != 0x03)
        {
            return ClusterReply.Unknown;
        }

        CommandReader reader = new(message.Payload);
        byte result = reader.Octet();
        int value = reader.Signed();
        _ = reader.Octet();
        int credit = reader.Signed();
        if (!reader.IsWhole)
        {
            return ClusterReply.Malformed;
        }

        (Last, Credit) = ((result, value), credit);
        return ClusterReply.Done;
    }
}
