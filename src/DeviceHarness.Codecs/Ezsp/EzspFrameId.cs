namespace DeviceHarness.Codecs.Ezsp;

/// <summary>What an EZSP frame is. Identifiers without a name exist and are kept as numbers.</summary>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public enum EzspFrameId : ushort
{
    /// <summary>version: the first command after every reset.</summary>
    Version = 0x0000,

    /// <summary>addEndpoint.</summary>
    AddEndpoint = 0x0002,

    /// <summary>getExtendedValue.</summary>
    GetExtendedValue = 0x0003,

    /// <summary>nop.</summary>
    Nop = 0x0005,

    /// <summary>callback: asks for a waiting callback.</summary>
    Callback = 0x0006,

    /// <summary>noCallbacks: the answer to callback when none waits.</summary>
    NoCallbacks = 0x0007,

    /// <summary>getMfgToken.</summary>
    GetMfgToken = 0x000B,

    /// <summary>setConcentrator.</summary>
    SetConcentrator = 0x0010,

    /// <summary>requestLinkKey.</summary>
    RequestLinkKey = 0x0014,

    /// <summary>setManufacturerCode.</summary>
    SetManufacturerCode = 0x0015,

    /// <summary>networkInit.</summary>
    NetworkInit = 0x0017,

    /// <summary>networkState.</summary>
    NetworkState = 0x0018,

    /// <summary>stackStatusHandler, a callback.</summary>
    StackStatusHandler = 0x0019,

    /// <summary>startScan.</summary>
    StartScan = 0x001A,

    /// <summary>networkFoundHandler, a callback.</summary>
    NetworkFoundHandler = 0x001B,

    /// <summary>scanCompleteHandler, a callback.</summary>
    ScanCompleteHandler = 0x001C,

    /// <summary>formNetwork.</summary>
    FormNetwork = 0x001E,

    /// <summary>joinNetwork.</summary>
    JoinNetwork = 0x001F,

    /// <summary>leaveNetwork.</summary>
    LeaveNetwork = 0x0020,

    /// <summary>findAndRejoinNetwork.</summary>
    FindAndRejoinNetwork = 0x0021,

    /// <summary>permitJoining.</summary>
    PermitJoining = 0x0022,

    /// <summary>childJoinHandler, a callback.</summary>
    ChildJoinHandler = 0x0023,

    /// <summary>trustCenterJoinHandler, a callback.</summary>
    TrustCenterJoinHandler = 0x0024,

    /// <summary>getEui64.</summary>
    GetEui64 = 0x0026,

    /// <summary>getNodeId.</summary>
    GetNodeId = 0x0027,

    /// <summary>getNetworkParameters.</summary>
    GetNetworkParameters = 0x0028,

    /// <summary>getParentChildParameters.</summary>
    GetParentChildParameters = 0x0029,

    /// <summary>maximumPayloadLength.</summary>
    MaximumPayloadLength = 0x0033,

    /// <summary>sendUnicast.</summary>
    SendUnicast = 0x0034,

    /// <summary>sendBroadcast.</summary>
    SendBroadcast = 0x0036,

    /// <summary>sendMulticast.</summary>
    SendMulticast = 0x0038,

    /// <summary>sendReply.</summary>
    SendReply = 0x0039,

    /// <summary>messageSentHandler, a callback.</summary>
    MessageSentHandler = 0x003F,

    /// <summary>pollForData.</summary>
    PollForData = 0x0042,

    /// <summary>pollCompleteHandler, a callback.</summary>
    PollCompleteHandler = 0x0043,

    /// <summary>pollHandler, a callback.</summary>
    PollHandler = 0x0044,

    /// <summary>incomingMessageHandler, a callback.</summary>
    IncomingMessageHandler = 0x0045,

    /// <summary>energyScanResultHandler, a callback.</summary>
    EnergyScanResultHandler = 0x0048,

    /// <summary>getConfigurationValue.</summary>
    GetConfigurationValue = 0x0052,

    /// <summary>setConfigurationValue.</summary>
    SetConfigurationValue = 0x0053,

    /// <summary>setPolicy.</summary>
    SetPolicy = 0x0055,

    /// <summary>getPolicy.</summary>
    GetPolicy = 0x0056,

    /// <summary>invalidCommand: the answer to a command that the adapter refuses.</summary>
    InvalidCommand = 0x0058,

    /// <summary>incomingRouteRecordHandler, a callback.</summary>
    IncomingRouteRecordHandler = 0x0059,

    /// <summary>setSourceRouteDiscoveryMode.</summary>
    SetSourceRouteDiscoveryMode = 0x005A,

    /// <summary>lookupNodeIdByEui64.</summary>
    LookupNodeIdByEui64 = 0x0060,

    /// <summary>lookupEui64ByNodeId.</summary>
    LookupEui64ByNodeId = 0x0061,

    /// <summary>setMulticastTableEntry.</summary>
    SetMulticastTableEntry = 0x0064,

    /// <summary>readAndClearCounters.</summary>
    ReadAndClearCounters = 0x0065,

    /// <summary>addOrUpdateKeyTableEntry, versions 4 to 12.</summary>
    AddOrUpdateKeyTableEntry = 0x0066,

    /// <summary>sendTrustCenterLinkKey.</summary>
    SendTrustCenterLinkKey = 0x0067,

    /// <summary>setInitialSecurityState.</summary>
    SetInitialSecurityState = 0x0068,

    /// <summary>getCurrentSecurityState.</summary>
    GetCurrentSecurityState = 0x0069,

    /// <summary>getKey, versions 4 to 12.</summary>
    GetKey = 0x006A,

    /// <summary>clearTransientLinkKeys.</summary>
    ClearTransientLinkKeys = 0x006B,

    /// <summary>updateTcLinkKey.</summary>
    UpdateTcLinkKey = 0x006C,

    /// <summary>switchNetworkKeyHandler, a callback.</summary>
    SwitchNetworkKeyHandler = 0x006E,

    /// <summary>aesMmoHash.</summary>
    AesMmoHash = 0x006F,

    /// <summary>getKeyTableEntry, versions 4 to 12.</summary>
    GetKeyTableEntry = 0x0071,

    /// <summary>setKeyTableEntry, versions 4 to 12.</summary>
    SetKeyTableEntry = 0x0072,

    /// <summary>broadcastNextNetworkKey.</summary>
    BroadcastNextNetworkKey = 0x0073,

    /// <summary>broadcastNetworkKeySwitch.</summary>
    BroadcastNetworkKeySwitch = 0x0074,

    /// <summary>findKeyTableEntry.</summary>
    FindKeyTableEntry = 0x0075,

    /// <summary>eraseKeyTableEntry.</summary>
    EraseKeyTableEntry = 0x0076,

    /// <summary>dsaVerifyHandler, a callback.</summary>
    DsaVerifyHandler = 0x0078,

    /// <summary>incomingRouteErrorHandler, a callback.</summary>
    IncomingRouteErrorHandler = 0x0080,

    /// <summary>zigbeeKeyEstablishmentHandler, a callback.</summary>
    ZigbeeKeyEstablishmentHandler = 0x009B,

    /// <summary>generateCbkeKeysHandler, a callback.</summary>
    GenerateCbkeKeysHandler = 0x009E,

    /// <summary>calculateSmacs.</summary>
    CalculateSmacs = 0x009F,

    /// <summary>calculateSmacsHandler, a callback.</summary>
    CalculateSmacsHandler = 0x00A0,

    /// <summary>clearTemporaryDataMaybeStoreLinkKey.</summary>
    ClearTemporaryDataMaybeStoreLinkKey = 0x00A1,

    /// <summary>setPreinstalledCbkeData.</summary>
    SetPreinstalledCbkeData = 0x00A2,

    /// <summary>dsaVerify.</summary>
    DsaVerify = 0x00A3,

    /// <summary>generateCbkeKeys.</summary>
    GenerateCbkeKeys = 0x00A4,

    /// <summary>getCertificate.</summary>
    GetCertificate = 0x00A5,

    /// <summary>dsaSign.</summary>
    DsaSign = 0x00A6,

    /// <summary>dsaSignHandler, a callback.</summary>
    DsaSignHandler = 0x00A7,

    /// <summary>removeDevice.</summary>
    RemoveDevice = 0x00A8,

    /// <summary>unicastNwkKeyUpdate.</summary>
    UnicastNwkKeyUpdate = 0x00A9,

    /// <summary>getValue.</summary>
    GetValue = 0x00AA,

    /// <summary>setValue.</summary>
    SetValue = 0x00AB,

    /// <summary>addTransientLinkKey, versions 5 to 12.</summary>
    AddTransientLinkKey = 0x00AF,

    /// <summary>dsaVerify283k1.</summary>
    DsaVerify283K1 = 0x00B0,

    /// <summary>clearKeyTable.</summary>
    ClearKeyTable = 0x00B1,

    /// <summary>incomingNetworkStatusHandler, a callback.</summary>
    IncomingNetworkStatusHandler = 0x00C4,

    /// <summary>generateCbkeKeys283k1.</summary>
    GenerateCbkeKeys283K1 = 0x00E8,

    /// <summary>generateCbkeKeysHandler283k1, a callback.</summary>
    GenerateCbkeKeysHandler283K1 = 0x00E9,

    /// <summary>calculateSmacs283k1.</summary>
    CalculateSmacs283K1 = 0x00EA,

    /// <summary>calculateSmacsHandler283k1, a callback.</summary>
    CalculateSmacsHandler283K1 = 0x00EB,

    /// <summary>getCertificate283k1.</summary>
    GetCertificate283K1 = 0x00EC,

    /// <summary>savePreinstalledCbkeData283k1.</summary>
    SavePreinstalledCbkeData283K1 = 0x00ED,

    /// <summary>clearTemporaryDataMaybeStoreLinkKey283k1.</summary>
    ClearTemporaryDataMaybeStoreLinkKey283K1 = 0x00EE,

    /// <summary>getApsKeyInfo, version 12 and later.</summary>
    GetApsKeyInfo = 0x010C,

    /// <summary>exportLinkKeyByEui, version 12 and later.</summary>
    ExportLinkKeyByEui = 0x010D,

    /// <summary>importLinkKey, version 12 and later.</summary>
    ImportLinkKey = 0x010E,

    /// <summary>exportLinkKeyByIndex, version 12 and later.</summary>
    ExportLinkKeyByIndex = 0x010F,

    /// <summary>importTransientKey, version 12 and later.</summary>
    ImportTransientKey = 0x0111,

    /// <summary>exportKey, version 12 and later.</summary>
    ExportKey = 0x0114,

    /// <summary>importKey, version 12 and later.</summary>
    ImportKey = 0x0115,

    /// <summary>getNetworkKeyInfo, version 12 and later.</summary>
    GetNetworkKeyInfo = 0x0116,
}
