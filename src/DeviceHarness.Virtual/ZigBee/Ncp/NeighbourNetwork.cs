using DeviceHarness.Codecs.Ezsp;

namespace DeviceHarness.Virtual.ZigBee.Ncp;

/// <summary>Another network in range of the adapter.</summary>
/// <param name="Network">What a scan finds.</param>
/// <param name="LinkKey">The link key with which one gets its network key.</param>
/// <param name="NetworkKey">Its network key.</param>
public sealed record NeighbourNetwork(EmberNetworkFound Network, EzspKey LinkKey, EzspKey NetworkKey);
