namespace DeviceHarness.Codecs.Ezsp;

/// <summary>What setConfigurationValue sets: sixteen bits each.</summary>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public enum EzspConfigurationId : byte
{
    /// <summary>Packet buffers, or heap.</summary>
    PacketBufferCount = 0x01,

    /// <summary>Entries of the neighbour table.</summary>
    NeighborTableSize = 0x02,

    /// <summary>Unicast messages on their way at once.</summary>
    ApsUnicastMessageCount = 0x03,

    /// <summary>Entries of the binding table.</summary>
    BindingTableSize = 0x04,

    /// <summary>Entries of the address table.</summary>
    AddressTableSize = 0x05,

    /// <summary>Entries of the multicast table.</summary>
    MulticastTableSize = 0x06,

    /// <summary>Entries of the route table.</summary>
    RouteTableSize = 0x07,

    /// <summary>Entries of the route discovery table.</summary>
    DiscoveryTableSize = 0x08,

    /// <summary>The stack profile: 2 is ZigBee Pro.</summary>
    StackProfile = 0x0C,

    /// <summary>The security level: 5 is encryption and a 32-bit code.</summary>
    SecurityLevel = 0x0D,

    /// <summary>The most hops of a message.</summary>
    MaxHops = 0x10,

    /// <summary>End devices that may be children.</summary>
    MaxEndDeviceChildren = 0x11,

    /// <summary>How long a message waits for a sleeping child, in ms.</summary>
    IndirectTransmissionTimeout = 0x12,

    /// <summary>How long a child may be silent: 0 is 10 s, n is 2 to the n minutes.</summary>
    EndDevicePollTimeout = 0x13,

    /// <summary>The transmit power mode.</summary>
    TxPowerMode = 0x17,

    /// <summary>Entries of the trust centre's address cache.</summary>
    TrustCenterAddressCacheSize = 0x19,

    /// <summary>Entries of the source route table.</summary>
    SourceRouteTableSize = 0x1A,

    /// <summary>Fragments on their way at once.</summary>
    FragmentWindowSize = 0x1C,

    /// <summary>The pause between fragments, in ms.</summary>
    FragmentDelayMs = 0x1D,

    /// <summary>Entries of the link key table.</summary>
    KeyTableSize = 0x1E,

    /// <summary>How long to wait for an APS acknowledgement, in ms.</summary>
    ApsAckTimeout = 0x1F,

    /// <summary>The duration exponent of an active scan.</summary>
    ActiveScanDuration = 0x20,

    /// <summary>How long the trust centre holds the first of two requests for an application key, in minutes.</summary>
    RequestKeyTimeout = 0x24,

    /// <summary>Entries of the certificate table.</summary>
    CertificateTableSize = 0x29,

    /// <summary>Which ZDO requests the host answers.</summary>
    ApplicationZdoFlags = 0x2A,

    /// <summary>Entries of the broadcast table.</summary>
    BroadcastTableSize = 0x2B,

    /// <summary>Networks at once.</summary>
    SupportedNetworks = 0x2D,

    /// <summary>How long a transient key lasts, in seconds.</summary>
    TransientKeyTimeout = 0x36,
}
