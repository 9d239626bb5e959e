using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>SRV 1.6: credit or prepayment, now or at a later date. What suspends debt has no field in the command and is refused unless it
/// is the meter's own way: nothing suspended.</summary>
[Srv("1.6")]
internal sealed class UpdatePaymentModeHandler(GasMeter meter) : GasCommandHandler(meter, "UpdatePaymentModeRsp")
{
    private const ushort DisconnectionEnabled = 0x0001;
    private const ushort Prepayment = 0x0002;
    private const ushort CreditManagement = 0x0004;

    /// <inheritdoc/>
    internal override async Task<DeviceOutcome> ConductAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        UpdatePaymentMode request = (UpdatePaymentMode)body;
        if (request.Prepayment is { SuspendDebtDisabled: true } or { SuspendDebtEmergency: true })
        {
            return NotTaken("ChangePaymentMode has no field that suspends debt");
        }

        ushort control = request.Prepayment is null ? CreditManagement : (ushort)(Prepayment | DisconnectionEnabled);
        ClusterCommand change = ClusterCatalogue.Prepayment.Command("ChangePaymentMode", ZclSide.Client);
        MessageContent content = change.Create()
            .Set("provider_id", Meter.Profile.ProviderId).Set("issuer_event_id", EventId)
            .Set("implementation_date_time", request.ExecutionDateTime is { } date ? ZclTime.FromMoment(date) : ZclTime.Now)
            .Set("proposed_payment_control_configuration", control)
            .Set("cut_off_value", request.Prepayment?.DisablementThreshold ?? 0);
        await AskAsync(
            change, content, ClusterCatalogue.Prepayment.Command("ChangePaymentModeResponse", ZclSide.Server), cancellationToken)
            .ConfigureAwait(false);
        return Done();
    }
}
