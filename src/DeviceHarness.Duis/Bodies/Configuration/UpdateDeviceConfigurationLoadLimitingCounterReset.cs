namespace DeviceHarness.Duis.Bodies.Configuration;

/// <summary>The request of SRV 6.4.2: count anew how often the load limit acts.</summary>
/// <param name="ExecutionDateTime">When the service is to send it to the device; null for at once.</param>
/// <remarks>Spec: DUIS XML schema 5.1, UpdateDeviceConfigurationLoadLimitingCounterReset.</remarks>
public sealed record UpdateDeviceConfigurationLoadLimitingCounterReset(DateTimeOffset? ExecutionDateTime = null)
    : SrvRequestBody, IFutureDatable
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "6.4.2";

    /// <inheritdoc/>
    public override string ElementName => "UpdateDeviceConfigurationLoadLimitingCounterReset";
}
