namespace DeviceHarness.Duis.Bodies.Configuration;

/// <summary>The request of SRV 6.8 to a gas meter: change the billing calendar.</summary>
/// <param name="Calendar">When billing periods begin.</param>
/// <remarks>Spec: DUIS XML schema 5.1, UpdateDeviceConfigurationBillingCalendar, GasBillingCalendar.</remarks>
public sealed record UpdateDeviceConfigurationGasBillingCalendar(GasBillingCalendar Calendar) : SrvRequestBody
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "6.8";

    /// <inheritdoc/>
    public override string ElementName => "UpdateDeviceConfigurationBillingCalendar";

    /// <inheritdoc/>
    public override string DeviceType => Gas;
}
