using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Drivers.SmartEnergy;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>A request that only reads the meter.</summary>
internal abstract class GasReadHandler(SmartEnergyDevice meter) : DirectSrvHandler
{
    /// <inheritdoc/>
    internal override IReadOnlyDictionary<SrvRefusal, string> Refusals => GasRefusal.OfRead;

    /// <summary>The meter.</summary>
    protected SmartEnergyDevice Meter => meter;
}
