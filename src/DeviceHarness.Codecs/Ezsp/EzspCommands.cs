using DeviceHarness.Codecs.Ezsp.Messages;

namespace DeviceHarness.Codecs.Ezsp;

/// <summary>The commands, with what they carry and what answers them.</summary>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public static class EzspCommands
{
    /// <summary>version: the first command after every reset.</summary>
    public static EzspCommand<VersionRequest, VersionResponse> Version { get; } = new(EzspFrameId.Version);

    /// <summary>addEndpoint.</summary>
    public static EzspCommand<AddEndpointRequest, EzspStatusParameter> AddEndpoint { get; } = new(EzspFrameId.AddEndpoint);

    /// <summary>getExtendedValue.</summary>
    public static EzspCommand<GetExtendedValueRequest, ValueResponse> GetExtendedValue { get; } = new(EzspFrameId.GetExtendedValue);

    /// <summary>nop.</summary>
    public static EzspCommand<NoParameters, NoParameters> Nop { get; } = new(EzspFrameId.Nop);

    /// <summary>callback: asks for a waiting callback.</summary>
    public static EzspCommand<NoParameters, NoParameters> Callback { get; } = new(EzspFrameId.Callback);

    /// <summary>getMfgToken.</summary>
    public static EzspCommand<OctetParameter, CountedParameter> GetMfgToken { get; } = new(EzspFrameId.GetMfgToken);

    /// <summary>setConcentrator.</summary>
    public static EzspCommand<SetConcentratorRequest, EmberStatusParameter> SetConcentrator { get; } = new(EzspFrameId.SetConcentrator);

    /// <summary>requestLinkKey.</summary>
    public static EzspCommand<Eui64Parameter, EmberStatusParameter> RequestLinkKey { get; } = new(EzspFrameId.RequestLinkKey);

    /// <summary>setManufacturerCode.</summary>
    public static EzspCommand<WordParameter, SetManufacturerCodeResponse> SetManufacturerCode { get; } =
        new(EzspFrameId.SetManufacturerCode);

    /// <summary>networkInit.</summary>
    public static EzspCommand<NetworkInitRequest, EmberStatusParameter> NetworkInit { get; } = new(EzspFrameId.NetworkInit);

    /// <summary>networkState.</summary>
    public static EzspCommand<NoParameters, NetworkStateResponse> NetworkState { get; } = new(EzspFrameId.NetworkState);

    /// <summary>startScan.</summary>
    public static EzspCommand<StartScanRequest, SlStatusParameter> StartScan { get; } = new(EzspFrameId.StartScan);

    /// <summary>formNetwork.</summary>
    public static EzspCommand<FormNetworkRequest, EmberStatusParameter> FormNetwork { get; } = new(EzspFrameId.FormNetwork);

    /// <summary>joinNetwork.</summary>
    public static EzspCommand<JoinNetworkRequest, EmberStatusParameter> JoinNetwork { get; } = new(EzspFrameId.JoinNetwork);

    /// <summary>leaveNetwork.</summary>
    public static EzspCommand<LeaveNetworkRequest, EmberStatusParameter> LeaveNetwork { get; } = new(EzspFrameId.LeaveNetwork);

    /// <summary>findAndRejoinNetwork.</summary>
    public static EzspCommand<FindAndRejoinNetworkRequest, EmberStatusParameter> FindAndRejoinNetwork { get; } =
        new(EzspFrameId.FindAndRejoinNetwork);

    /// <summary>permitJoining.</summary>
    public static EzspCommand<OctetParameter, EmberStatusParameter> PermitJoining { get; } = new(EzspFrameId.PermitJoining);

    /// <summary>getEui64.</summary>
    public static EzspCommand<NoParameters, Eui64Parameter> GetEui64 { get; } = new(EzspFrameId.GetEui64);

    /// <summary>getNodeId.</summary>
    public static EzspCommand<NoParameters, WordParameter> GetNodeId { get; } = new(EzspFrameId.GetNodeId);

    /// <summary>getNetworkParameters.</summary>
    public static EzspCommand<NoParameters, GetNetworkParametersResponse> GetNetworkParameters { get; } =
        new(EzspFrameId.GetNetworkParameters);

    /// <summary>getParentChildParameters.</summary>
    public static EzspCommand<NoParameters, ParentChildParameters> GetParentChildParameters { get; } =
        new(EzspFrameId.GetParentChildParameters);

    /// <summary>maximumPayloadLength.</summary>
    public static EzspCommand<NoParameters, OctetParameter> MaximumPayloadLength { get; } = new(EzspFrameId.MaximumPayloadLength);

    /// <summary>sendUnicast.</summary>
    public static EzspCommand<SendUnicastRequest, SendResponse> SendUnicast { get; } = new(EzspFrameId.SendUnicast);

    /// <summary>sendBroadcast.</summary>
    public static EzspCommand<SendBroadcastRequest, SendResponse> SendBroadcast { get; } = new(EzspFrameId.SendBroadcast);

    /// <summary>sendMulticast.</summary>
    public static EzspCommand<SendMulticastRequest, SendResponse> SendMulticast { get; } = new(EzspFrameId.SendMulticast);

    /// <summary>sendReply.</summary>
    public static EzspCommand<SendReplyRequest, EmberStatusParameter> SendReply { get; } = new(EzspFrameId.SendReply);

    /// <summary>pollForData.</summary>
    public static EzspCommand<PollForDataRequest, EmberStatusParameter> PollForData { get; } = new(EzspFrameId.PollForData);

    /// <summary>getConfigurationValue.</summary>
    public static EzspCommand<OctetParameter, GetConfigurationValueResponse> GetConfigurationValue { get; } =
        new(EzspFrameId.GetConfigurationValue);

    /// <summary>setConfigurationValue.</summary>
    public static EzspCommand<SetConfigurationValueRequest, EzspStatusParameter> SetConfigurationValue { get; } =
        new(EzspFrameId.SetConfigurationValue);

    /// <summary>setPolicy.</summary>
    public static EzspCommand<SetPolicyRequest, EzspStatusParameter> SetPolicy { get; } = new(EzspFrameId.SetPolicy);

    /// <summary>getPolicy.</summary>
    public static EzspCommand<OctetParameter, GetPolicyResponse> GetPolicy { get; } = new(EzspFrameId.GetPolicy);

    /// <summary>setSourceRouteDiscoveryMode.</summary>
    public static EzspCommand<OctetParameter, DoubleWordParameter> SetSourceRouteDiscoveryMode { get; } =
        new(EzspFrameId.SetSourceRouteDiscoveryMode);

    /// <summary>lookupNodeIdByEui64.</summary>
    public static EzspCommand<Eui64Parameter, WordParameter> LookupNodeIdByEui64 { get; } = new(EzspFrameId.LookupNodeIdByEui64);

    /// <summary>lookupEui64ByNodeId.</summary>
    public static EzspCommand<WordParameter, LookupEui64Response> LookupEui64ByNodeId { get; } = new(EzspFrameId.LookupEui64ByNodeId);

    /// <summary>setMulticastTableEntry.</summary>
    public static EzspCommand<SetMulticastTableEntryRequest, EmberStatusParameter> SetMulticastTableEntry { get; } =
        new(EzspFrameId.SetMulticastTableEntry);

    /// <summary>readAndClearCounters.</summary>
    public static EzspCommand<NoParameters, CountersResponse> ReadAndClearCounters { get; } = new(EzspFrameId.ReadAndClearCounters);

    /// <summary>addOrUpdateKeyTableEntry, versions 4 to 12.</summary>
    public static EzspCommand<AddOrUpdateKeyTableEntryRequest, EmberStatusParameter> AddOrUpdateKeyTableEntry { get; } =
        new(EzspFrameId.AddOrUpdateKeyTableEntry);

    /// <summary>sendTrustCenterLinkKey.</summary>
    public static EzspCommand<SendTrustCenterLinkKeyRequest, EmberStatusParameter> SendTrustCenterLinkKey { get; } =
        new(EzspFrameId.SendTrustCenterLinkKey);

    /// <summary>setInitialSecurityState.</summary>
    public static EzspCommand<SetInitialSecurityStateRequest, EmberStatusParameter> SetInitialSecurityState { get; } =
        new(EzspFrameId.SetInitialSecurityState);

    /// <summary>getCurrentSecurityState.</summary>
    public static EzspCommand<NoParameters, CurrentSecurityStateResponse> GetCurrentSecurityState { get; } =
        new(EzspFrameId.GetCurrentSecurityState);

    /// <summary>getKey, versions 4 to 12.</summary>
    public static EzspCommand<OctetParameter, KeyResponse> GetKey { get; } = new(EzspFrameId.GetKey);

    /// <summary>clearTransientLinkKeys.</summary>
    public static EzspCommand<NoParameters, NoParameters> ClearTransientLinkKeys { get; } = new(EzspFrameId.ClearTransientLinkKeys);

    /// <summary>updateTcLinkKey.</summary>
    public static EzspCommand<OctetParameter, EmberStatusParameter> UpdateTcLinkKey { get; } = new(EzspFrameId.UpdateTcLinkKey);

    /// <summary>aesMmoHash.</summary>
    public static EzspCommand<AesMmoHashRequest, AesMmoHashResponse> AesMmoHash { get; } = new(EzspFrameId.AesMmoHash);

    /// <summary>getKeyTableEntry, versions 4 to 12.</summary>
    public static EzspCommand<OctetParameter, KeyResponse> GetKeyTableEntry { get; } = new(EzspFrameId.GetKeyTableEntry);

    /// <summary>setKeyTableEntry, versions 4 to 12.</summary>
    public static EzspCommand<SetKeyTableEntryRequest, EmberStatusParameter> SetKeyTableEntry { get; } =
        new(EzspFrameId.SetKeyTableEntry);

    /// <summary>broadcastNextNetworkKey.</summary>
    public static EzspCommand<KeyParameter, EmberStatusParameter> BroadcastNextNetworkKey { get; } =
        new(EzspFrameId.BroadcastNextNetworkKey);

    /// <summary>broadcastNetworkKeySwitch.</summary>
    public static EzspCommand<NoParameters, EmberStatusParameter> BroadcastNetworkKeySwitch { get; } =
        new(EzspFrameId.BroadcastNetworkKeySwitch);

    /// <summary>findKeyTableEntry.</summary>
    public static EzspCommand<FindKeyTableEntryRequest, OctetParameter> FindKeyTableEntry { get; } = new(EzspFrameId.FindKeyTableEntry);

    /// <summary>eraseKeyTableEntry.</summary>
    public static EzspCommand<OctetParameter, EmberStatusParameter> EraseKeyTableEntry { get; } = new(EzspFrameId.EraseKeyTableEntry);

    /// <summary>calculateSmacs.</summary>
    public static EzspCommand<CalculateSmacsRequest, EmberStatusParameter> CalculateSmacs { get; } = new(EzspFrameId.CalculateSmacs);

    /// <summary>clearTemporaryDataMaybeStoreLinkKey.</summary>
    public static EzspCommand<OctetParameter, EmberStatusParameter> ClearTemporaryDataMaybeStoreLinkKey { get; } =
        new(EzspFrameId.ClearTemporaryDataMaybeStoreLinkKey);

    /// <summary>setPreinstalledCbkeData.</summary>
    public static EzspCommand<SetPreinstalledCbkeDataRequest, EmberStatusParameter> SetPreinstalledCbkeData { get; } =
        new(EzspFrameId.SetPreinstalledCbkeData);

    /// <summary>dsaVerify.</summary>
    public static EzspCommand<DsaVerifyRequest, EmberStatusParameter> DsaVerify { get; } = new(EzspFrameId.DsaVerify);

    /// <summary>generateCbkeKeys.</summary>
    public static EzspCommand<NoParameters, EmberStatusParameter> GenerateCbkeKeys { get; } = new(EzspFrameId.GenerateCbkeKeys);

    /// <summary>getCertificate.</summary>
    public static EzspCommand<NoParameters, CertificateResponse> GetCertificate { get; } = new(EzspFrameId.GetCertificate);

    /// <summary>dsaSign.</summary>
    public static EzspCommand<CountedParameter, EmberStatusParameter> DsaSign { get; } = new(EzspFrameId.DsaSign);

    /// <summary>removeDevice.</summary>
    public static EzspCommand<RemoveDeviceRequest, EmberStatusParameter> RemoveDevice { get; } = new(EzspFrameId.RemoveDevice);

    /// <summary>unicastNwkKeyUpdate.</summary>
    public static EzspCommand<UnicastNwkKeyUpdateRequest, EmberStatusParameter> UnicastNwkKeyUpdate { get; } =
        new(EzspFrameId.UnicastNwkKeyUpdate);

    /// <summary>getValue.</summary>
    public static EzspCommand<OctetParameter, ValueResponse> GetValue { get; } = new(EzspFrameId.GetValue);

    /// <summary>setValue.</summary>
    public static EzspCommand<SetValueRequest, EzspStatusParameter> SetValue { get; } = new(EzspFrameId.SetValue);

    /// <summary>addTransientLinkKey, versions 5 to 12.</summary>
    public static EzspCommand<AddTransientLinkKeyRequest, EmberStatusParameter> AddTransientLinkKey { get; } =
        new(EzspFrameId.AddTransientLinkKey);

    /// <summary>dsaVerify283k1.</summary>
    public static EzspCommand<DsaVerifyRequest283K1, EmberStatusParameter> DsaVerify283K1 { get; } = new(EzspFrameId.DsaVerify283K1);

    /// <summary>clearKeyTable.</summary>
    public static EzspCommand<NoParameters, EmberStatusParameter> ClearKeyTable { get; } = new(EzspFrameId.ClearKeyTable);

    /// <summary>generateCbkeKeys283k1.</summary>
    public static EzspCommand<NoParameters, EmberStatusParameter> GenerateCbkeKeys283K1 { get; } = new(EzspFrameId.GenerateCbkeKeys283K1);

    /// <summary>calculateSmacs283k1.</summary>
    public static EzspCommand<CalculateSmacsRequest283K1, EmberStatusParameter> CalculateSmacs283K1 { get; } =
        new(EzspFrameId.CalculateSmacs283K1);

    /// <summary>getCertificate283k1.</summary>
    public static EzspCommand<NoParameters, CertificateResponse283K1> GetCertificate283K1 { get; } = new(EzspFrameId.GetCertificate283K1);

    /// <summary>savePreinstalledCbkeData283k1.</summary>
    public static EzspCommand<NoParameters, EmberStatusParameter> SavePreinstalledCbkeData283K1 { get; } =
        new(EzspFrameId.SavePreinstalledCbkeData283K1);

    /// <summary>clearTemporaryDataMaybeStoreLinkKey283k1.</summary>
    public static EzspCommand<OctetParameter, EmberStatusParameter> ClearTemporaryDataMaybeStoreLinkKey283K1 { get; } =
        new(EzspFrameId.ClearTemporaryDataMaybeStoreLinkKey283K1);

    /// <summary>getApsKeyInfo, version 12 and later.</summary>
    public static EzspCommand<ExportKeyRequest, ApsKeyInfoResponse> GetApsKeyInfo { get; } = new(EzspFrameId.GetApsKeyInfo);

    /// <summary>exportLinkKeyByEui, version 12 and later.</summary>
    public static EzspCommand<Eui64Parameter, ExportLinkKeyByEuiResponse> ExportLinkKeyByEui { get; } =
        new(EzspFrameId.ExportLinkKeyByEui);

    /// <summary>importLinkKey, version 12 and later.</summary>
    public static EzspCommand<ImportLinkKeyRequest, SlStatusParameter> ImportLinkKey { get; } = new(EzspFrameId.ImportLinkKey);

    /// <summary>exportLinkKeyByIndex, version 12 and later.</summary>
    public static EzspCommand<OctetParameter, ExportLinkKeyByIndexResponse> ExportLinkKeyByIndex { get; } =
        new(EzspFrameId.ExportLinkKeyByIndex);

    /// <summary>importTransientKey, version 12 and later.</summary>
    public static EzspCommand<ImportTransientKeyRequest, SlStatusParameter> ImportTransientKey { get; } =
        new(EzspFrameId.ImportTransientKey);

    /// <summary>exportKey, version 12 and later.</summary>
    public static EzspCommand<ExportKeyRequest, ExportKeyResponse> ExportKey { get; } = new(EzspFrameId.ExportKey);

    /// <summary>importKey, version 12 and later.</summary>
    public static EzspCommand<ImportKeyRequest, SlStatusParameter> ImportKey { get; } = new(EzspFrameId.ImportKey);

    /// <summary>getNetworkKeyInfo, version 12 and later.</summary>
    public static EzspCommand<NoParameters, NetworkKeyInfoResponse> GetNetworkKeyInfo { get; } = new(EzspFrameId.GetNetworkKeyInfo);
}
