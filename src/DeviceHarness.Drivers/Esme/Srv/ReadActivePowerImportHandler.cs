using DeviceHarness.Drivers.Esme.Reads;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Reads;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 4.16: reads the active power imported, whole W.</summary>
[Srv("4.16")]
internal sealed class ReadActivePowerImportHandler(ReadObjects objects) : ProfiledReadHandler(objects)
{
    /// <inheritdoc/>
    protected override async Task<SrvResponseBody> ReadAsync(
        SrvRequestBody body, ReadValues values, CancellationToken cancellationToken)
    {
        return new ReadActivePowerImportRsp
        {
            MessageSuccess = true,
            ActivePowerImport = await values.IntegerAsync("ActivePowerImport", cancellationToken).ConfigureAwait(false),
            PrimaryActivePowerImportValue = await values.IntegerAsync("PrimaryActivePowerImportValue", cancellationToken)
                .ConfigureAwait(false),
        };
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadActivePowerImportRsp { MessageSuccess = false };
}
