using DeviceHarness.Codecs.ZigBee;

namespace DeviceHarness.Drivers.Han;

/// <summary>The nodes that were heard of, by EUI-64 and by short address.</summary>
/// <remarks>Bounded: a node for which there is no room is not kept, and <see cref="Heard"/> says so. Safe for any number of
/// callers.</remarks>
internal sealed class HanDirectory(int capacity, TimeProvider timeProvider)
{
    private const byte RouterBit = 0x02;
    private const byte ReceiverOnBit = 0x08;

    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, HanNode> _nodes = [];
    private readonly Dictionary<ushort, ulong> _addresses = [];

    /// <summary>All nodes, by their EUI-64.</summary>
    internal IReadOnlyList<HanNode> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _nodes.Values.OrderBy(node => node.Eui64)];
            }
        }
    }

    /// <summary>What is known of a node; null when it was never heard of.</summary>
    internal HanNode? Find(ulong eui64)
    {
        lock (_gate)
        {
            return _nodes.GetValueOrDefault(eui64);
        }
    }

    /// <summary>The EUI-64 of a short address; null when it is not known.</summary>
    internal ulong? Eui64Of(ushort nodeId)
    {
        lock (_gate)
        {
            return _addresses.TryGetValue(nodeId, out ulong eui64) ? eui64 : null;
        }
    }

    /// <summary>A node has a short address: it joined, told so, or was looked up.</summary>
    /// <returns>False when the directory is full.</returns>
    internal bool Place(ulong eui64, ushort nodeId)
    {
        lock (_gate)
        {
            HanNode? known = _nodes.GetValueOrDefault(eui64);
            if (known is null && _nodes.Count >= capacity)
            {
                return false;
            }

            if (known is not null && known.NodeId != nodeId)
            {
                _addresses.Remove(known.NodeId);
            }

            if (_addresses.TryGetValue(nodeId, out ulong other) && other != eui64)
            {
                // A short address has one holder: who had it before has another by now, and is not known under any until it is heard.
                _nodes.Remove(other);
            }

            _addresses[nodeId] = eui64;
            _nodes[eui64] = (known ?? new HanNode { Eui64 = eui64, NodeId = nodeId }) with { NodeId = nodeId };
            return true;
        }
    }

    /// <summary>A node was heard: a poll, or a message with its quality.</summary>
    /// <returns>The node; null when its EUI-64 is not known.</returns>
    internal HanNode? Heard(ushort nodeId, byte? lqi = null, sbyte? rssiDbm = null) => ChangeAt(nodeId, node => node with
    {
        LastHeardAt = timeProvider.GetUtcNow(),
        Lqi = lqi ?? node.Lqi,
        RssiDbm = rssiDbm ?? node.RssiDbm,
    });

    /// <summary>A child polled, so that it sleeps between polls.</summary>
    internal HanNode? Polled(ushort nodeId) => ChangeAt(nodeId, node => node with
    {
        LastHeardAt = timeProvider.GetUtcNow(),
        Kind = node.Kind == HanNodeKind.Unknown ? HanNodeKind.SleepyEndDevice : node.Kind,
    });

    /// <summary>What a capability octet says that a node is.</summary>
    /// <remarks>Spec: ZigBee device profile, MAC capability flags: bit 1 full function, bit 3 receiver on when idle.</remarks>
    internal static HanNodeKind KindOf(ushort nodeId, byte capability) => (capability & ReceiverOnBit) == 0
        ? HanNodeKind.SleepyEndDevice
        : nodeId == ZigBeeProfile.Coordinator ? HanNodeKind.Coordinator
        : (capability & RouterBit) != 0 ? HanNodeKind.Router : HanNodeKind.EndDevice;

    /// <summary>Changes what is known of a node, if it is known.</summary>
    internal HanNode? Change(ulong eui64, Func<HanNode, HanNode> change)
    {
        lock (_gate)
        {
            if (!_nodes.TryGetValue(eui64, out HanNode? node))
            {
                return null;
            }

            node = change(node);
            _nodes[eui64] = node;
            return node;
        }
    }

    /// <summary>A node has left.</summary>
    internal void Remove(ulong eui64)
    {
        lock (_gate)
        {
            if (_nodes.Remove(eui64, out HanNode? node))
            {
                _addresses.Remove(node.NodeId);
            }
        }
    }

    /// <summary>The network is another one.</summary>
    internal void Clear()
    {
        lock (_gate)
        {
            _nodes.Clear();
            _addresses.Clear();
        }
    }

    private HanNode? ChangeAt(ushort nodeId, Func<HanNode, HanNode> change)
    {
        lock (_gate)
        {
            return _addresses.TryGetValue(nodeId, out ulong eui64) ? Change(eui64, change) : null;
        }
    }
}
