using DeviceHarness.Drivers.Esme.Reads;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Reads;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 4.17: reads the daily consumption.</summary>
[Srv("4.17")]
internal sealed class RetrieveDailyConsumptionLogHandler(ReadObjects objects) : ProfiledReadHandler(objects)
{
    /// <inheritdoc/>
    protected override async Task<SrvResponseBody> ReadAsync(
        SrvRequestBody body, ReadValues values, CancellationToken cancellationToken)
    {
        ReadRows rows = await values.LogAsync(
            ((RetrieveDailyConsumptionLog)body).Period, RetrieveDailyConsumptionLogRsp.MaxEntries, cancellationToken).ConfigureAwait(false);
        long?[] value = await rows.IntegersAsync("Value", cancellationToken).ConfigureAwait(false);
        return new RetrieveDailyConsumptionLogRsp
        {
            MessageSuccess = true,
            Entries = [.. Enumerable.Range(0, rows.Count).Select(row => new DailyConsumptionEntry(
                rows.TimeOf(row), value[row]))],
        };
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new RetrieveDailyConsumptionLogRsp { MessageSuccess = false };
}
