using DeviceHarness.Drivers.Esme.Reads;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Configuration;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 6.2.7: reads the numbers of the metering points.</summary>
[Srv("6.2.7")]
internal sealed class ReadDeviceConfigurationMPxNHandler(ReadObjects objects) : ProfiledReadHandler(objects)
{
    /// <inheritdoc/>
    protected override async Task<SrvResponseBody> ReadAsync(
        SrvRequestBody body, ReadValues values, CancellationToken cancellationToken)
    {
        return new ReadDeviceConfigurationMPxNRsp
        {
            MessageSuccess = true,
            ImportMpan = await values.TextAsync("ImportMPAN", 13, cancellationToken).ConfigureAwait(false),
            SecondaryImportMpan = await values.TextAsync("SecondaryImportMPAN", 13, cancellationToken).ConfigureAwait(false),
            ExportMpan = await values.TextAsync("ExportMPAN", 13, cancellationToken).ConfigureAwait(false),
        };
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadDeviceConfigurationMPxNRsp { MessageSuccess = false };
}
