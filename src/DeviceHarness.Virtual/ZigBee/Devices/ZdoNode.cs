using DeviceHarness.Codecs.Ezsp;

namespace DeviceHarness.Virtual.ZigBee.Devices;

/// <summary>What ZDO tells of a node.</summary>
/// <param name="Eui64">Its EUI-64.</param>
/// <param name="ShortAddress">Its short address.</param>
/// <param name="NodeType">What it is in the network.</param>
/// <param name="ManufacturerCode">Its manufacturer's code.</param>
/// <param name="Endpoints">Its endpoints.</param>
internal sealed record ZdoNode(
    ulong Eui64, ushort ShortAddress, EmberNodeType NodeType, ushort ManufacturerCode, IReadOnlyCollection<HanEndpoint> Endpoints)
{
    private const byte MainsPowered = 0x04;
    private const byte ReceiverOn = 0x08;
    private const byte FullFunction = 0x02;
    private const byte AllocateAddress = 0x80;
    private const byte AlternateCoordinator = 0x01;

    /// <summary>The extended PAN id of its network.</summary>
    public ulong ExtendedPanId { get; init; }

    /// <summary>The nodes within its reach, as it tells them.</summary>
    public IReadOnlyList<ZdoNeighbour> Neighbours { get; init; } = [];

    /// <summary>The MAC capability: full function, mains, receiver on, address allocated.</summary>
    public byte Capability => NodeType switch
    {
        EmberNodeType.Coordinator => AlternateCoordinator | FullFunction | MainsPowered | ReceiverOn | AllocateAddress,
        EmberNodeType.Router => FullFunction | MainsPowered | ReceiverOn | AllocateAddress,
        EmberNodeType.EndDevice => MainsPowered | ReceiverOn | AllocateAddress,
        _ => AllocateAddress,
    };

    /// <summary>The logical type of the node descriptor: 0 coordinator, 1 router, 2 end device.</summary>
    public byte LogicalType => NodeType switch
    {
        EmberNodeType.Coordinator => 0,
        EmberNodeType.Router => 1,
        _ => 2,
    };
}
