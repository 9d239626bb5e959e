namespace DeviceHarness.Duis.Bodies.Alerts;

/// <summary>A device alert: whether a firmware image that was delivered passed the device's verification.</summary>
/// <remarks>Spec: MMC XML schema 5.4, DeviceAlertContent with the payload FirmwareVerification; codes 8F72 and 8F1C. It is what follows an
/// 11.1, which has no response of its own. <see cref="SrvResponseBody.MessageSuccess"/> is no part of an alert's XML: here it says
/// which of the two codes it is, so that a step's expectations can treat it as they treat an answer.</remarks>
public sealed record FirmwareVerificationAlert : SrvResponseBody
{
    /// <summary>The image was verified.</summary>
    public const string Verified = "8F72";

    /// <summary>The image failed verification.</summary>
    public const string VerificationFailed = "8F1C";

    /// <summary>The longest description, in characters.</summary>
    public const int MaxDescriptionCharacters = 250;

    /// <summary>Creates the alert.</summary>
    /// <param name="isVerified">Whether the device verified the image.</param>
    /// <param name="time">When the device said so.</param>
    /// <param name="imageHash">The image's hash; 32 octets here.</param>
    public FirmwareVerificationAlert(bool isVerified, DateTimeOffset time, ReadOnlyMemory<byte> imageHash)
    {
        MessageSuccess = isVerified;
        GbcsHexAlertCode = isVerified ? Verified : VerificationFailed;
        AlertDescription = isVerified ? "Firmware verification successful" : "Firmware verification failed";
        Timestamp = time;
        ManufacturerImageHash = Convert.ToHexString(imageHash.Span);
    }

    /// <summary>The alert code, four hexadecimal digits.</summary>
    public string GbcsHexAlertCode { get; }

    /// <summary>What it means.</summary>
    public string AlertDescription { get; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset Timestamp { get; }

    /// <summary>The image's hash, hexadecimal.</summary>
    public string ManufacturerImageHash { get; }

    /// <inheritdoc/>
    public override string ElementName => "DeviceAlertContent";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values => BodyValues.Of(this)
        .Add("GBCSHexAlertCode", GbcsHexAlertCode)
        .Add("AlertDescription", AlertDescription)
        .Add("Timestamp", Timestamp)
        .Add("ManufacturerImageHash", ManufacturerImageHash)
        .Entries;
}
