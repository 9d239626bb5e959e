using DeviceHarness.Drivers.Esme.Reads;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Prepayment;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 4.18: reads the meter balance as the device counts it.</summary>
[Srv("4.18")]
internal sealed class ReadMeterBalanceHandler(ReadObjects objects) : ProfiledReadHandler(objects)
{
    /// <inheritdoc/>
    protected override async Task<SrvResponseBody> ReadAsync(
        SrvRequestBody body, ReadValues values, CancellationToken cancellationToken)
    {
        return new ReadMeterBalanceRsp
        {
            MessageSuccess = true,
            MeterBalance = await values.IntegerAsync("MeterBalance", cancellationToken).ConfigureAwait(false),
        };
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadMeterBalanceRsp { MessageSuccess = false };
}
