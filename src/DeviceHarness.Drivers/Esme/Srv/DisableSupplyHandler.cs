using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Supply;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 7.2: switches the supply off. It takes the device at its word; SRV 7.4 reads the state.</summary>
[Srv("7.2")]
internal sealed class DisableSupplyHandler(ISupplySwitch supply) : DirectSrvHandler
{
    /// <inheritdoc/>
    internal override IReadOnlyDictionary<SrvRefusal, string> Refusals => SrvRefusal.OfAction;

    /// <inheritdoc/>
    internal override async Task<SrvResponseBody> ExecuteAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        await supply.DisableAsync(cancellationToken).ConfigureAwait(false);
        return new DisableSupplyRsp { MessageSuccess = true };
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new DisableSupplyRsp { MessageSuccess = false };
}
