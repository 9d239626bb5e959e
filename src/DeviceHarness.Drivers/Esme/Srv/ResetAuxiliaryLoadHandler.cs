using DeviceHarness.Drivers.Esme.Writes;
using DeviceHarness.Duis.Bodies.Auxiliary;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 7.8: gives an auxiliary load back to its calendar. SRV 7.7 reads its state.</summary>
[Srv("7.8")]
internal sealed class ResetAuxiliaryLoadHandler(WriteObjects objects) : ProfiledWriteHandler<ResetAuxiliaryLoad>(objects)
{
    /// <inheritdoc/>
    protected override void Plan(ResetAuxiliaryLoad request, WritePlan plan) =>
        plan.AtOnce("ResetALCSHCALCS", AuxiliaryValues.Load(request.Index));
}
