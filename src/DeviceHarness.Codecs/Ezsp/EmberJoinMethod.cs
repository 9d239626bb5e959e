namespace DeviceHarness.Codecs.Ezsp;

/// <summary>How a node comes into a network.</summary>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.4 sums it up.</remarks>
public enum EmberJoinMethod : byte
{
    /// <summary>Associates with a parent that takes new devices.</summary>
    MacAssociation = 0x00,

    /// <summary>Rejoins, secured by the network key that it has.</summary>
    NwkRejoin = 0x01,

    /// <summary>Rejoins unsecured, or is commissioned.</summary>
    NwkRejoinHaveNetworkKey = 0x02,
}
