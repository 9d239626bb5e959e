using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Drivers.Esme.Writes;
using DeviceHarness.Duis.Bodies.Prepayment;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 2.5: gives the emergency credit; a device refuses where there is none to give.</summary>
[Srv("2.5")]
internal sealed class ActivateEmergencyCreditHandler(WriteObjects objects) : ProfiledWriteHandler<ActivateEmergencyCredit>(objects)
{
    /// <inheritdoc/>
    protected override void Plan(ActivateEmergencyCredit request, WritePlan plan) =>
        plan.AtOnce("ActivateEmergencyCredit", DlmsData.Null);
}
