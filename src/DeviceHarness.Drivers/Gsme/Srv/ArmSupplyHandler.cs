using DeviceHarness.Drivers.Esme.Srv;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>SRV 7.3: lets the consumer open the valve at the meter.</summary>
[Srv("7.3")]
internal sealed class ArmSupplyHandler(GasMeter meter) : ChangeSupplyHandler(meter, "ArmSupplyRsp", Armed)
{
    private const byte Armed = 1;
}
