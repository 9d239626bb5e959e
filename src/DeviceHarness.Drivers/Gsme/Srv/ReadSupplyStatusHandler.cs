using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Supply;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>SRV 7.4: whether the valve is open, and what is left of the battery, in percent as the meter tells it.</summary>
[Srv("7.4")]
internal sealed class ReadSupplyStatusHandler(SmartEnergyDevice meter) : GasReadHandler(meter)
{
    /// <summary>The attribute of the valve.</summary>
    internal const ushort SupplyStatus = 0x0014;

    private const ushort RemainingBatteryLife = 0x0201;

    /// <inheritdoc/>
    internal override async Task<SrvResponseBody> ExecuteAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        AttributeValues values = await Meter.ReadAsync(ClusterCatalogue.Metering, cancellationToken, SupplyStatus, RemainingBatteryLife)
            .ConfigureAwait(false);
        _ = values.Require(SupplyStatus);
        return new ReadSupplyStatusRsp
        {
            MessageSuccess = true,
            SupplyState = values.Number(SupplyStatus) switch
            {
                0 => SupplyState.Disabled,
                1 => SupplyState.Armed,
                2 => SupplyState.Enabled,
                _ => throw values.Unfit(SupplyStatus, "a state that the standard does not have"),
            },
            RemainingBatteryCapacity = values.Number(RemainingBatteryLife),
        };
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadSupplyStatusRsp { MessageSuccess = false };
}
