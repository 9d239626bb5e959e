using DeviceHarness.Drivers.Esme.Writes;
using DeviceHarness.Duis.Bodies.Tariff;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 1.2.1: writes the passive prices, then puts them into force, now or at their date.</summary>
[Srv("1.2.1")]
internal sealed class UpdatePricePrimaryElementHandler(WriteObjects objects) : ProfiledWriteHandler<UpdatePricePrimaryElement>(objects)
{
    /// <inheritdoc/>
    protected override void Plan(UpdatePricePrimaryElement request, WritePlan plan)
    {
        plan.Hold("PricesTime");
        plan.Hold("StandingChargeTime");
        plan.Prepare("Prices", TariffValues.Prices(request.Prices));
        plan.Prepare("StandingCharge", TariffValues.Charge(request.Prices.StandingChargeScale, request.Prices.StandingCharge));
        plan.Activate("ActivatePrices", "PricesTime");
        plan.Activate("ActivateStandingCharge", "StandingChargeTime");
    }
}
