namespace DeviceHarness.Virtual.ZigBee.Hub;

/// <summary>What a virtual hub of a home area network keeps without power. The keys are the test keys of a virtual network.</summary>
internal sealed record HanHubRecord
{
    /// <summary>The network key in use, in hexadecimal.</summary>
    public required string NetworkKey { get; init; }

    /// <summary>The nodes in the network.</summary>
    public IReadOnlyList<HanHubNodeRecord> Nodes { get; init; } = [];
}

/// <summary>A node in the network of a virtual hub.</summary>
/// <param name="Eui64">Its EUI-64.</param>
/// <param name="NodeId">Its short address.</param>
/// <param name="LinkKey">The link key that it agreed on, in hexadecimal; empty before it did.</param>
internal sealed record HanHubNodeRecord(ulong Eui64, ushort NodeId, string LinkKey);
