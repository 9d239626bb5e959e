using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Drivers.Esme.Writes;
using DeviceHarness.Duis.Bodies.Auxiliary;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 7.5: switches an auxiliary load on. SRV 7.7 reads its state.</summary>
[Srv("7.5")]
internal sealed class ActivateAuxiliaryLoadHandler(WriteObjects objects) : ProfiledWriteHandler<ActivateAuxiliaryLoad>(objects)
{
    /// <inheritdoc/>
    protected override void Plan(ActivateAuxiliaryLoad request, WritePlan plan)
    {
        plan.AtOnce("Duration", DlmsData.Long64(request.Duration));
        plan.AtOnce("ActivateALCSHCALCS", AuxiliaryValues.Load(request.Index));
    }
}
