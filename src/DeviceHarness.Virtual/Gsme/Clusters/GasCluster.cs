using DeviceHarness.Codecs.Zcl;
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

    /// <summary>Whether a moment lies in a stretch that a command names; an invalid end is no end.</summary>
    protected static bool IsWithin(DateTimeOffset moment, uint earliest, uint latest) =>
        ZclTime.FromMoment(moment) >= earliest && ZclTime.FromMoment(moment) <= latest;
}
