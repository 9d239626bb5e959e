using DeviceHarness.Drivers.Esme.Reads;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Reads;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 4.6.2: reads the daily readings of the export register.</summary>
[Srv("4.6.2")]
internal sealed class RetrieveExportDailyReadLogHandler(ReadObjects objects) : ProfiledReadHandler(objects)
{
    /// <inheritdoc/>
    protected override async Task<SrvResponseBody> ReadAsync(
        SrvRequestBody body, ReadValues values, CancellationToken cancellationToken)
    {
        ReadRows rows = await values.LogAsync(
            ((RetrieveExportDailyReadLog)body).Period, RetrieveExportDailyReadLogRsp.MaxEntries, cancellationToken).ConfigureAwait(false);
        long?[] activeExportRegisterValue = await rows.IntegersAsync("ActiveExportRegisterValue", cancellationToken).ConfigureAwait(false);
        return new RetrieveExportDailyReadLogRsp
        {
            MessageSuccess = true,
            Entries = [.. Enumerable.Range(0, rows.Count).Select(row => new ExportDailyReadLogEntry(
                rows.TimeOf(row), activeExportRegisterValue[row]))],
        };
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new RetrieveExportDailyReadLogRsp { MessageSuccess = false };
}
