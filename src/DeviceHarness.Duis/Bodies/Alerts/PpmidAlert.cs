using DeviceHarness.Duis.Bodies.Firmware;

namespace DeviceHarness.Duis.Bodies.Alerts;

/// <summary>A DCC alert: what became of the firmware that an 11.4 brought to a PPMID.</summary>
/// <remarks>Spec: DUIS XML schema 5.1, PPMIDAlert with PPMIDFirmwareUpgradeAlert. That its DeviceAlertCode is 8F8A or 8F89, and that its
/// FirmwareVersion is the one that runs afterwards, are assumptions. <see cref="SrvResponseBody.MessageSuccess"/> is no part of the XML: it
/// says which of the two results it is, see <see cref="FirmwareVerificationAlert"/>.</remarks>
public sealed record PpmidAlert : SrvResponseBody
{
    /// <summary>The PPMID took the firmware.</summary>
    public const string Succeeded = "8F8A";

    /// <summary>The PPMID did not take the firmware.</summary>
    public const string Failed = "8F89";

    /// <summary>Creates the alert.</summary>
    /// <param name="device">The PPMID.</param>
    /// <param name="isActivated">Whether it runs the image.</param>
    /// <param name="firmwareVersion">The version that runs; of more than 8 characters, or none, it is left out with the result, as the
    /// schema has no place for it.</param>
    /// <param name="time">When.</param>
    public PpmidAlert(Eui64 device, bool isActivated, string firmwareVersion, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(firmwareVersion);
        DeviceId = device;
        MessageSuccess = isActivated;
        DeviceAlertCode = isActivated ? Succeeded : Failed;
        FirmwareVersion = firmwareVersion.Length is > 0 and <= FirmwareUpdate.MaxVersionCharacters ? firmwareVersion : null;
        Timestamp = time;
    }

    /// <summary>The PPMID.</summary>
    public Eui64 DeviceId { get; }

    /// <summary>The code of the device's own alert, four hexadecimal digits.</summary>
    public string DeviceAlertCode { get; }

    /// <summary>When.</summary>
    public DateTimeOffset Timestamp { get; }

    /// <summary>The version that runs; null when it is not known.</summary>
    public string? FirmwareVersion { get; }

    /// <summary>The result: ActivationSuccess or ActivationFailure.</summary>
    public string ActivateImageResultCode => MessageSuccess is true ? "ActivationSuccess" : "ActivationFailure";

    /// <inheritdoc/>
    public override string ElementName => "PPMIDAlert";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values => BodyValues.Of(this)
        .Add("DeviceID", DeviceId.ToString())
        .Add("DeviceAlertCode", DeviceAlertCode)
        .Add("Timestamp", Timestamp)
        .Add("PPMIDFirmwareUpgradeAlert.FirmwareVersion", FirmwareVersion)
        .Add("PPMIDFirmwareUpgradeAlert.ActivateImageResultCode", FirmwareVersion is null ? null : ActivateImageResultCode)
        .Entries;
}
