using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Configuration;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>SRV 6.2.4: model and maker as the Basic cluster tells them; the identifier is that under which the network knows the
/// device.</summary>
[Srv("6.2.4")]
internal sealed class ReadDeviceConfigurationIdentityHandler(SmartEnergyDevice meter) : GasReadHandler(meter)
{
    private const ushort Manufacturer = 0x0004;
    private const ushort Model = 0x0005;

    /// <inheritdoc/>
    internal override async Task<SrvResponseBody> ExecuteAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        AttributeValues values = await Meter.ReadAsync(ClusterCatalogue.Basic, cancellationToken, Manufacturer, Model)
            .ConfigureAwait(false);
        return new ReadDeviceConfigurationIdentityExcMPxNRsp
        {
            MessageSuccess = true,
            DeviceIdentifier = new(Meter.Eui64),
            ModelType = values.Text(Model, ReadDeviceConfigurationIdentityExcMPxNRsp.MaxModelCharacters),
            ManufacturerIdentifier = values.Text(
                Manufacturer, ReadDeviceConfigurationIdentityExcMPxNRsp.MaxManufacturerCharacters),
        };
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadDeviceConfigurationIdentityExcMPxNRsp { MessageSuccess = false };
}
