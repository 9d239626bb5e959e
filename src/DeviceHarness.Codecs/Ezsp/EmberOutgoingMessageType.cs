namespace DeviceHarness.Codecs.Ezsp;

/// <summary>How the destination of a message is given.</summary>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.4 sums it up.</remarks>
public enum EmberOutgoingMessageType : byte
{
    /// <summary>By its short address.</summary>
    Direct = 0x00,

    /// <summary>By an entry of the address table.</summary>
    ViaAddressTable = 0x01,

    /// <summary>By an entry of the binding table.</summary>
    ViaBinding = 0x02,

    /// <summary>A group.</summary>
    Multicast = 0x03,

    /// <summary>A broadcast address.</summary>
    Broadcast = 0x04,
}
