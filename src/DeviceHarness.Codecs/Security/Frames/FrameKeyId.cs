namespace DeviceHarness.Codecs.Security.Frames;

/// <summary>Which key a frame of ZigBee is protected with.</summary>
/// <remarks>Spec: ZigBee specification, auxiliary frame header, key identifier, as this harness's ZigBee guide sums it up.</remarks>
public enum FrameKeyId : byte
{
    /// <summary>A link key, in the application support layer.</summary>
    Link = 0,

    /// <summary>The network key.</summary>
    Network = 1,

    /// <summary>The key that a network key is sent under; made of a link key.</summary>
    KeyTransport = 2,

    /// <summary>The key that a link key is sent under; made of a link key.</summary>
    KeyLoad = 3,
}
