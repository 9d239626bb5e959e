namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>A request that reads what a mirror does not hold: the meter's own tariff, calendar and billing periods.</summary>
internal abstract class GasTableHandler(GasMeter meter) : GasReadHandler(meter)
{
    /// <summary>The meter itself.</summary>
    protected GasMeter Gas { get; } = meter;
}
