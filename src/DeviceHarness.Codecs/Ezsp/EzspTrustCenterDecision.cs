namespace DeviceHarness.Codecs.Ezsp;

/// <summary>Who may join, as bits of the trust centre policy.</summary>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
[Flags]
public enum EzspTrustCenterDecision : byte
{
    /// <summary>Nobody.</summary>
    None = 0x00,

    /// <summary>Devices may join.</summary>
    AllowJoins = 0x01,

    /// <summary>Devices may rejoin without the network key.</summary>
    AllowUnsecuredRejoins = 0x02,

    /// <summary>The network key is sent in clear.</summary>
    SendKeyInClear = 0x04,

    /// <summary>Rejoins without the network key are not answered.</summary>
    IgnoreUnsecuredRejoins = 0x08,

    /// <summary>Devices join only with a key from their install code.</summary>
    JoinsUseInstallCodeKey = 0x10,

    /// <summary>The host decides.</summary>
    DeferJoins = 0x20,
}
