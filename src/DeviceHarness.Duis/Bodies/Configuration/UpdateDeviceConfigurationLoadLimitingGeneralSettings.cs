using DeviceHarness.Duis.Bodies.Reads;

namespace DeviceHarness.Duis.Bodies.Configuration;

/// <summary>The request of SRV 6.4.1: change the load limit.</summary>
/// <param name="LoadLimitPeriod">How long the limit must be exceeded, in seconds.</param>
/// <param name="LoadLimitPowerThreshold">The limit, in W.</param>
/// <param name="LoadLimitRestorationPeriod">How long the supply then stays off, in seconds.</param>
/// <param name="LoadLimitSupplyState">What becomes of the supply.</param>
/// <param name="ExecutionDateTime">From when on the device has it in force; null for at once.</param>
/// <remarks>Spec: DUIS XML schema 5.1, UpdateDeviceConfigurationLoadLimitingGeneralSettings.</remarks>
public sealed record UpdateDeviceConfigurationLoadLimitingGeneralSettings(
    long LoadLimitPeriod, long LoadLimitPowerThreshold, long LoadLimitRestorationPeriod, LoadLimitSupplyState LoadLimitSupplyState,
    DateTimeOffset? ExecutionDateTime = null)
    : SrvRequestBody, IDeviceDated
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "6.4.1";

    /// <inheritdoc/>
    public override string ElementName => "UpdateDeviceConfigurationLoadLimitingGeneralSettings";
}
