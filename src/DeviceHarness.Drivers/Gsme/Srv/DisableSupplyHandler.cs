using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Supply;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>SRV 7.2: closes the valve.</summary>
[Srv("7.2")]
internal sealed class DisableSupplyHandler(GasMeter meter) : ChangeSupplyHandler(meter, "DisableSupplyRsp", Off)
{
    private const byte Off = 0;

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new DisableSupplyRsp { MessageSuccess = false };

    /// <inheritdoc/>
    protected override SrvResponseBody Success() => new DisableSupplyRsp { MessageSuccess = true };
}
