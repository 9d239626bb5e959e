namespace DeviceHarness.Drivers.ZigBeeAdapter.Ota;

/// <summary>The commands of the OTA Upgrade cluster.</summary>
/// <remarks>Spec: ZigBee OTA Upgrade cluster 0x0019, as this harness's ZigBee guide sums it up. The server is the hub or the rig.</remarks>
public enum OtaCommand : byte
{
    /// <summary>Server: there is an image.</summary>
    ImageNotify = 0x00,

    /// <summary>Client: is there an image?</summary>
    QueryNextImageRequest = 0x01,

    /// <summary>Server: this one, or none.</summary>
    QueryNextImageResponse = 0x02,

    /// <summary>Client: a block.</summary>
    ImageBlockRequest = 0x03,

    /// <summary>Client: many blocks, one behind the other.</summary>
    ImagePageRequest = 0x04,

    /// <summary>Server: the block, or wait, or abort.</summary>
    ImageBlockResponse = 0x05,

    /// <summary>Client: the image is whole, or not.</summary>
    UpgradeEndRequest = 0x06,

    /// <summary>Server: when to run it.</summary>
    UpgradeEndResponse = 0x07,

    /// <summary>Client: a file for this device alone.</summary>
    QuerySpecificFileRequest = 0x08,

    /// <summary>Server: this one, or none.</summary>
    QuerySpecificFileResponse = 0x09,
}

/// <summary>The status values that the cluster uses, of its own and of ZCL.</summary>
public enum OtaStatus : byte
{
    /// <summary>As asked for.</summary>
    Success = 0x00,

    /// <summary>The client may not have it.</summary>
    NotAuthorized = 0x7E,

    /// <summary>The message is malformed, or asks for what lies outside of the image.</summary>
    MalformedCommand = 0x80,

    /// <summary>The command is not one that a client sends.</summary>
    UnsupportedClusterCommand = 0x81,

    /// <summary>A value in the message is not one of the image.</summary>
    InvalidValue = 0x87,

    /// <summary>The download is over before its end.</summary>
    Abort = 0x95,

    /// <summary>The client found the image wrong.</summary>
    InvalidImage = 0x96,

    /// <summary>Not now: the message says when.</summary>
    WaitForData = 0x97,

    /// <summary>There is no image for the client.</summary>
    NoImageAvailable = 0x98,

    /// <summary>The client needs more files before it can run this one.</summary>
    RequireMoreImage = 0x99,
}
