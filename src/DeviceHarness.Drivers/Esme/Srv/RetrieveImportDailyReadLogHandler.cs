using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Reads;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 4.6.1: reads the daily readings of a period.</summary>
[Srv("4.6.1")]
internal sealed class RetrieveImportDailyReadLogHandler(ILogReader logs) : DirectSrvHandler
{
    /// <inheritdoc/>
    internal override IReadOnlyDictionary<SrvRefusal, string> Refusals => SrvRefusal.OfRead;

    /// <inheritdoc/>
    internal override async Task<SrvResponseBody> ExecuteAsync(SrvRequestBody body, CancellationToken cancellationToken) =>
        new RetrieveImportDailyReadLogRsp
        {
            MessageSuccess = true,
            Entries = await logs.ReadDailyReadLogAsync(
                ((RetrieveImportDailyReadLog)body).Period, cancellationToken).ConfigureAwait(false),
        };

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new RetrieveImportDailyReadLogRsp { MessageSuccess = false };
}
