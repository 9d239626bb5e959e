using DeviceHarness.Drivers.Esme.Reads;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Prepayment;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 4.3: reads balances and debts as the device counts them.</summary>
[Srv("4.3")]
internal sealed class ReadInstantaneousPrepayValuesHandler(ReadObjects objects) : ProfiledReadHandler(objects)
{
    /// <inheritdoc/>
    protected override async Task<SrvResponseBody> ReadAsync(
        SrvRequestBody body, ReadValues values, CancellationToken cancellationToken)
    {
        return new ReadInstantaneousPrepayValuesRsp
        {
            MessageSuccess = true,
            EmergencyCreditBalance = await values.IntegerAsync("EmergencyCreditBalance", cancellationToken).ConfigureAwait(false),
            AccumulatedDebtRegister = await values.IntegerAsync("AccumulatedDebtRegister", cancellationToken).ConfigureAwait(false),
            PaymentDebtRegister = await values.IntegerAsync("PaymentDebtRegister", cancellationToken).ConfigureAwait(false),
            TimeDebtRegister1 = await values.IntegerAsync("TimeDebtRegister1", cancellationToken).ConfigureAwait(false),
            TimeDebtRegister2 = await values.IntegerAsync("TimeDebtRegister2", cancellationToken).ConfigureAwait(false),
            MeterBalance = await values.IntegerAsync("MeterBalance", cancellationToken).ConfigureAwait(false),
        };
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadInstantaneousPrepayValuesRsp { MessageSuccess = false };
}
