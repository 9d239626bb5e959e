using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Han;

namespace DeviceHarness.Drivers.Gpf;

/// <summary>What a gas meter reported last to the mirror that the harness made for it.</summary>
/// <remarks>Not thread safe: <see cref="MirrorDesk"/> looks after that.</remarks>
internal sealed class GasMirror
{
    private const int MostRequests = 3;

    private readonly Dictionary<ushort, Dictionary<ushort, ZclData>> _values = [];
    private readonly Dictionary<MirrorFlags, int> _asked = [];

    /// <summary>The meter.</summary>
    internal required HanTarget Meter { get; init; }

    /// <summary>The endpoint of the mirror.</summary>
    internal required byte Endpoint { get; init; }

    /// <summary>How often the meter said that it reports; null before it said.</summary>
    internal TimeSpan? ReportingInterval { get; set; }

    /// <summary>The notification scheme of the answers to its reports.</summary>
    internal byte Scheme { get; set; } = 0x02;

    /// <summary>Whether the meter wants its reports answered with flags.</summary>
    internal bool IsNotified { get; set; } = true;

    /// <summary>When it reported last; null before it did.</summary>
    internal DateTimeOffset? ReportedAt { get; private set; }

    /// <summary>The values of a cluster.</summary>
    internal IReadOnlyDictionary<ushort, ZclData> ValuesOf(ushort cluster) =>
        _values.TryGetValue(cluster, out Dictionary<ushort, ZclData>? values) ? values : new Dictionary<ushort, ZclData>();

    /// <summary>Takes a report.</summary>
    internal void Take(ushort cluster, IEnumerable<AttributeResult> reported, DateTimeOffset now)
    {
        if (!_values.TryGetValue(cluster, out Dictionary<ushort, ZclData>? values))
        {
            _values[cluster] = values = [];
        }

        foreach (AttributeResult one in reported)
        {
            if (one.Value is { } value)
            {
                values[one.Attribute] = value;
            }
        }

        ReportedAt = now;
    }

    /// <summary>What the meter is asked to report beside what changes: what stays, as long as it is missing, and a few times only, since
    /// a meter may not have it.</summary>
    internal MirrorFlags Missing()
    {
        MirrorFlags missing = MirrorFlags.None;
        foreach ((MirrorFlags flag, ushort cluster, ushort first) in MirrorFlagsFacts.Fixed)
        {
            int asked = _asked.GetValueOrDefault(flag);
            if (asked < MostRequests && !ValuesOf(cluster).Keys.Any(attribute => attribute >= first))
            {
                _asked[flag] = asked + 1;
                missing |= flag;
            }
        }

        return missing;
    }
}
