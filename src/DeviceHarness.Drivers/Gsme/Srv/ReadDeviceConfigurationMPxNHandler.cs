using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Configuration;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>SRV 6.2.7: the meter point's number, which the meter holds as its site.</summary>
[Srv("6.2.7")]
internal sealed class ReadDeviceConfigurationMPxNHandler(GasMeter meter) : GasReadHandler(meter)
{
    private const ushort SiteId = 0x0307;
    private const int MprnCharacters = 13;

    /// <inheritdoc/>
    internal override async Task<SrvResponseBody> ExecuteAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        AttributeValues values = await Meter.ReadAsync(ClusterCatalogue.Metering, cancellationToken, SiteId).ConfigureAwait(false);
        _ = values.Require(SiteId);
        return new ReadDeviceConfigurationMPxNRsp { MessageSuccess = true, Mprn = values.Text(SiteId, MprnCharacters) };
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadDeviceConfigurationMPxNRsp { MessageSuccess = false };
}
