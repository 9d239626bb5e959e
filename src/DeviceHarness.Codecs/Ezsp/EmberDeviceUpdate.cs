namespace DeviceHarness.Codecs.Ezsp;

/// <summary>What a device did, as the trust centre is told.</summary>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public enum EmberDeviceUpdate : byte
{
    /// <summary>Rejoined with the network key.</summary>
    StandardSecuritySecuredRejoin = 0x00,

    /// <summary>Joined without the network key.</summary>
    StandardSecurityUnsecuredJoin = 0x01,

    /// <summary>Left.</summary>
    DeviceLeft = 0x02,

    /// <summary>Rejoined without the network key.</summary>
    StandardSecurityUnsecuredRejoin = 0x03,
}
