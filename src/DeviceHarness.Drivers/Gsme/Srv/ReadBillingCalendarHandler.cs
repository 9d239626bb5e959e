using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Drivers.Gsme.Tables;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Configuration;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>SRV 6.2.3: when billing periods begin and how long each is; nothing of a meter that has none.</summary>
[Srv("6.2.3")]
internal sealed class ReadBillingCalendarHandler(GasMeter meter) : GasTableHandler(meter)
{
    private const uint AnyEvent = 0xFFFF_FFFF;

    /// <inheritdoc/>
    internal override async Task<SrvResponseBody> ExecuteAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        ClusterCommand get = ClusterCatalogue.Price.Command("GetBillingPeriod", ZclSide.Client);
        ZclReply reply;
        try
        {
            reply = await Gas.CommandAsync(
                get, get.Create().Set("earliest_start_time", 0).Set("min_issuer_event_id", AnyEvent).Set("number_of_commands", 1)
                    .Set("tariff_type", 0), ClusterCatalogue.Price.Command("PublishBillingPeriod", ZclSide.Server), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Abstractions.Errors.DeviceRefusedException none) when (none.DeviceCode == (int)ZclStatus.NotFound)
        {
            return new ReadDeviceConfigurationDataBillingCalendarRsp { MessageSuccess = true };
        }

        MessageContent told = reply.Content;
        (int duration, int timeBase) = ((int)told.Number("duration"), (int)told.Number("duration_type") & 0x0F);
        DateTimeOffset? start = ZclTime.ToMoment((uint)told.Number("start_time"));
        return start is { } begins && GasBillingPeriods.From(duration, timeBase) is { } periodicity
            ? new ReadDeviceConfigurationDataBillingCalendarRsp
            {
                MessageSuccess = true,
                GasCalendar = new GasBillingCalendar(begins, periodicity),
            }
            : throw HanFaults.Unfit($"{Gas.Name}: billing period", $"{duration} of time base {timeBase} is no periodicity", default);
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadDeviceConfigurationDataBillingCalendarRsp { MessageSuccess = false };
}
