using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Drivers.Capabilities;

namespace DeviceHarness.Drivers.Profiles;

/// <summary>Where a device model takes firmware images, which images are for it, and how long it may take over them.</summary>
/// <param name="Name">The logical name of the image transfer object, class 18.</param>
/// <param name="ManufacturerCode">The manufacturer code of its upgrade files.</param>
/// <param name="ImageType">The image type of its upgrade files.</param>
/// <param name="HardwareVersion">Its hardware version.</param>
/// <param name="RecoveryTimeout">How long a device that was lost during a transfer is looked for.</param>
/// <param name="VerificationTimeout">How long it may verify.</param>
/// <param name="ActivationTimeout">How long it may activate, restart included.</param>
public sealed record ImageTransferSettings(
    ObisCode Name,
    ushort ManufacturerCode,
    ushort ImageType,
    ushort HardwareVersion,
    TimeSpan RecoveryTimeout,
    TimeSpan VerificationTimeout,
    TimeSpan ActivationTimeout)
{
    /// <summary>The logical name of the single action schedule (class 22) by which it activates an image later; null when it takes an
    /// activation at once only.</summary>
    public ObisCode? Schedule { get; init; }

    /// <summary>Which images are for the device model.</summary>
    public FirmwareModel Model => new(ManufacturerCode, ImageType, HardwareVersion);

    /// <summary>How long a device is left alone between two questions whether it is ready.</summary>
    public static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);
}
