using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Firmware;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 11.2: reads the version of the firmware that runs.</summary>
[Srv("11.2")]
internal sealed class ReadFirmwareVersionHandler(IFirmwareIdentity firmware) : DirectSrvHandler
{
    /// <inheritdoc/>
    internal override IReadOnlyDictionary<SrvRefusal, string> Refusals => SrvRefusal.OfRead;

    /// <inheritdoc/>
    internal override async Task<SrvResponseBody> ExecuteAsync(SrvRequestBody body, CancellationToken cancellationToken) =>
        new ReadFirmwareVersionRsp
        {
            MessageSuccess = true,
            FirmwareVersion = await firmware.ReadActiveVersionAsync(cancellationToken).ConfigureAwait(false),
        };

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadFirmwareVersionRsp { MessageSuccess = false };
}
