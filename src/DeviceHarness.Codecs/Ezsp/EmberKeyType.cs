namespace DeviceHarness.Codecs.Ezsp;

/// <summary>Which key getKey is about, in versions 4 to 12.</summary>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public enum EmberKeyType : byte
{
    /// <summary>The trust centre link key.</summary>
    TrustCenterLinkKey = 0x01,

    /// <summary>The network key in use.</summary>
    CurrentNetworkKey = 0x03,

    /// <summary>The network key that is switched to next.</summary>
    NextNetworkKey = 0x04,

    /// <summary>A link key of the key table.</summary>
    ApplicationLinkKey = 0x05,
}
