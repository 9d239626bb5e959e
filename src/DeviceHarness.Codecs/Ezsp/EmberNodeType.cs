namespace DeviceHarness.Codecs.Ezsp;

/// <summary>What a node is in its network.</summary>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.4 sums it up.</remarks>
public enum EmberNodeType : byte
{
    /// <summary>Not in a network.</summary>
    Unknown = 0x00,

    /// <summary>Formed the network.</summary>
    Coordinator = 0x01,

    /// <summary>Relays for others.</summary>
    Router = 0x02,

    /// <summary>Has a parent, and its receiver is on.</summary>
    EndDevice = 0x03,

    /// <summary>Has a parent, and asks it for messages when awake.</summary>
    SleepyEndDevice = 0x04,
}
