namespace DeviceHarness.Virtual.ZigBee.Devices;

/// <summary>An endpoint of a node, as its simple descriptor has it.</summary>
/// <param name="Number">Its number, 1 to 254.</param>
/// <param name="Profile">Its profile.</param>
/// <param name="DeviceId">What device it is.</param>
/// <param name="DeviceVersion">The version of that, 0 to 15.</param>
/// <param name="InputClusters">The clusters that it serves.</param>
/// <param name="OutputClusters">The clusters that it uses.</param>
public sealed record HanEndpoint(
    byte Number, ushort Profile, ushort DeviceId, byte DeviceVersion, IReadOnlyCollection<ushort> InputClusters,
    IReadOnlyCollection<ushort> OutputClusters);
