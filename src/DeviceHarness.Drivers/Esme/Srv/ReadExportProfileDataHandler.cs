using DeviceHarness.Drivers.Esme.Reads;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Reads;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 4.8.3: reads the half-hourly energy exported.</summary>
[Srv("4.8.3")]
internal sealed class ReadExportProfileDataHandler(ReadObjects objects) : ProfiledReadHandler(objects)
{
    /// <inheritdoc/>
    protected override async Task<SrvResponseBody> ReadAsync(
        SrvRequestBody body, ReadValues values, CancellationToken cancellationToken)
    {
        ReadRows rows = await values.LogAsync(
            ((ReadExportProfileData)body).Period, ReadExportProfileDataRsp.MaxEntries, cancellationToken).ConfigureAwait(false);
        long?[] active = await rows.IntegersAsync("ActiveEnergyExportedValue", cancellationToken).ConfigureAwait(false);
        long?[] reactive = await rows.IntegersAsync("ReactiveEnergyExportedValue", cancellationToken).ConfigureAwait(false);
        return new ReadExportProfileDataRsp
        {
            MessageSuccess = true,
            Entries = [.. Enumerable.Range(0, rows.Count).Select(row => new ExportProfileEntry(
                rows.TimeOf(row), active[row], reactive[row]))],
        };
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadExportProfileDataRsp { MessageSuccess = false };
}
