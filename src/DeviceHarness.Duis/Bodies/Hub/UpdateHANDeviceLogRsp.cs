namespace DeviceHarness.Duis.Bodies.Hub;

/// <summary>The answer to SRV 8.11: whether the hub took the change. The final result comes as the DCC alert
/// UpdateHANDeviceLogResult.</summary>
/// <remarks>Spec: MMC XML schema 5.4, UpdateHANDeviceLogRsp.</remarks>
public sealed record UpdateHANDeviceLogRsp : SrvResponseBody
{
    /// <inheritdoc/>
    public override string ElementName => "UpdateHANDeviceLogRsp";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values => BodyValues.Of(this).Entries;
}
