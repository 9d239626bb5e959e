using DeviceHarness.Drivers.Esme.Reads;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Reads;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 4.8.1: reads the half-hourly active energy imported, as the device keeps it.</summary>
[Srv("4.8.1")]
internal sealed class ReadActiveImportProfileDataHandler(ReadObjects objects) : ProfiledReadHandler(objects)
{
    /// <inheritdoc/>
    protected override async Task<SrvResponseBody> ReadAsync(
        SrvRequestBody body, ReadValues values, CancellationToken cancellationToken)
    {
        ReadRows rows = await values.LogAsync(
            ((ReadActiveImportProfileData)body).Period, ReadActiveImportProfileDataRsp.MaxEntries, cancellationToken).ConfigureAwait(false);
        long?[] primaryValue = await rows.IntegersAsync("PrimaryValue", cancellationToken).ConfigureAwait(false);
        long?[] secondaryValue = await rows.IntegersAsync("SecondaryValue", cancellationToken).ConfigureAwait(false);
        return new ReadActiveImportProfileDataRsp
        {
            MessageSuccess = true,
            Entries = [.. Enumerable.Range(0, rows.Count).Select(row => new ActiveImportProfileEntry(
                rows.TimeOf(row), primaryValue[row], secondaryValue[row]))],
        };
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadActiveImportProfileDataRsp { MessageSuccess = false };
}
