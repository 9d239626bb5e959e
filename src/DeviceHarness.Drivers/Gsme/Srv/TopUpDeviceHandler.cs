using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>SRV 2.2: enters a UTRN. It is never sent twice by the driver.</summary>
[Srv("2.2")]
internal sealed class TopUpDeviceHandler(GasMeter meter) : GasCommandHandler(meter, "TopUpDeviceRsp")
{
    private const byte ServiceInterface = 0;

    /// <inheritdoc/>
    internal override async Task<DeviceOutcome> ConductAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        MessageContent answer = await AskAsync(
            ClusterCatalogue.Prepayment.Command("ConsumerTopUp", ZclSide.Client),
            TopUpResponse.Request(ServiceInterface, ((TopUpDevice)body).Utrn),
            ClusterCatalogue.Prepayment.Command("ConsumerTopUpResponse", ZclSide.Server), cancellationToken).ConfigureAwait(false);
        TopUpResponse response = TopUpResponse.From(answer);
        return response.IsAccepted ? Done() : NotDone($"the meter took the code: {response.Result}", (int)response.Result);
    }
}
