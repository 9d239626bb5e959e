using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Drivers.Esme.Writes;
using DeviceHarness.Duis.Bodies.Auxiliary;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 7.6: switches an auxiliary load off. SRV 7.7 reads its state.</summary>
[Srv("7.6")]
internal sealed class DeactivateAuxiliaryLoadHandler(WriteObjects objects) : ProfiledWriteHandler<DeactivateAuxiliaryLoad>(objects)
{
    /// <inheritdoc/>
    protected override void Plan(DeactivateAuxiliaryLoad request, WritePlan plan)
    {
        plan.AtOnce("Duration", DlmsData.Long64(request.Duration));
        plan.AtOnce("DeactivateALCSHCALCS", AuxiliaryValues.Load(request.Index));
    }
}
