using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Supply;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 7.1: switches the supply on. It takes the device at its word; SRV 7.4 reads the state.</summary>
[Srv("7.1")]
internal sealed class EnableSupplyHandler(ISupplySwitch supply) : DirectSrvHandler
{
    /// <inheritdoc/>
    internal override IReadOnlyDictionary<SrvRefusal, string> Refusals => SrvRefusal.OfAction;

    /// <inheritdoc/>
    internal override async Task<SrvResponseBody> ExecuteAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        await supply.EnableAsync(cancellationToken).ConfigureAwait(false);
        return new EnableSupplyRsp { MessageSuccess = true };
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new EnableSupplyRsp { MessageSuccess = false };
}
