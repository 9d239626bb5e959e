using DeviceHarness.Drivers.Esme.Reads;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Configuration;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 6.2.9: reads the payment mode.</summary>
[Srv("6.2.9")]
internal sealed class ReadDeviceConfigurationPaymentModeHandler(ReadObjects objects) : ProfiledReadHandler(objects)
{
    /// <inheritdoc/>
    protected override async Task<SrvResponseBody> ReadAsync(
        SrvRequestBody body, ReadValues values, CancellationToken cancellationToken)
    {
        return new ReadDeviceConfigurationPaymentModeRsp
        {
            MessageSuccess = true,
            PaymentMode = await PaymentModes.ReadAsync(values, cancellationToken).ConfigureAwait(false),
            SuspendDebtEmergency = await values.TruthAsync("SuspendDebtEmergency", cancellationToken).ConfigureAwait(false),
            SuspendDebtDisabled = await values.TruthAsync("SuspendDebtDisabled", cancellationToken).ConfigureAwait(false),
        };
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadDeviceConfigurationPaymentModeRsp { MessageSuccess = false };
}
