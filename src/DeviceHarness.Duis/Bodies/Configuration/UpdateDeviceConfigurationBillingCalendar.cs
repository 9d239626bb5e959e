namespace DeviceHarness.Duis.Bodies.Configuration;

/// <summary>The request of SRV 6.8 to an electricity meter: change the billing calendar.</summary>
/// <param name="Calendar">When billing periods end.</param>
/// <remarks>Spec: DUIS XML schema 5.1, UpdateDeviceConfigurationBillingCalendar.</remarks>
public sealed record UpdateDeviceConfigurationBillingCalendar(BillingCalendar Calendar) : SrvRequestBody
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "6.8";

    /// <inheritdoc/>
    public override string ElementName => "UpdateDeviceConfigurationBillingCalendar";

    /// <inheritdoc/>
    public override string DeviceType => Electricity;
}
