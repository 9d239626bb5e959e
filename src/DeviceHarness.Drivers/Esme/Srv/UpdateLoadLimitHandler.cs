using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Drivers.Esme.Writes;
using DeviceHarness.Duis.Bodies.Configuration;
using DeviceHarness.Duis.Bodies.Reads;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 6.4.1: changes the load limit. The supply is spared first or cut last, so that no mixture of old and new values cuts
/// it.</summary>
[Srv("6.4.1")]
internal sealed class UpdateLoadLimitHandler(WriteObjects objects)
    : ProfiledWriteHandler<UpdateDeviceConfigurationLoadLimitingGeneralSettings>(objects)
{
    private const string SupplyState = "LoadLimitSupplyState";

    /// <inheritdoc/>
    protected override void Plan(UpdateDeviceConfigurationLoadLimitingGeneralSettings request, WritePlan plan)
    {
        DlmsData state = DlmsData.VisibleString(request.LoadLimitSupplyState.ToString());
        if (request.LoadLimitSupplyState == LoadLimitSupplyState.Unchanged)
        {
            plan.AtOnce(SupplyState, state);
        }

        plan.AtOnce("LoadLimitPeriod", DlmsData.Long64(request.LoadLimitPeriod));
        plan.AtOnce("LoadLimitRestorationPeriod", DlmsData.Long64(request.LoadLimitRestorationPeriod));
        plan.AtOnce("LoadLimitPowerThreshold", DlmsData.Long64(request.LoadLimitPowerThreshold));
        if (request.LoadLimitSupplyState == LoadLimitSupplyState.Disable)
        {
            plan.AtOnce(SupplyState, state);
        }
    }
}
