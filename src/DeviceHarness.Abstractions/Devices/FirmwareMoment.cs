namespace DeviceHarness.Abstractions.Devices;

/// <summary>A moment of a firmware delivery or activation.</summary>
public enum FirmwareMoment
{
    /// <summary>A block is about to be sent, for the first time or again.</summary>
    Block,

    /// <summary>The device was asked to verify the image.</summary>
    Verification,

    /// <summary>The device was asked to run the image.</summary>
    Activation,
}
