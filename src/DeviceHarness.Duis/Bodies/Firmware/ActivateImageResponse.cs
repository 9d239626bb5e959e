namespace DeviceHarness.Duis.Bodies.Firmware;

/// <summary>How an activation ended; the number is the code.</summary>
/// <remarks>Names: MMC XML schema 5.4, StatusASN1. Numbers: the public GBCS parser of the DCC.</remarks>
public enum ActivateImageResponse
{
    /// <summary>The device runs the new firmware.</summary>
    Success = 0,

    /// <summary>The device holds no image that it has verified.</summary>
    NoImageHeld = 1,

    /// <summary>The image that the device holds has another hash.</summary>
    HashMismatch = 2,

    /// <summary>The device tried and failed.</summary>
    ActivationFailure = 3,
}
