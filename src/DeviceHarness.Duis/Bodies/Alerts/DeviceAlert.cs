namespace DeviceHarness.Duis.Bodies.Alerts;

/// <summary>A device alert: something that a device told unasked.</summary>
/// <remarks>Spec: MMC XML schema 5.4, DeviceAlertContent without a payload. <see cref="SrvResponseBody.MessageSuccess"/> is no part of an
/// alert's XML and stays null.</remarks>
public sealed record DeviceAlert : SrvResponseBody
{
    /// <summary>The longest description, in characters.</summary>
    public const int MaxDescriptionCharacters = FirmwareVerificationAlert.MaxDescriptionCharacters;

    /// <summary>Creates the alert.</summary>
    /// <param name="code">The alert code, four hexadecimal digits in upper case.</param>
    /// <param name="description">What it means; what is longer than the schema allows is cut when it is written.</param>
    /// <param name="time">When it happened.</param>
    public DeviceAlert(string code, string description, DateTimeOffset time)
    {
        GbcsHexAlertCode = Catalogue.AlertCodes.IsDeviceCode(code)
            ? code
            : throw new ArgumentException($"'{code}' is no code of a device alert", nameof(code));
        AlertDescription = description;
        Timestamp = time;
    }

    /// <summary>The alert code, four hexadecimal digits.</summary>
    public string GbcsHexAlertCode { get; }

    /// <summary>What it means.</summary>
    public string AlertDescription { get; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset Timestamp { get; }

    /// <inheritdoc/>
    public override string ElementName => "DeviceAlertContent";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values => BodyValues.Of(this)
        .Add("GBCSHexAlertCode", GbcsHexAlertCode)
        .Add("AlertDescription", AlertDescription)
        .Add("Timestamp", Timestamp)
        .Entries;
}
