namespace DeviceHarness.Codecs.Ezsp;

/// <summary>Which key a security manager context is about.</summary>
/// <remarks>Source: the guide's captured exports, and the EZSP messages of zigbee-herdsman 10.9.5 (MIT), read for facts.</remarks>
public enum SecurityManagerKeyType : byte
{
    /// <summary>No key.</summary>
    None = 0x00,

    /// <summary>The network key: index 0 the one in use, 1 the next.</summary>
    Network = 0x01,

    /// <summary>The trust centre link key.</summary>
    TcLink = 0x02,

    /// <summary>A transient key.</summary>
    TcLinkWithTimeout = 0x03,

    /// <summary>A link key of the key table.</summary>
    AppLink = 0x04,
}
