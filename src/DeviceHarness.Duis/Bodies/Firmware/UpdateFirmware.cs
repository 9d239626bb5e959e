namespace DeviceHarness.Duis.Bodies.Firmware;

/// <summary>The request of SRV 11.1: deliver a firmware image to devices. It does not change what runs on them.</summary>
/// <remarks>Spec: DUIS XML schema 5.4, UpdateFirmware.</remarks>
public sealed record UpdateFirmware : SrvRequestBody
{
    /// <summary>The variant that these bodies belong to.</summary>
    public const string Variant = "11.1";

    /// <summary>The longest firmware version, in characters.</summary>
    public const int MaxVersionCharacters = 8;

    /// <summary>The most devices of one request.</summary>
    public const int MaxDevices = 50_000;

    /// <summary>Creates the request.</summary>
    /// <param name="firmwareImage">The image.</param>
    /// <param name="firmwareVersion">The version that the devices will run, 1 to 8 characters.</param>
    /// <param name="devices">The devices, 1 to 50,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The version or the list of devices is too short or too long.</exception>
    public UpdateFirmware(FirmwareImage firmwareImage, string firmwareVersion, IReadOnlyList<Eui64> devices)
    {
        ArgumentNullException.ThrowIfNull(firmwareImage);
        ArgumentException.ThrowIfNullOrEmpty(firmwareVersion);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firmwareVersion.Length, MaxVersionCharacters, nameof(firmwareVersion));
        ArgumentNullException.ThrowIfNull(devices);
        ArgumentOutOfRangeException.ThrowIfZero(devices.Count, nameof(devices));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(devices.Count, MaxDevices, nameof(devices));
        FirmwareImage = firmwareImage;
        FirmwareVersion = firmwareVersion;
        Devices = devices;
    }

    /// <summary>The image.</summary>
    public FirmwareImage FirmwareImage { get; }

    /// <summary>The version that the devices will run.</summary>
    public string FirmwareVersion { get; }

    /// <summary>The devices: DeviceIDList.</summary>
    public IReadOnlyList<Eui64> Devices { get; }

    /// <summary>How the bench brings the image to the devices; not in the XML.</summary>
    public ImageDelivery Delivery { get; init; }

    /// <inheritdoc/>
    public override string ServiceReferenceVariant => Variant;

    /// <inheritdoc/>
    public override string ElementName => "UpdateFirmware";

    /// <inheritdoc/>
    public bool Equals(UpdateFirmware? other) => other is not null && FirmwareImage.Equals(other.FirmwareImage)
        && FirmwareVersion == other.FirmwareVersion && Delivery == other.Delivery && Devices.SequenceEqual(other.Devices);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(FirmwareImage, FirmwareVersion, Delivery, Devices.Count);
}
