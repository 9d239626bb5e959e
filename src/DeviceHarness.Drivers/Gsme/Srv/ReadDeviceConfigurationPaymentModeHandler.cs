using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Configuration;
using DeviceHarness.Duis.Bodies.Prepayment;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>SRV 6.2.9: the payment mode. What is suspended of debt the cluster does not tell.</summary>
[Srv("6.2.9")]
internal sealed class ReadDeviceConfigurationPaymentModeHandler(SmartEnergyDevice meter) : GasReadHandler(meter)
{
    private const ushort PaymentControlConfiguration = 0x0000;
    private const long Prepayment = 0x0002;

    /// <inheritdoc/>
    internal override async Task<SrvResponseBody> ExecuteAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        AttributeValues values = await Meter.ReadAsync(ClusterCatalogue.Prepayment, cancellationToken, PaymentControlConfiguration)
            .ConfigureAwait(false);
        _ = values.Require(PaymentControlConfiguration);
        return new ReadDeviceConfigurationPaymentModeRsp
        {
            MessageSuccess = true,
            PaymentMode = (values.Number(PaymentControlConfiguration) & Prepayment) != 0 ? PaymentMode.Prepayment : PaymentMode.Credit,
        };
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadDeviceConfigurationPaymentModeRsp { MessageSuccess = false };
}
