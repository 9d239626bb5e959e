namespace DeviceHarness.Codecs.Ezsp;

/// <summary>The options of an APS frame.</summary>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.4 sums it up.</remarks>
[Flags]
public enum EmberApsOptions : ushort
{
    /// <summary>None.</summary>
    None = 0x0000,

    /// <summary>Sign it.</summary>
    DsaSign = 0x0010,

    /// <summary>Encrypt it with the APS link key; of a received message: it was.</summary>
    Encryption = 0x0020,

    /// <summary>Ask for an APS acknowledgement and repeat without.</summary>
    Retry = 0x0040,

    /// <summary>Look for a route when none is known.</summary>
    EnableRouteDiscovery = 0x0100,

    /// <summary>Look for a route in any case.</summary>
    ForceRouteDiscovery = 0x0200,

    /// <summary>Carry the source's EUI-64.</summary>
    SourceEui64 = 0x0400,

    /// <summary>Carry the destination's EUI-64.</summary>
    DestinationEui64 = 0x0800,

    /// <summary>Look for the address when it is not known.</summary>
    EnableAddressDiscovery = 0x1000,

    /// <summary>It answers a poll.</summary>
    PollResponse = 0x2000,

    /// <summary>The host has to answer this ZDO request.</summary>
    ZdoResponseRequired = 0x4000,

    /// <summary>It is a fragment.</summary>
    Fragment = 0x8000,
}
