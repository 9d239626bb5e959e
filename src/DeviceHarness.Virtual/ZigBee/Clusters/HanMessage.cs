namespace DeviceHarness.Virtual.ZigBee.Clusters;

/// <summary>A message that a virtual device sends from its application endpoint.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Endpoint">The endpoint that it is for.</param>
/// <param name="Frame">The ZCL frame.</param>
internal sealed record HanMessage(ushort Cluster, byte Endpoint, byte[] Frame);
