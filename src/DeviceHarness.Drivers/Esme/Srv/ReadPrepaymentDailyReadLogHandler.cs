using DeviceHarness.Drivers.Esme.Reads;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Prepayment;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 4.14: reads the daily balances and debts.</summary>
[Srv("4.14")]
internal sealed class ReadPrepaymentDailyReadLogHandler(ReadObjects objects) : ProfiledReadHandler(objects)
{
    /// <inheritdoc/>
    protected override async Task<SrvResponseBody> ReadAsync(
        SrvRequestBody body, ReadValues values, CancellationToken cancellationToken)
    {
        ReadRows rows = await values.LogAsync(
            ((ReadPrepaymentDailyReadLog)body).Period, ReadPrepaymentDailyReadLogRsp.MaxEntries, cancellationToken).ConfigureAwait(false);
        long?[] accumulatedDebtRegister = await rows.IntegersAsync("AccumulatedDebtRegister", cancellationToken).ConfigureAwait(false);
        long?[] emergencyCreditBalance = await rows.IntegersAsync("EmergencyCreditBalance", cancellationToken).ConfigureAwait(false);
        long?[] meterBalance = await rows.IntegersAsync("MeterBalance", cancellationToken).ConfigureAwait(false);
        long?[] paymentDebtRegister = await rows.IntegersAsync("PaymentDebtRegister", cancellationToken).ConfigureAwait(false);
        long?[] timeDebtRegisters1 = await rows.IntegersAsync("TimeDebtRegisters1", cancellationToken).ConfigureAwait(false);
        long?[] timeDebtRegisters2 = await rows.IntegersAsync("TimeDebtRegisters2", cancellationToken).ConfigureAwait(false);
        return new ReadPrepaymentDailyReadLogRsp
        {
            MessageSuccess = true,
            Entries = [.. Enumerable.Range(0, rows.Count).Select(row => new PrepaymentDailyEntry(
                rows.TimeOf(row), accumulatedDebtRegister[row], emergencyCreditBalance[row], meterBalance[row],
                paymentDebtRegister[row], timeDebtRegisters1[row], timeDebtRegisters2[row]))],
        };
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadPrepaymentDailyReadLogRsp { MessageSuccess = false };
}
