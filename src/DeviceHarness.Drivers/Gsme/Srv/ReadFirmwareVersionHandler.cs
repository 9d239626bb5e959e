using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Firmware;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>SRV 11.2: the version of the firmware, where the profile says that the device tells it.</summary>
[Srv("11.2")]
internal sealed class ReadFirmwareVersionHandler(SmartEnergyDevice device) : DirectSrvHandler
{
    /// <inheritdoc/>
    internal override IReadOnlyDictionary<SrvRefusal, string> Refusals => GasRefusal.OfRead;

    /// <inheritdoc/>
    internal override async Task<SrvResponseBody> ExecuteAsync(SrvRequestBody body, CancellationToken cancellationToken) =>
        new ReadFirmwareVersionRsp
        {
            MessageSuccess = true,
            FirmwareVersion = await device.ReadFirmwareVersionAsync(cancellationToken).ConfigureAwait(false),
        };

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadFirmwareVersionRsp { MessageSuccess = false };
}
