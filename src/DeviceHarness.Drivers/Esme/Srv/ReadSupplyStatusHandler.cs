using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Supply;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 7.4: reads whether the supply is on.</summary>
[Srv("7.4")]
internal sealed class ReadSupplyStatusHandler(ISupplySwitch supply) : DirectSrvHandler
{
    /// <inheritdoc/>
    internal override IReadOnlyDictionary<SrvRefusal, string> Refusals => SrvRefusal.OfRead;

    /// <inheritdoc/>
    internal override async Task<SrvResponseBody> ExecuteAsync(SrvRequestBody body, CancellationToken cancellationToken) =>
        new ReadSupplyStatusRsp
        {
            MessageSuccess = true,
            SupplyState = await supply.ReadStateAsync(cancellationToken).ConfigureAwait(false),
        };

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadSupplyStatusRsp { MessageSuccess = false };
}
