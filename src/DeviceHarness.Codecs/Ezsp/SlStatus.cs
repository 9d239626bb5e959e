namespace DeviceHarness.Codecs.Ezsp;

/// <summary>What an adapter says in four octets: version 14 and later, and the security manager since 12.</summary>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.3 sums it up.</remarks>
public enum SlStatus : uint
{
    /// <summary>Done.</summary>
    Ok = 0x0000,

    /// <summary>Failed for another reason.</summary>
    Fail = 0x0001,

    /// <summary>The call is not allowed now.</summary>
    InvalidState = 0x0002,

    /// <summary>Not ready.</summary>
    NotReady = 0x0003,

    /// <summary>Busy.</summary>
    Busy = 0x0004,

    /// <summary>Begun; what comes of it is told later.</summary>
    InProgress = 0x0005,

    /// <summary>Given up.</summary>
    Abort = 0x0006,

    /// <summary>No answer in time.</summary>
    Timeout = 0x0007,

    /// <summary>The image lacks it.</summary>
    NotSupported = 0x000F,

    /// <summary>The network is up.</summary>
    NetworkUp = 0x0015,

    /// <summary>The network is down.</summary>
    NetworkDown = 0x0016,

    /// <summary>The adapter is in no network.</summary>
    NotJoined = 0x0017,

    /// <summary>No room is left.</summary>
    NoMoreResource = 0x0019,

    /// <summary>An argument is wrong.</summary>
    InvalidParameter = 0x0021,

    /// <summary>There is no such entry.</summary>
    NotFound = 0x002D,

    /// <summary>The destination did not acknowledge.</summary>
    DeliveryFailed = 0x0C02,

    /// <summary>Too many messages are on their way.</summary>
    MaxMessageLimitReached = 0x0C03,

    /// <summary>No new parent was found.</summary>
    MoveFailed = 0x0C06,

    /// <summary>The own short address changed.</summary>
    NodeIdChanged = 0x0C07,

    /// <summary>The APS layer could not encrypt.</summary>
    ApsEncryptionError = 0x0C0A,

    /// <summary>The initial security state was not set.</summary>
    SecurityStateNotSet = 0x0C0B,

    /// <summary>The next key was not yet out long enough.</summary>
    TooSoonForSwitchKey = 0x0C0C,

    /// <summary>The key must not be used.</summary>
    KeyNotAuthorized = 0x0C0E,

    /// <summary>The PAN identifier changed.</summary>
    PanIdChanged = 0x0C16,

    /// <summary>The channel changed.</summary>
    ChannelChanged = 0x0C17,

    /// <summary>The network takes new devices.</summary>
    NetworkOpened = 0x0C18,

    /// <summary>The network takes no new devices.</summary>
    NetworkClosed = 0x0C19,

    /// <summary>A key came in clear.</summary>
    ReceivedKeyInTheClear = 0x0C1A,

    /// <summary>No network key came.</summary>
    NoNetworkKeyReceived = 0x0C1B,

    /// <summary>No link key came.</summary>
    NoLinkKeyReceived = 0x0C1C,

    /// <summary>A key must be configured first.</summary>
    PreconfiguredKeyRequired = 0x0C1D,

    /// <summary>The destination sent no APS acknowledgement.</summary>
    NoApsAck = 0x0C20,
}
