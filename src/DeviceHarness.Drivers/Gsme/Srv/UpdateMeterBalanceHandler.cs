using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>SRV 1.5: adds to the credit, or sets it to nothing. It is never sent twice by the driver.</summary>
[Srv("1.5")]
internal sealed class UpdateMeterBalanceHandler(GasMeter meter) : GasCommandHandler(meter, "UpdateMeterBalanceRsp")
{
    private const byte Incremental = 0;
    private const byte Absolute = 1;

    /// <inheritdoc/>
    internal override Task<DeviceOutcome> ConductAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        int? adjustment = ((UpdateMeterBalance)body).Adjustment;
        ClusterCommand adjust = ClusterCatalogue.Prepayment.Command("CreditAdjustment", ZclSide.Client);
        MessageContent content = adjust.Create().Set("issuer_event_id", EventId).Set("start_time", ZclTime.Now)
            .Set("credit_adjustment_type", adjustment is null ? Absolute : Incremental)
            .Set("credit_adjustment_value", adjustment ?? 0);
        return SendAsync(adjust, content, cancellationToken);
    }
}
