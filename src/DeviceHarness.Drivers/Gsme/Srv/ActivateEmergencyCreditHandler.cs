using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>SRV 2.5: selects the emergency credit; a meter of edition 1.1 is told its site and serial number, which it is asked for
/// first.</summary>
[Srv("2.5")]
internal sealed class ActivateEmergencyCreditHandler(GasMeter meter) : GasCommandHandler(meter, "ActivateEmergencyCreditRsp")
{
    private const ushort SiteId = 0x0307;
    private const ushort SerialNumber = 0x0308;
    private const int MaximumCharacters = 32;
    private const byte ServiceInterface = 0;

    /// <inheritdoc/>
    internal override async Task<DeviceOutcome> ConductAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        ClusterCommand select = ClusterCatalogue.Prepayment.Command("SelectAvailableEmergencyCredit", ZclSide.Client);
        MessageContent content = select.Create().Set("command_issue_time", ZclTime.FromMoment(Meter.Now))
            .Set("originating_device", ServiceInterface);
        if (Meter.Profile.Level == ProfileLevel.SmartEnergy11)
        {
            AttributeValues values = await Meter.ReadAsync(ClusterCatalogue.Metering, cancellationToken, SiteId, SerialNumber)
                .ConfigureAwait(false);
            content.Set("site_id", values.Text(SiteId, MaximumCharacters) ?? string.Empty)
                .Set("meter_serial_number", values.Text(SerialNumber, MaximumCharacters) ?? string.Empty);
        }

        return await SendAsync(select, content, cancellationToken).ConfigureAwait(false);
    }
}
