using DeviceHarness.Drivers.Esme.Srv;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>A request that only reads the meter.</summary>
internal abstract class GasReadHandler(GasMeter meter) : DirectSrvHandler
{
    /// <inheritdoc/>
    internal override IReadOnlyDictionary<SrvRefusal, string> Refusals => GasRefusal.OfRead;

    /// <summary>The meter.</summary>
    protected GasMeter Meter => meter;
}
