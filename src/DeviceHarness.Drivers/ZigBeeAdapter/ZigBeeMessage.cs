namespace DeviceHarness.Drivers.ZigBeeAdapter;

/// <summary>A message to one node.</summary>
public sealed record ZigBeeMessage
{
    /// <summary>The node's short address.</summary>
    public required ushort NodeId { get; init; }

    /// <summary>The profile; 0 is ZDO, 0109 Smart Energy.</summary>
    public required ushort Profile { get; init; }

    /// <summary>The cluster.</summary>
    public required ushort Cluster { get; init; }

    /// <summary>The endpoint that sends.</summary>
    public required byte SourceEndpoint { get; init; }

    /// <summary>The endpoint that is meant.</summary>
    public required byte DestinationEndpoint { get; init; }

    /// <summary>Whether it is encrypted with the link key that adapter and node share.</summary>
    public bool IsApsEncrypted { get; init; }

    /// <summary>What it carries.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }
}

/// <summary>What came of a message.</summary>
public enum ZigBeeDeliveryOutcome
{
    /// <summary>The node acknowledged it.</summary>
    Delivered = 0,

    /// <summary>The node did not acknowledge it: asleep, out of range, or gone.</summary>
    NotDelivered,

    /// <summary>The adapter did not take it: too many under way, too long, or no network.</summary>
    Refused,

    /// <summary>The adapter did not say in time.</summary>
    Unknown,
}

/// <summary>What came of a message, and what the adapter said.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Status">The adapter's status in words; empty when it gave none.</param>
/// <param name="ApsSequence">The message's APS counter; 0 when it was refused.</param>
/// <param name="Taken">How long it took.</param>
public sealed record ZigBeeDelivery(ZigBeeDeliveryOutcome Outcome, string Status, byte ApsSequence, TimeSpan Taken)
{
    /// <summary>Whether the node acknowledged it.</summary>
    public bool IsDelivered => Outcome == ZigBeeDeliveryOutcome.Delivered;
}
