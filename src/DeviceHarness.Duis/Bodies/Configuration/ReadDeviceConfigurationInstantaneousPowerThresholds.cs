namespace DeviceHarness.Duis.Bodies.Configuration;

/// <summary>The request of SRV 6.2.5: read the thresholds of the power display. It has no content.</summary>
/// <remarks>Spec: DUIS XML schema 5.4, ReadDeviceConfigurationInstantaneousPowerThresholds.</remarks>
public sealed record ReadDeviceConfigurationInstantaneousPowerThresholds : SrvRequestBody
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "6.2.5";

    /// <inheritdoc/>
    public override string ElementName => "ReadDeviceConfigurationInstantaneousPowerThresholds";
}
