namespace DeviceHarness.Virtual.ZigBee.Ncp;

/// <summary>What an adapter keeps without power, as it stands in its flash. Keys are in it as in the flash of a real one: they are the
/// test keys of a virtual network.</summary>
internal sealed record NcpTokenRecord
{
    /// <summary>Whether there is a network.</summary>
    public bool HasNetwork { get; init; }

    /// <summary>What the adapter is in it.</summary>
    public byte NodeType { get; init; }

    /// <summary>Its short address.</summary>
    public ushort NodeId { get; init; }

    /// <summary>The network, as the protocol has it.</summary>
    public string Parameters { get; init; } = string.Empty;

    /// <summary>The security bits.</summary>
    public ushort SecurityBits { get; init; }

    /// <summary>The EUI-64 of the trust centre.</summary>
    public ulong TrustCenter { get; init; }

    /// <summary>The network key, in hexadecimal.</summary>
    public string NetworkKey { get; init; } = string.Empty;

    /// <summary>The number of the network key.</summary>
    public byte NetworkKeySequence { get; init; }

    /// <summary>The next network key, in hexadecimal; empty when there is none.</summary>
    public string NextNetworkKey { get; init; } = string.Empty;

    /// <summary>The trust centre link key, in hexadecimal.</summary>
    public string TrustCenterLinkKey { get; init; } = string.Empty;

    /// <summary>From where the frame counter of the network layer goes on.</summary>
    public uint NetworkFrameCounter { get; init; }

    /// <summary>From where the frame counter of the trust centre link key goes on.</summary>
    public uint ApsFrameCounter { get; init; }

    /// <summary>The key table.</summary>
    public IReadOnlyList<NcpKeyRecord> Keys { get; init; } = [];

    /// <summary>The devices in the network.</summary>
    public IReadOnlyList<NcpChildRecord> Children { get; init; } = [];
}

/// <summary>An entry of the key table.</summary>
/// <param name="Index">Which entry.</param>
/// <param name="Eui64">Whom the key is shared with.</param>
/// <param name="Key">The key, in hexadecimal.</param>
internal sealed record NcpKeyRecord(byte Index, ulong Eui64, string Key);

/// <summary>A device in the network.</summary>
/// <param name="Eui64">Its EUI-64.</param>
/// <param name="NodeId">Its short address.</param>
internal sealed record NcpChildRecord(ulong Eui64, ushort NodeId);
