namespace DeviceHarness.Duis.Bodies.Configuration;

/// <summary>The request of SRV 6.2.7: read the numbers of the metering points. It has no content.</summary>
/// <remarks>Spec: DUIS XML schema 5.4, ReadDeviceConfigurationMPxN.</remarks>
public sealed record ReadDeviceConfigurationMPxN : SrvRequestBody
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "6.2.7";

    /// <inheritdoc/>
    public override string ElementName => "ReadDeviceConfigurationMPxN";
}
