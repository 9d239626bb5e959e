using System.Globalization;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Drivers.Esme.Writes;
using DeviceHarness.Duis.Bodies.Tariff;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 1.1.1: writes a tariff into the passive calendar and prices, then puts it into force, now or at its date.</summary>
/// <remarks>Activation times that are set are withdrawn first: a half-written calendar would come into force by one of them. The calendar
/// comes into force before the prices, since it is what a device may still refuse.</remarks>
[Srv("1.1.1")]
internal sealed class UpdateImportTariffPrimaryElementHandler(WriteObjects objects)
    : ProfiledWriteHandler<UpdateImportTariffPrimaryElement>(objects)
{
    /// <inheritdoc/>
    protected override void Plan(UpdateImportTariffPrimaryElement request, WritePlan plan)
    {
        ElectricityTariff tariff = request.Tariff;
        plan.Hold("CalendarTime");
        plan.Hold("PricesTime");
        plan.Hold("StandingChargeTime");
        plan.Prepare("CurrencyUnits", DlmsData.VisibleString(tariff.CurrencyUnits));
        plan.Prepare("DayProfiles", TariffValues.Days(tariff.Days, plan.ScriptOf("DayProfiles")));
        plan.Prepare("WeekProfiles", TariffValues.Weeks(tariff.Weeks));
        plan.Prepare("Seasons", TariffValues.Seasons(tariff.Seasons));
        plan.Prepare("SpecialDays", TariffValues.SpecialDays(tariff.SpecialDays));
        foreach (TariffThresholds register in tariff.Thresholds)
        {
            plan.Prepare(
                string.Create(CultureInfo.InvariantCulture, $"Thresholds{register.Register}"), TariffValues.Thresholds(register));
        }

        plan.Prepare("Prices", TariffValues.Prices(request.Prices));
        plan.Prepare("StandingCharge", TariffValues.Charge(request.Prices.StandingChargeScale, request.Prices.StandingCharge));
        plan.Activate("ActivateCalendar", "CalendarTime");
        plan.Activate("ActivatePrices", "PricesTime");
        plan.Activate("ActivateStandingCharge", "StandingChargeTime");
    }
}
