namespace DeviceHarness.Drivers.Han;

/// <summary>What is known of a node of the home area network at one moment.</summary>
public sealed record HanNode
{
    /// <summary>Its EUI-64, as a number.</summary>
    public required ulong Eui64 { get; init; }

    /// <summary>Its short address; it may change when the node rejoins.</summary>
    public required ushort NodeId { get; init; }

    /// <summary>What it is in the network.</summary>
    public HanNodeKind Kind { get; init; }

    /// <summary>Its manufacturer's code; null before it told.</summary>
    public ushort? ManufacturerCode { get; init; }

    /// <summary>The link quality of the last hop of the last message, 0 to 255; null before a message came.</summary>
    public byte? Lqi { get; init; }

    /// <summary>The signal strength of the last hop of the last message, in dBm; null before a message came.</summary>
    public sbyte? RssiDbm { get; init; }

    /// <summary>When it was heard last, polls included; null when never.</summary>
    public DateTimeOffset? LastHeardAt { get; init; }

    /// <summary>Whether key establishment gave it a link key while this network was up. Keys of an earlier run are in the adapter, which
    /// does not tell of them.</summary>
    public bool HasEstablishedKey { get; init; }

    /// <summary>Its application endpoints; empty before they were asked for.</summary>
    public IReadOnlyList<HanEndpoint> Endpoints { get; init; } = [];

    /// <summary>Whether it sleeps, as far as is known.</summary>
    public bool IsSleepy => Kind == HanNodeKind.SleepyEndDevice;

    /// <summary>The first endpoint that serves a cluster; null when none does, or none is known.</summary>
    /// <param name="cluster">The cluster.</param>
    public byte? EndpointServing(ushort cluster) =>
        Endpoints.FirstOrDefault(endpoint => endpoint.InputClusters.Contains(cluster))?.Number;
}
