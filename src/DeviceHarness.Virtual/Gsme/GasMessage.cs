namespace DeviceHarness.Virtual.Gsme;

/// <summary>A message that a gas meter sends to its hub.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Endpoint">The endpoint that it is for.</param>
/// <param name="Frame">The ZCL frame.</param>
internal sealed record GasMessage(ushort Cluster, byte Endpoint, byte[] Frame);
