using DeviceHarness.Virtual.ZigBee.Clusters;

namespace DeviceHarness.Virtual.Gsme.Clusters;

/// <summary>A cluster of a gas meter.</summary>
internal abstract class GasCluster(GasMeterState state) : HanCluster
{
    /// <summary>The meter.</summary>
    protected GasMeterState State => state;

    /// <summary>The meter's time as it tells it.</summary>
    protected uint TimeNow() => TimeOf(state.Now, state.IsClockValid);

    /// <summary>The moment that a command names: 0 is now, and what is invalid never comes.</summary>
    protected DateTimeOffset MomentOf(uint time) => MomentOf(time, state.Now);
}
