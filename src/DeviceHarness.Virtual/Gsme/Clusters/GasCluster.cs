using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Virtual.ZigBee.Clusters;

namespace DeviceHarness.Virtual.Gsme.Clusters;

/// <summary>A cluster of a gas meter, as server, as client or as both: commands in, answers out, attributes by number.</summary>
internal abstract class GasCluster(GasMeterState state)
{
    /// <summary>Its number.</summary>
    public abstract ushort Id { get; }

    /// <summary>The attributes of its server, each as it is when it is asked for.</summary>
    public virtual IReadOnlyDictionary<ushort, Func<ZclData>> Attributes { get; } = new Dictionary<ushort, Func<ZclData>>();

    /// <summary>The meter.</summary>
    protected GasMeterState State => state;

    /// <summary>Writes an attribute.</summary>
    /// <param name="attribute">Its number.</param>
    /// <param name="value">The value.</param>
    public virtual ZclStatus Write(ushort attribute, ZclData value) =>
        Attributes.ContainsKey(attribute) ? ZclStatus.ReadOnly : ZclStatus.UnsupportedAttribute;

    /// <summary>Serves a command that a client sent.</summary>
    public virtual ClusterReply Serve(ClusterMessage message) => ClusterReply.Unknown;

    /// <summary>Hears a command that a server sent.</summary>
    public virtual ClusterReply Hear(ClusterMessage message) => ClusterReply.Unknown;

    /// <summary>The meter's time as it tells it.</summary>
    protected uint TimeNow() => TimeOf(state.Now, state.IsClockValid);

    /// <summary>A moment as the meter tells it; invalid where it did not know the time.</summary>
    protected static uint TimeOf(DateTimeOffset moment, bool isKnown) => isKnown ? ZclTime.FromMoment(moment) : ZclTime.Invalid;

    /// <summary>The moment that a command names: 0 is now, and what is invalid never comes.</summary>
    protected DateTimeOffset MomentOf(uint time) =>
        time == ZclTime.Now ? state.Now : ZclTime.ToMoment(time) ?? DateTimeOffset.MaxValue;

    /// <summary>Whether a moment lies in a stretch that a command names; an invalid end is no end.</summary>
    protected static bool IsWithin(DateTimeOffset moment, uint earliest, uint latest) =>
        ZclTime.FromMoment(moment) >= earliest && ZclTime.FromMoment(moment) <= latest;
}
