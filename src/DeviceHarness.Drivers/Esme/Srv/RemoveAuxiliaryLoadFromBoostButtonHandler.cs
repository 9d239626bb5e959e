using DeviceHarness.Drivers.Esme.Writes;
using DeviceHarness.Duis.Bodies.Auxiliary;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 7.10: lets the boost button act on fewer loads; those that the request does not mean stay.
/// SRV 7.11 reads them.</summary>
[Srv("7.10")]
internal sealed class RemoveAuxiliaryLoadFromBoostButtonHandler(WriteObjects objects)
    : ProfiledWriteHandler<RemoveAuxiliaryLoadFromBoostButton>(objects)
{
    /// <inheritdoc/>
    protected override void Plan(RemoveAuxiliaryLoadFromBoostButton request, WritePlan plan) =>
        AuxiliaryValues.Boost(plan, request.Loads);
}
