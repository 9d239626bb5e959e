using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Prepayment;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>SRV 4.18: the balance as the meter counts it; in prepayment mode under the name that gas has for that, too.</summary>
[Srv("4.18")]
internal sealed class ReadMeterBalanceHandler(SmartEnergyDevice meter) : GasReadHandler(meter)
{
    private const ushort PaymentControl = 0x0000;
    private const ushort CreditRemaining = 0x0001;
    private const long Prepayment = 0x0002;

    /// <inheritdoc/>
    internal override async Task<SrvResponseBody> ExecuteAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        AttributeValues values = await Meter.ReadAsync(ClusterCatalogue.Prepayment, cancellationToken, PaymentControl, CreditRemaining)
            .ConfigureAwait(false);
        _ = values.Require(CreditRemaining);
        bool isPrepayment = (values.Number(PaymentControl) & Prepayment) > 0;
        return new ReadMeterBalanceRsp
        {
            MessageSuccess = true,
            MeterBalance = values.Number(CreditRemaining),
            GasMeterBalancePrepaymentMode = isPrepayment ? values.Number(CreditRemaining) : null,
        };
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadMeterBalanceRsp { MessageSuccess = false };
}
