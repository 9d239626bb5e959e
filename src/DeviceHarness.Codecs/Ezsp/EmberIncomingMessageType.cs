namespace DeviceHarness.Codecs.Ezsp;

/// <summary>How a message came.</summary>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.4 sums it up.</remarks>
public enum EmberIncomingMessageType : byte
{
    /// <summary>To this node alone.</summary>
    Unicast = 0x00,

    /// <summary>A reply to this node alone.</summary>
    UnicastReply = 0x01,

    /// <summary>To a group.</summary>
    Multicast = 0x02,

    /// <summary>To a group, from this node.</summary>
    MulticastLoopback = 0x03,

    /// <summary>To many.</summary>
    Broadcast = 0x04,

    /// <summary>To many, from this node.</summary>
    BroadcastLoopback = 0x05,

    /// <summary>A many-to-one route request.</summary>
    ManyToOneRouteRequest = 0x06,
}
