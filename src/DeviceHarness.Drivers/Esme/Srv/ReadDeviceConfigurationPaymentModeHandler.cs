using DeviceHarness.Drivers.Esme.Reads;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Configuration;
using DeviceHarness.Duis.Bodies.Prepayment;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 6.2.9: reads the payment mode.</summary>
[Srv("6.2.9")]
internal sealed class ReadDeviceConfigurationPaymentModeHandler(ReadObjects objects) : ProfiledReadHandler(objects)
{
    /// <inheritdoc/>
    protected override async Task<SrvResponseBody> ReadAsync(
        SrvRequestBody body, ReadValues values, CancellationToken cancellationToken)
    {
        long? mode = await values.IntegerAsync("PaymentMode", cancellationToken).ConfigureAwait(false);
        return new ReadDeviceConfigurationPaymentModeRsp
        {
            MessageSuccess = true,
            PaymentMode = mode switch
            {
                null => null,
                1 => PaymentMode.Credit,
                2 => PaymentMode.Prepayment,
                _ => throw values.Unexpected("PaymentMode", $"the payment mode {mode} where 1 or 2 was expected"),
            },
            SuspendDebtEmergency = await values.TruthAsync("SuspendDebtEmergency", cancellationToken).ConfigureAwait(false),
            SuspendDebtDisabled = await values.TruthAsync("SuspendDebtDisabled", cancellationToken).ConfigureAwait(false),
        };
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadDeviceConfigurationPaymentModeRsp { MessageSuccess = false };
}
