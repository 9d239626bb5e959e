namespace DeviceHarness.Duis.Bodies.Firmware;

/// <summary>The answer to SRV 11.2.</summary>
/// <remarks>Spec: MMC XML schema 5.4, ReadFirmwareVersionRsp.</remarks>
public sealed record ReadFirmwareVersionRsp : SrvResponseBody
{
    /// <summary>The version as the device names it; null when absent.</summary>
    public string? FirmwareVersion { get; init; }

    /// <inheritdoc/>
    public override string ElementName => "ReadFirmwareVersionRsp";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values => BodyValues.Of(this).Add("FirmwareVersion", FirmwareVersion).Entries;
}
