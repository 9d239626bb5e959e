using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Drivers.Esme.Writes;
using DeviceHarness.Duis.Bodies.Configuration;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 6.4.2: counts anew how often the load limit acts.</summary>
[Srv("6.4.2")]
internal sealed class ResetLoadLimitCounterHandler(WriteObjects objects)
    : ProfiledWriteHandler<UpdateDeviceConfigurationLoadLimitingCounterReset>(objects)
{
    /// <inheritdoc/>
    protected override void Plan(UpdateDeviceConfigurationLoadLimitingCounterReset request, WritePlan plan) =>
        plan.AtOnce("LoadLimitCounter", DlmsData.Null);
}
