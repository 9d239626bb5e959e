namespace DeviceHarness.Codecs.Ezsp;

/// <summary>What getValue and setValue are about.</summary>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public enum EzspValueId : byte
{
    /// <summary>Whether callbacks wait to be asked for.</summary>
    UartSynchCallbacks = 0x04,

    /// <summary>Whether the stack writes its tokens.</summary>
    StackTokenWriting = 0x07,

    /// <summary>More security bits.</summary>
    ExtendedSecurityBitmask = 0x0A,

    /// <summary>Build, major, minor, patch, special, type.</summary>
    VersionInfo = 0x11,

    /// <summary>The threshold of the clear channel assessment.</summary>
    CcaThreshold = 0x15,

    /// <summary>The own certificate of the 283k1 curve.</summary>
    Certificate283K1 = 0x1A,

    /// <summary>The authority's public key of the 283k1 curve.</summary>
    PublicKey283K1 = 0x1B,

    /// <summary>The own private key of the 283k1 curve.</summary>
    PrivateKey283K1 = 0x1C,

    /// <summary>The outgoing frame counter of the network layer.</summary>
    NwkFrameCounter = 0x23,

    /// <summary>The outgoing frame counter of the trust centre link key.</summary>
    ApsFrameCounter = 0x24,

    /// <summary>How long a joining device is remembered.</summary>
    TransientDeviceTimeout = 0x43,
}
