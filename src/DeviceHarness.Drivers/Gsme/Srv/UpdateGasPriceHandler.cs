using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Tariff;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>SRV 1.2.1: new prices; calendar and thresholds stay.</summary>
[Srv("1.2.1")]
internal sealed class UpdateGasPriceHandler(GasMeter meter) : GasDatedHandler(meter, "UpdatePricePrimaryElementRsp")
{
    /// <inheritdoc/>
    internal override async Task<DeviceOutcome> ConductAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        if (body is not UpdateGasPricePrimaryElement request)
        {
            return NotTaken("the prices are those of electricity");
        }

        await (request is IDeviceDated { IsWithdrawal: true }
            ? Writer.WithdrawAsync(withCalendar: false, cancellationToken)
            : Writer.WriteAsync(request.Prices, thresholds: null, StartOf(request), cancellationToken)).ConfigureAwait(false);
        return Done();
    }
}
