using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Virtual.ZigBee.Clusters;

/// <summary>A cluster of a virtual device, as server, as client or as both: commands in, answers out, attributes by number.</summary>
internal abstract class HanCluster
{
    /// <summary>Its number.</summary>
    public abstract ushort Id { get; }

    /// <summary>The attributes of its server, each as it is when it is asked for.</summary>
    public virtual IReadOnlyDictionary<ushort, Func<ZclData>> Attributes { get; } = new Dictionary<ushort, Func<ZclData>>();

    /// <summary>Writes an attribute.</summary>
    /// <param name="attribute">Its number.</param>
    /// <param name="value">The value.</param>
    public virtual ZclStatus Write(ushort attribute, ZclData value) =>
        Attributes.ContainsKey(attribute) ? ZclStatus.ReadOnly : ZclStatus.UnsupportedAttribute;

    /// <summary>Serves a command that a client sent.</summary>
    public virtual ClusterReply Serve(ClusterMessage message) => ClusterReply.Unknown;

    /// <summary>Hears a command that a server sent.</summary>
    public virtual ClusterReply Hear(ClusterMessage message) => ClusterReply.Unknown;

    /// <summary>A moment as a device tells it; invalid where it did not know the time.</summary>
    internal static uint TimeOf(DateTimeOffset moment, bool isKnown) => isKnown ? ZclTime.FromMoment(moment) : ZclTime.Invalid;

    /// <summary>Whether a moment lies in a stretch that a command names; an invalid end is no end.</summary>
    internal static bool IsWithin(DateTimeOffset moment, uint earliest, uint latest) =>
        ZclTime.FromMoment(moment) >= earliest && ZclTime.FromMoment(moment) <= latest;

    /// <summary>The moment that a command names: 0 is now, and what is invalid never comes.</summary>
    protected static DateTimeOffset MomentOf(uint time, DateTimeOffset now) =>
        time == ZclTime.Now ? now : ZclTime.ToMoment(time) ?? DateTimeOffset.MaxValue;
}
