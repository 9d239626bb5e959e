namespace DeviceHarness.Codecs.Zcl;

/// <summary>The two sides of a cluster. A side generates commands and holds attributes.</summary>
/// <remarks>Spec: ZigBee Cluster Library, client and server.</remarks>
public enum ZclSide
{
    /// <summary>The side that uses the cluster.</summary>
    Client = 0,

    /// <summary>The side that holds most attributes.</summary>
    Server = 1,
}
