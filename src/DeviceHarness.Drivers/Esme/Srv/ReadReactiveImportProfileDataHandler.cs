using DeviceHarness.Drivers.Esme.Reads;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Reads;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 4.8.2: reads the half-hourly reactive energy imported.</summary>
[Srv("4.8.2")]
internal sealed class ReadReactiveImportProfileDataHandler(ReadObjects objects) : ProfiledReadHandler(objects)
{
    /// <inheritdoc/>
    protected override async Task<SrvResponseBody> ReadAsync(
        SrvRequestBody body, ReadValues values, CancellationToken cancellationToken)
    {
        ReadRows rows = await values.LogAsync(
            ((ReadReactiveImportProfileData)body).Period, ReadReactiveImportProfileDataRsp.MaxEntries, cancellationToken)
            .ConfigureAwait(false);
        long?[] reactive = await rows.IntegersAsync("ReactiveEnergyImportedValue", cancellationToken).ConfigureAwait(false);
        return new ReadReactiveImportProfileDataRsp
        {
            MessageSuccess = true,
            Entries = [.. Enumerable.Range(0, rows.Count).Select(row => new ReactiveImportProfileEntry(
                rows.TimeOf(row), reactive[row]))],
        };
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadReactiveImportProfileDataRsp { MessageSuccess = false };
}
