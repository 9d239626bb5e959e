using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Drivers.Gsme.Tables;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Configuration;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>SRV 6.8: when billing periods begin and how long each is.</summary>
[Srv("6.8")]
internal sealed class UpdateGasBillingCalendarHandler(GasMeter meter)
    : GasCommandHandler(meter, "UpdateDeviceConfigurationBillingCalendarRsp")
{
    /// <inheritdoc/>
    internal override async Task<DeviceOutcome> ConductAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        if (body is not UpdateDeviceConfigurationGasBillingCalendar { Calendar: var calendar })
        {
            return NotTaken("the calendar is one of electricity");
        }

        (int duration, int timeBase) = GasBillingPeriods.Of(calendar.Periodicity);
        ClusterCommand publish = ClusterCatalogue.Price.Command("PublishBillingPeriod", ZclSide.Server);
        return await SendAsync(publish, publish.Create().Set("provider_id", Meter.Profile.ProviderId).Set("issuer_event_id", EventId)
            .Set("start_time", ZclTime.FromMoment(calendar.BillingPeriodStart)).Set("duration", duration).Set("duration_type", timeBase)
            .Set("tariff_type", 0), cancellationToken).ConfigureAwait(false);
    }
}
