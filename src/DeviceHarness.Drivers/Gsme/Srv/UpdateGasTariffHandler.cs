using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Drivers.Gsme.Tables;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Tariff;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>SRV 1.1.1: the calendar, then the tariff with its thresholds and prices. What came before the link was lost stays in the meter:
/// a calendar that is whole holds, prices do when they are all there.</summary>
[Srv("1.1.1")]
internal sealed class UpdateGasTariffHandler(GasMeter meter) : GasDatedHandler(meter, "UpdateImportTariffPrimaryElementRsp")
{
    /// <inheritdoc/>
    internal override async Task<DeviceOutcome> ConductAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        if (body is not UpdateGasImportTariffPrimaryElement request)
        {
            return NotTaken("the tariff is one of electricity");
        }

        if (request is IDeviceDated { IsWithdrawal: true })
        {
            await Writer.WithdrawAsync(withCalendar: true, cancellationToken).ConfigureAwait(false);
            return Done();
        }

        GasTariff tariff = request.Tariff;
        GasCalendar calendar = new(
            [.. tariff.Days.Select(day => new GasCalendarDay(day.Day, [new GasCalendarEntry(0, day.Register ?? 1)]))],
            tariff.Weeks, tariff.Seasons, tariff.SpecialDays);
        await new GasCalendarWriter(Meter, GasTariffWriter.TariffId, GasCalendar.OfTariff)
            .WriteAsync(calendar, StartOf(request), cancellationToken).ConfigureAwait(false);
        await Writer.WriteAsync(request.Prices, tariff.Thresholds, StartOf(request), cancellationToken).ConfigureAwait(false);
        return Done();
    }
}
