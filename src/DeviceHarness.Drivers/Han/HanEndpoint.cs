namespace DeviceHarness.Drivers.Han;

/// <summary>An endpoint of a node, as its simple descriptor tells it.</summary>
/// <remarks>Spec: ZigBee device profile, simple descriptor, as this harness's ZigBee guide 6 sums it up.</remarks>
/// <param name="Number">Its number, 1 to 240.</param>
/// <param name="Profile">Its profile; 0109 is Smart Energy.</param>
/// <param name="DeviceId">What device it is, such as 0501 for a meter or a mirror.</param>
/// <param name="InputClusters">The clusters that it serves.</param>
/// <param name="OutputClusters">The clusters that it uses.</param>
public sealed record HanEndpoint(
    byte Number, ushort Profile, ushort DeviceId, IReadOnlyList<ushort> InputClusters, IReadOnlyList<ushort> OutputClusters);
