namespace DeviceHarness.Codecs.Ezsp;

/// <summary>What the initial security state holds and asks for.</summary>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
[Flags]
public enum EmberInitialSecurityBits : ushort
{
    /// <summary>None.</summary>
    None = 0x0000,

    /// <summary>The trust centre has one link key for all.</summary>
    TrustCenterGlobalLinkKey = 0x0004,

    /// <summary>The trust centre's EUI-64 is given.</summary>
    HaveTrustCenterEui64 = 0x0040,

    /// <summary>Set with TrustCenterGlobalLinkKey: link keys are hashed from one key.</summary>
    HashedLinkKeyOnly = 0x0080,

    /// <summary>The trust centre hashes link keys from one key.</summary>
    TrustCenterUsesHashedLinkKey = 0x0084,

    /// <summary>The preconfigured key is given.</summary>
    HavePreconfiguredKey = 0x0100,

    /// <summary>The network key is given.</summary>
    HaveNetworkKey = 0x0200,

    /// <summary>Ask for a link key after joining.</summary>
    GetLinkKeyWhenJoining = 0x0400,

    /// <summary>Take the network key only encrypted.</summary>
    RequireEncryptedKey = 0x0800,

    /// <summary>Go on with the frame counters.</summary>
    NoFrameCounterReset = 0x1000,

    /// <summary>The preconfigured key comes from the install code.</summary>
    GetPreconfiguredKeyFromInstallCode = 0x2000,
}
