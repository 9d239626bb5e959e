namespace DeviceHarness.Codecs.Ezsp;

/// <summary>What networkState answers.</summary>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public enum EmberNetworkStatus : byte
{
    /// <summary>In no network.</summary>
    NoNetwork = 0x00,

    /// <summary>Joining.</summary>
    JoiningNetwork = 0x01,

    /// <summary>In a network.</summary>
    JoinedNetwork = 0x02,

    /// <summary>In a network, the parent is lost.</summary>
    JoinedNetworkNoParent = 0x03,

    /// <summary>Leaving.</summary>
    LeavingNetwork = 0x04,
}
