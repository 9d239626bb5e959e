namespace DeviceHarness.Drivers.Dlms;

/// <summary>Where a device's image transfer stands.</summary>
/// <remarks>Spec: IEC 62056-6-2, class 18, attribute 6, as this harness's DLMS guide sums it up.</remarks>
public enum ImageTransferStatus
{
    /// <summary>No transfer was begun.</summary>
    NotInitiated = 0,

    /// <summary>Blocks may be sent.</summary>
    Initiated = 1,

    /// <summary>The device verifies.</summary>
    VerificationInitiated = 2,

    /// <summary>The image is good.</summary>
    VerificationSuccessful = 3,

    /// <summary>The image is not good.</summary>
    VerificationFailed = 4,

    /// <summary>The device activates.</summary>
    ActivationInitiated = 5,

    /// <summary>The image runs.</summary>
    ActivationSuccessful = 6,

    /// <summary>The image does not run.</summary>
    ActivationFailed = 7,
}
