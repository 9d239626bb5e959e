namespace DeviceHarness.Duis.Bodies.Firmware;

/// <summary>A request that has the service bring a firmware image to devices: SRV 11.1, and 11.4 for PPMIDs.</summary>
/// <remarks>Spec: DUIS XML schema 5.4, UpdateFirmware; in schema 5.1 UpdatePPMIDFirmware has the same content.</remarks>
public abstract record FirmwareUpdate : SrvRequestBody
{
    /// <summary>The longest firmware version, in characters.</summary>
    public const int MaxVersionCharacters = 8;

    /// <summary>The most devices of one request.</summary>
    public const int MaxDevices = 50_000;

    /// <summary>Creates the request.</summary>
    /// <param name="firmwareImage">The image.</param>
    /// <param name="firmwareVersion">The version that the devices will run, 1 to 8 characters.</param>
    /// <param name="devices">The devices, 1 to 50,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The version or the list of devices is too short or too long.</exception>
    private protected FirmwareUpdate(FirmwareImage firmwareImage, string firmwareVersion, IReadOnlyList<Eui64> devices)
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

    /// <summary>The variants of such requests.</summary>
    public static IReadOnlyCollection<string> Variants { get; } = [UpdateFirmware.Variant, UpdatePpmidFirmware.Variant];

    /// <summary>The image.</summary>
    public FirmwareImage FirmwareImage { get; }

    /// <summary>The version that the devices will run.</summary>
    public string FirmwareVersion { get; }

    /// <summary>The devices: DeviceIDList.</summary>
    public IReadOnlyList<Eui64> Devices { get; }

    /// <summary>How the bench brings the image to the devices; not in the XML.</summary>
    public ImageDelivery Delivery { get; init; }

    /// <inheritdoc/>
    public virtual bool Equals(FirmwareUpdate? other) => other is not null && EqualityContract == other.EqualityContract
        && FirmwareImage.Equals(other.FirmwareImage) && FirmwareVersion == other.FirmwareVersion && Delivery == other.Delivery
        && Devices.SequenceEqual(other.Devices);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(EqualityContract, FirmwareImage, FirmwareVersion, Delivery, Devices.Count);
}
