namespace DeviceHarness.Duis.Bodies.Firmware;

/// <summary>The answer to SRV 11.3.</summary>
/// <remarks>Spec: MMC XML schema 5.4, ActivateFirmwareRsp.</remarks>
public sealed record ActivateFirmwareRsp : SrvResponseBody
{
    /// <summary>How it ended; null when absent, as in the answer to a request for a later time.</summary>
    public Asn1Status? ActivateImageResponseCode { get; init; }

    /// <summary>The version that runs after it; null when absent.</summary>
    public string? FirmwareVersion { get; init; }

    /// <inheritdoc/>
    public override string ElementName => "ActivateFirmwareRsp";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values => BodyValues.Of(this)
        .Add("ActivateImageResponseCode", ActivateImageResponseCode?.Name)
        .Add("ActivateImageResponseCode.ResponseCode", ActivateImageResponseCode?.ResponseCode)
        .Add("FirmwareVersion", FirmwareVersion)
        .Entries;

    /// <summary>The status of a known way to end, with the schema's name for it.</summary>
    public static Asn1Status StatusOf(ActivateImageResponse response)
    {
        string name = response.ToString();
        return new Asn1Status(char.ToLowerInvariant(name[0]) + name[1..], (int)response);
    }
}
