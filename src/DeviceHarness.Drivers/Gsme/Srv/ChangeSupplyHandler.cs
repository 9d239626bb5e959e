using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>Moves the valve now, and holds the meter to what it says of it.</summary>
internal abstract class ChangeSupplyHandler(GasMeter meter, string answerElement, byte state) : GasCommandHandler(meter, answerElement)
{
    private const byte AcknowledgementWanted = 0x01;

    /// <inheritdoc/>
    internal override async Task<DeviceOutcome> ConductAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        ClusterCommand change = ClusterCatalogue.Metering.Command("ChangeSupply", ZclSide.Client);
        MessageContent content = change.Create()
            .Set("provider_id", Meter.Profile.ProviderId).Set("issuer_event_id", EventId)
            .Set("request_date_time", ZclTime.FromMoment(Meter.Now)).Set("implementation_date_time", ZclTime.Now)
            .Set("proposed_supply_status", state).Set("supply_control_bits", AcknowledgementWanted);
        MessageContent answer = await AskAsync(
            change, content, ClusterCatalogue.Metering.Command("SupplyStatusResponse", ZclSide.Server), cancellationToken)
            .ConfigureAwait(false);
        ulong told = answer.Number("supply_status");
        return told == state ? Done() : NotDone($"the meter says that its supply status is {told}, not {state}", (int)told);
    }
}
