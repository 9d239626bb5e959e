using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Drivers.Gsme.Tables;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Tariff;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>SRV 4.11.1: the tariff that the meter charges.</summary>
[Srv("4.11.1")]
internal sealed class ReadTariffHandler(GasMeter meter) : GasTableHandler(meter)
{
    /// <inheritdoc/>
    internal override async Task<SrvResponseBody> ExecuteAsync(SrvRequestBody body, CancellationToken cancellationToken) =>
        new ReadTariffPrimaryElementRsp
        {
            MessageSuccess = true,
            Gas = await GasTariffReader.ReadAsync(Gas, cancellationToken).ConfigureAwait(false),
        };

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() =>
        new ReadTariffPrimaryElementRsp { MessageSuccess = false, Gas = new GasTariffReading() };
}
