using DeviceHarness.Drivers.Esme.Writes;
using DeviceHarness.Duis.Bodies.Configuration;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 3.2: writes the moment before which nothing is shown to the consumer.</summary>
[Srv("3.2")]
internal sealed class RestrictAccessForChangeOfTenancyHandler(WriteObjects objects)
    : ProfiledWriteHandler<RestrictAccessForChangeOfTenancy>(objects)
{
    /// <inheritdoc/>
    protected override void Plan(RestrictAccessForChangeOfTenancy request, WritePlan plan) =>
        plan.AtOnce("RestrictionDateTime", WritePlan.Moment(request.RestrictionDateTime));
}
