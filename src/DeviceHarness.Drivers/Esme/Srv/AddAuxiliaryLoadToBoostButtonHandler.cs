using DeviceHarness.Drivers.Esme.Writes;
using DeviceHarness.Duis.Bodies.Auxiliary;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 7.9: lets the boost button act on more loads; those that the request does not mean stay.
/// SRV 7.11 reads them.</summary>
[Srv("7.9")]
internal sealed class AddAuxiliaryLoadToBoostButtonHandler(WriteObjects objects)
    : ProfiledWriteHandler<AddAuxiliaryLoadToBoostButton>(objects)
{
    /// <inheritdoc/>
    protected override void Plan(AddAuxiliaryLoadToBoostButton request, WritePlan plan) =>
        AuxiliaryValues.Boost(plan, request.Loads);
}
