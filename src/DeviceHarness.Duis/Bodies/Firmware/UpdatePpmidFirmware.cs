namespace DeviceHarness.Duis.Bodies.Firmware;

/// <summary>The request of SRV 11.4: bring a firmware image to PPMIDs, which run it once they have verified it. No 11.3 follows.</summary>
/// <remarks>Spec: DUIS XML schema 5.1, UpdatePPMIDFirmware. That a PPMID runs the image by itself is inferred: 11.3 is for meters, and the
/// alert that follows is of the activation (<see cref="Alerts.PpmidAlert"/>).</remarks>
public sealed record UpdatePpmidFirmware : FirmwareUpdate
{
    /// <summary>The variant that these bodies belong to.</summary>
    public const string Variant = "11.4";

    /// <summary>Creates the request.</summary>
    /// <param name="firmwareImage">The image.</param>
    /// <param name="firmwareVersion">The version that the devices will run, 1 to 8 characters.</param>
    /// <param name="devices">The devices, 1 to 50,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The version or the list of devices is too short or too long.</exception>
    public UpdatePpmidFirmware(FirmwareImage firmwareImage, string firmwareVersion, IReadOnlyList<Eui64> devices)
        : base(firmwareImage, firmwareVersion, devices)
    {
    }

    /// <inheritdoc/>
    public override string ServiceReferenceVariant => Variant;

    /// <inheritdoc/>
    public override string ElementName => "UpdatePPMIDFirmware";
}
