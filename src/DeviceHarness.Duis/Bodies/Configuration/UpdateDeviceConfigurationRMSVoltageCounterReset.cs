namespace DeviceHarness.Duis.Bodies.Configuration;

/// <summary>The request of SRV 6.27: count anew how often the average voltage leaves its bounds.</summary>
/// <param name="ExecutionDateTime">When the service is to send it to the device; null for at once.</param>
/// <remarks>Spec: DUIS XML schema 5.1, UpdateDeviceConfigurationRMSVoltageCounterReset.</remarks>
public sealed record UpdateDeviceConfigurationRMSVoltageCounterReset(DateTimeOffset? ExecutionDateTime = null)
    : SrvRequestBody, IFutureDatable
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "6.27";

    /// <inheritdoc/>
    public override string ElementName => "UpdateDeviceConfigurationRMSVoltageCounterReset";
}
