namespace DeviceHarness.Codecs.Ezsp;

/// <summary>What the stack says, in one octet: versions 4 to 13.</summary>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.3 sums it up.</remarks>
public enum EmberStatus : byte
{
    /// <summary>Done.</summary>
    Success = 0x00,

    /// <summary>An argument is wrong.</summary>
    BadArgument = 0x02,

    /// <summary>No buffers are left.</summary>
    NoBuffers = 0x18,

    /// <summary>The parent holds no data.</summary>
    MacNoData = 0x31,

    /// <summary>A sleeping destination did not fetch the message in time.</summary>
    MacIndirectTimeout = 0x39,

    /// <summary>The next hop did not acknowledge.</summary>
    MacNoAck = 0x40,

    /// <summary>The destination did not acknowledge.</summary>
    DeliveryFailed = 0x66,

    /// <summary>The call is not allowed now.</summary>
    InvalidCall = 0x70,

    /// <summary>Too many messages are on their way.</summary>
    MaxMessageLimitReached = 0x72,

    /// <summary>The message does not fit.</summary>
    MessageTooLong = 0x74,

    /// <summary>The network is up.</summary>
    NetworkUp = 0x90,

    /// <summary>The network is down.</summary>
    NetworkDown = 0x91,

    /// <summary>The adapter is in no network.</summary>
    NotJoined = 0x93,

    /// <summary>The network could not be joined.</summary>
    JoinFailed = 0x94,

    /// <summary>No new parent was found.</summary>
    MoveFailed = 0x96,

    /// <summary>The network takes no routers.</summary>
    CannotJoinAsRouter = 0x98,

    /// <summary>The own short address changed.</summary>
    NodeIdChanged = 0x99,

    /// <summary>The PAN identifier changed.</summary>
    PanIdChanged = 0x9A,

    /// <summary>The channel changed.</summary>
    ChannelChanged = 0x9B,

    /// <summary>The network takes new devices.</summary>
    NetworkOpened = 0x9C,

    /// <summary>The network takes no new devices.</summary>
    NetworkClosed = 0x9D,

    /// <summary>The network is busy.</summary>
    NetworkBusy = 0xA1,

    /// <summary>The APS layer could not encrypt.</summary>
    ApsEncryptionError = 0xA6,

    /// <summary>The initial security state was not set.</summary>
    SecurityStateNotSet = 0xA8,

    /// <summary>No network was heard.</summary>
    NoBeacons = 0xAB,

    /// <summary>A key came in clear.</summary>
    ReceivedKeyInTheClear = 0xAC,

    /// <summary>No network key came.</summary>
    NoNetworkKeyReceived = 0xAD,

    /// <summary>No link key came.</summary>
    NoLinkKeyReceived = 0xAE,

    /// <summary>A key must be configured first.</summary>
    PreconfiguredKeyRequired = 0xAF,

    /// <summary>There is no such entry.</summary>
    IndexOutOfRange = 0xB1,

    /// <summary>The table is full.</summary>
    TableFull = 0xB4,

    /// <summary>The image lacks that library, such as the elliptic curves.</summary>
    LibraryNotPresent = 0xB5,

    /// <summary>The entry is empty.</summary>
    TableEntryErased = 0xB6,

    /// <summary>The security configuration contradicts itself.</summary>
    SecurityConfigurationInvalid = 0xB7,

    /// <summary>The next key was not yet out long enough.</summary>
    TooSoonForSwitchKey = 0xB8,

    /// <summary>The last such operation is not over.</summary>
    OperationInProgress = 0xBA,

    /// <summary>The key must not be used.</summary>
    KeyNotAuthorized = 0xBB,

    /// <summary>The security data are invalid.</summary>
    SecurityDataInvalid = 0xBD,
}
