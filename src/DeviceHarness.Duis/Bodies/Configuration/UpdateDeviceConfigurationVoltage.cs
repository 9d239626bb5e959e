namespace DeviceHarness.Duis.Bodies.Configuration;

/// <summary>The request of SRV 6.5 to a single-phase meter: change the bounds of the voltage.</summary>
/// <param name="Settings">The bounds.</param>
/// <param name="AreCountersReset">Whether the counters of the average voltage begin anew, as they do unless the request says
/// otherwise.</param>
/// <param name="ExecutionDateTime">When the service is to send it to the device; null for at once.</param>
/// <remarks>Spec: DUIS XML schema 5.1, UpdateDeviceConfigurationVoltage.</remarks>
public sealed record UpdateDeviceConfigurationVoltage(
    VoltageSettings Settings, bool AreCountersReset = true, DateTimeOffset? ExecutionDateTime = null)
    : SrvRequestBody, IFutureDatable
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "6.5";

    /// <inheritdoc/>
    public override string ElementName => "UpdateDeviceConfigurationVoltage";
}
