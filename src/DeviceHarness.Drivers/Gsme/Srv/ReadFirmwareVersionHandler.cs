using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Firmware;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>SRV 11.2: the version of the firmware, where the profile says that the device tells it.</summary>
[Srv("11.2")]
internal sealed class ReadFirmwareVersionHandler(SmartEnergyDevice device) : DirectSrvHandler
{
    private const ushort SoftwareBuild = 0x4000;
    private const ushort CurrentFileVersion = 0x0002;
    private const int BuildCharacters = 16;

    /// <inheritdoc/>
    internal override IReadOnlyDictionary<SrvRefusal, string> Refusals => GasRefusal.OfRead;

    /// <summary>Reads the version.</summary>
    /// <returns>The version; null when it is an empty text.</returns>
    internal static async Task<string?> ReadAsync(SmartEnergyDevice device, CancellationToken cancellationToken)
    {
        if (device.Profile.FirmwareVersion == FirmwareVersionSource.OtaFileVersion)
        {
            AttributeValues client = await device.ReadClientAsync(ClusterCatalogue.OtaUpgrade, cancellationToken, CurrentFileVersion)
                .ConfigureAwait(false);
            _ = client.Require(CurrentFileVersion);
            return client.Number(CurrentFileVersion)?.ToString("X8", null);
        }

        AttributeValues values = await device.ReadAsync(ClusterCatalogue.Basic, cancellationToken, SoftwareBuild).ConfigureAwait(false);
        _ = values.Require(SoftwareBuild);
        return values.Text(SoftwareBuild, BuildCharacters);
    }

    /// <inheritdoc/>
    internal override async Task<SrvResponseBody> ExecuteAsync(SrvRequestBody body, CancellationToken cancellationToken) =>
        new ReadFirmwareVersionRsp
        {
            MessageSuccess = true,
            FirmwareVersion = await ReadAsync(device, cancellationToken).ConfigureAwait(false),
        };

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadFirmwareVersionRsp { MessageSuccess = false };
}
