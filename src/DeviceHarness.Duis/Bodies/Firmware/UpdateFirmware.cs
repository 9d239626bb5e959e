namespace DeviceHarness.Duis.Bodies.Firmware;

/// <summary>The request of SRV 11.1: deliver a firmware image to devices. It does not change what runs on them.</summary>
/// <remarks>Spec: DUIS XML schema 5.4, UpdateFirmware.</remarks>
public sealed record UpdateFirmware : FirmwareUpdate
{
    /// <summary>The variant that these bodies belong to.</summary>
    public const string Variant = "11.1";

    /// <summary>Creates the request.</summary>
    /// <param name="firmwareImage">The image.</param>
    /// <param name="firmwareVersion">The version that the devices will run, 1 to 8 characters.</param>
    /// <param name="devices">The devices, 1 to 50,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The version or the list of devices is too short or too long.</exception>
    public UpdateFirmware(FirmwareImage firmwareImage, string firmwareVersion, IReadOnlyList<Eui64> devices)
        : base(firmwareImage, firmwareVersion, devices)
    {
    }

    /// <inheritdoc/>
    public override string ServiceReferenceVariant => Variant;

    /// <inheritdoc/>
    public override string ElementName => "UpdateFirmware";
}
