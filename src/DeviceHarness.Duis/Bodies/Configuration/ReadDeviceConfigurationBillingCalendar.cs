namespace DeviceHarness.Duis.Bodies.Configuration;

/// <summary>The request of SRV 6.2.3: read the billing calendar. It has no content.</summary>
/// <remarks>Spec: DUIS XML schema 5.4, ReadDeviceConfigurationBillingCalendar.</remarks>
public sealed record ReadDeviceConfigurationBillingCalendar : SrvRequestBody
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "6.2.3";

    /// <inheritdoc/>
    public override string ElementName => "ReadDeviceConfigurationBillingCalendar";
}
