using DeviceHarness.Duis.Bodies.Firmware;

namespace DeviceHarness.Drivers.Capabilities;

/// <summary>Delivers firmware images to a device and has it run them.</summary>
public interface IFirmwareStore
{
    /// <summary>Delivers an image and has the device verify it. A transfer that was cut off is resumed.</summary>
    /// <param name="image">The image, an upgrade file.</param>
    /// <param name="version">The version that the device will run, 1 to 8 characters.</param>
    /// <param name="delivery">Whether the image is checked first, and whether the transfer is interrupted on purpose.</param>
    /// <param name="cancellationToken">Ends the wait; the device keeps what it has, and the next delivery of the same image
    /// resumes.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="Abstractions.Errors.HarnessException">The device refuses, breaks the protocol or stays silent.</exception>
    Task<FirmwareDelivery> DeliverAsync(
        FirmwareImage image, string version, ImageDelivery delivery, CancellationToken cancellationToken);

    /// <summary>Has the device run the image that it holds, if it confirms that it is this one. Nothing is sent otherwise.</summary>
    /// <param name="hash">The image's SHA-256, 32 octets.</param>
    /// <param name="cancellationToken">Ends the wait; whether the device runs the image is then open.</param>
    /// <returns>What became of it, and what runs.</returns>
    /// <exception cref="Abstractions.Errors.HarnessException">The device refuses, breaks the protocol or stays silent.</exception>
    Task<FirmwareActivation> ActivateAsync(ReadOnlyMemory<byte> hash, CancellationToken cancellationToken);

    /// <summary>Has the device run the image that it holds at a later time, if it confirms that it is this one.</summary>
    /// <param name="hash">The image's SHA-256, 32 octets.</param>
    /// <param name="time">When.</param>
    /// <param name="cancellationToken">Ends the wait; whether the device took the time is then open.</param>
    /// <returns>Success when the device holds the time; else what hinders it.</returns>
    /// <exception cref="Abstractions.Errors.HarnessException">The device refuses, breaks the protocol or stays silent.</exception>
    Task<FirmwareActivation> ScheduleAsync(ReadOnlyMemory<byte> hash, DateTimeOffset time, CancellationToken cancellationToken);

    /// <summary>Takes such a time away; a device that holds none is left as it is.</summary>
    /// <param name="cancellationToken">Ends the wait; whether the time is gone is then open.</param>
    /// <exception cref="Abstractions.Errors.HarnessException">The device refuses, breaks the protocol or stays silent.</exception>
    Task WithdrawAsync(CancellationToken cancellationToken);

    /// <summary>Whether the model takes an activation for a later time.</summary>
    bool TakesLaterTimes { get; }
}

/// <summary>How a delivery ended.</summary>
public enum FirmwareDeliveryResult
{
    /// <summary>The device verified the image and says that it is this one.</summary>
    Verified,

    /// <summary>The device holds the image and says that it is not good.</summary>
    VerificationFailed,

    /// <summary>The image is not good, or for another device model or version: nothing was sent.</summary>
    ImageRejected,

    /// <summary>The image is for other hardware versions: nothing was sent.</summary>
    HardwareVersionMismatch,

    /// <summary>The device verified something else than this image, or did not take it whole.</summary>
    TransferFailed,
}

/// <summary>What became of a delivery.</summary>
/// <param name="Result">How it ended.</param>
/// <param name="Detail">Why, and how often it was taken up again.</param>
public sealed record FirmwareDelivery(FirmwareDeliveryResult Result, string Detail);

/// <summary>What became of an activation.</summary>
/// <param name="Response">How it ended.</param>
/// <param name="FirmwareVersion">The version that runs after it.</param>
/// <param name="Detail">Why it ended so; empty after success.</param>
public sealed record FirmwareActivation(ActivateImageResponse Response, string FirmwareVersion, string Detail);
