using DeviceHarness.Codecs.Ezsp;

namespace DeviceHarness.Virtual.ZigBee.Devices;

/// <summary>A node within reach of another, as ZDO tells it.</summary>
/// <param name="Eui64">Its EUI-64.</param>
/// <param name="ShortAddress">Its short address.</param>
/// <param name="NodeType">What it is in the network.</param>
/// <param name="Lqi">The quality of the link to it, 0 to 255.</param>
internal sealed record ZdoNeighbour(ulong Eui64, ushort ShortAddress, EmberNodeType NodeType, byte Lqi)
{
    private const byte Child = 1 << 4;
    private const byte ReceiverOn = 1 << 2;
    private const byte ReceiverOff = 0;

    /// <summary>Device type, whether its receiver is on when it is idle, and that it is a child: the coordinator let it in.</summary>
    public byte Relation => NodeType switch
    {
        EmberNodeType.Coordinator => ReceiverOn,
        EmberNodeType.Router => Child | ReceiverOn | 1,
        EmberNodeType.SleepyEndDevice => Child | ReceiverOff | 2,
        _ => Child | ReceiverOn | 2,
    };
}
