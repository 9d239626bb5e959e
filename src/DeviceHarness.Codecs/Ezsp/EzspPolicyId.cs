namespace DeviceHarness.Codecs.Ezsp;

/// <summary>What setPolicy decides.</summary>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public enum EzspPolicyId : byte
{
    /// <summary>Who may join, as bits: see EzspTrustCenterDecision.</summary>
    TrustCenter = 0x00,

    /// <summary>Who may change bindings: 12 checks that the clusters fit.</summary>
    BindingModification = 0x01,

    /// <summary>Whether the host adds to replies.</summary>
    UnicastReplies = 0x02,

    /// <summary>Whether polls of children are told.</summary>
    PollHandler = 0x03,

    /// <summary>Whether messageSent carries the message: 40 only the tag, 41 the message.</summary>
    MessageContentsInCallback = 0x04,

    /// <summary>What a request for a trust centre link key gets: 50 nothing, 51 the current key, 52 a new one.</summary>
    TcKeyRequest = 0x05,

    /// <summary>What a request for an application link key gets: 60 nothing, 61 a key.</summary>
    AppKeyRequest = 0x06,
}
