namespace DeviceHarness.Duis.Bodies.Configuration;

/// <summary>The request of SRV 6.2.4: read what the device is. It has no content.</summary>
/// <remarks>Spec: DUIS XML schema 5.4, ReadDeviceConfigurationIdentityExcMPxN.</remarks>
public sealed record ReadDeviceConfigurationIdentityExcMPxN : SrvRequestBody
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "6.2.4";

    /// <inheritdoc/>
    public override string ElementName => "ReadDeviceConfigurationIdentityExcMPxN";
}
