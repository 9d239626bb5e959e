namespace DeviceHarness.Duis.Bodies.Firmware;

/// <summary>The request of SRV 11.2: read the version of the firmware that runs.</summary>
/// <param name="ExecutionDateTime">When the service is to send it to the device; null for at once.</param>
/// <remarks>Spec: DUIS XML schema 5.4, ReadFirmwareVersion.</remarks>
public sealed record ReadFirmwareVersion(DateTimeOffset? ExecutionDateTime = null) : SrvRequestBody, IFutureDatable
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "11.2";

    /// <inheritdoc/>
    public override string ElementName => "ReadFirmwareVersion";
}
