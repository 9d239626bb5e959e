namespace DeviceHarness.Virtual.Firmware;

/// <summary>How far an image transfer has come, with the numbers of attribute 6.</summary>
/// <remarks>Spec: IEC 62056-6-2, class 18 attribute 6, as the domain guide gives it.</remarks>
public enum ImageTransferStatus
{
    /// <summary>No image.</summary>
    NotInitiated = 0,

    /// <summary>Blocks are being taken.</summary>
    Initiated = 1,

    /// <summary>The image is being verified.</summary>
    VerificationInitiated = 2,

    /// <summary>The image is sound and may be activated.</summary>
    VerificationSuccessful = 3,

    /// <summary>The image is not sound.</summary>
    VerificationFailed = 4,

    /// <summary>The meter is about to restart with the image.</summary>
    ActivationInitiated = 5,

    /// <summary>The meter runs the image.</summary>
    ActivationSuccessful = 6,

    /// <summary>The meter runs what it ran before.</summary>
    ActivationFailed = 7,
}
