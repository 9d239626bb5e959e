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
