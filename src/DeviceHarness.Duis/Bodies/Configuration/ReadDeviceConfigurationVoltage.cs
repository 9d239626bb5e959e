namespace DeviceHarness.Duis.Bodies.Configuration;

/// <summary>The request of SRV 6.2.1: read the voltage thresholds. It has no content.</summary>
/// <remarks>Spec: DUIS XML schema 5.4, ReadDeviceConfigurationVoltage.</remarks>
public sealed record ReadDeviceConfigurationVoltage : SrvRequestBody
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "6.2.1";

    /// <inheritdoc/>
    public override string ElementName => "ReadDeviceConfigurationVoltage";
}
