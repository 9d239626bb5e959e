using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Drivers.Ppmid;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Configuration;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>SRV 3.1: the meter shows a message; where the harness is the service interface of the network, displays that ask for it
/// too.</summary>
[Srv("3.1")]
internal sealed class DisplayGasMessageHandler(GasMeter meter, MessageDesk? desk) : GasCommandHandler(meter, "DisplayMessageRsp")
{
    /// <inheritdoc/>
    internal override async Task<DeviceOutcome> ConductAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        string text = ((DisplayMessage)body).SupplierMessage;
        uint id = EventId;

        // A meter that nobody has to confirm at answers with the confirmation, and with no status beside it.
        await Meter.CommandAsync(
            ClusterCatalogue.Messaging.Command("DisplayMessage", ZclSide.Server), MessageDesk.ContentOf(id, text), null, cancellationToken)
            .ConfigureAwait(false);
        desk?.Show(id, text);
        return Done();
    }
}
