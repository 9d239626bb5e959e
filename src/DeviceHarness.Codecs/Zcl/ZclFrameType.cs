namespace DeviceHarness.Codecs.Zcl;

/// <summary>Who gives a command number its meaning.</summary>
/// <remarks>Spec: ZigBee Cluster Library, frame control, frame type.</remarks>
public enum ZclFrameType
{
    /// <summary>The library, for every cluster alike.</summary>
    Global = 0,

    /// <summary>The cluster.</summary>
    Cluster = 1,
}
