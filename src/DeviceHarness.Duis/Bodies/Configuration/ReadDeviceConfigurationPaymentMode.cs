namespace DeviceHarness.Duis.Bodies.Configuration;

/// <summary>The request of SRV 6.2.9: read the payment mode. It has no content.</summary>
/// <remarks>Spec: DUIS XML schema 5.4, ReadDeviceConfigurationPaymentMode.</remarks>
public sealed record ReadDeviceConfigurationPaymentMode : SrvRequestBody
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "6.2.9";

    /// <inheritdoc/>
    public override string ElementName => "ReadDeviceConfigurationPaymentMode";
}
