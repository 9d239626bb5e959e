namespace DeviceHarness.Codecs.Ezsp;

/// <summary>Every kind of frame that has a message type, by its identifier.</summary>
public static class EzspCatalogue
{
    private static readonly Dictionary<EzspFrameId, IEzspExchange> ById = new IEzspExchange[]
    {
        EzspCommands.Version, EzspCommands.AddEndpoint, EzspCommands.GetExtendedValue, EzspCommands.Nop, EzspCommands.Callback,
        EzspCommands.GetMfgToken, EzspCommands.SetConcentrator, EzspCommands.RequestLinkKey, EzspCommands.SetManufacturerCode,
        EzspCommands.NetworkInit, EzspCommands.NetworkState, EzspCommands.StartScan, EzspCommands.FormNetwork,
        EzspCommands.JoinNetwork, EzspCommands.LeaveNetwork, EzspCommands.FindAndRejoinNetwork, EzspCommands.PermitJoining,
        EzspCommands.GetEui64, EzspCommands.GetNodeId, EzspCommands.GetNetworkParameters, EzspCommands.GetParentChildParameters,
        EzspCommands.MaximumPayloadLength, EzspCommands.SendUnicast, EzspCommands.SendBroadcast, EzspCommands.SendMulticast,
        EzspCommands.SendReply, EzspCommands.PollForData, EzspCommands.GetConfigurationValue, EzspCommands.SetConfigurationValue,
        EzspCommands.SetPolicy, EzspCommands.GetPolicy, EzspCommands.SetSourceRouteDiscoveryMode, EzspCommands.LookupNodeIdByEui64,
        EzspCommands.LookupEui64ByNodeId, EzspCommands.SetMulticastTableEntry, EzspCommands.ReadAndClearCounters,
        EzspCommands.AddOrUpdateKeyTableEntry, EzspCommands.SendTrustCenterLinkKey, EzspCommands.SetInitialSecurityState,
        EzspCommands.GetCurrentSecurityState, EzspCommands.GetKey, EzspCommands.ClearTransientLinkKeys, EzspCommands.UpdateTcLinkKey,
        EzspCommands.AesMmoHash, EzspCommands.GetKeyTableEntry, EzspCommands.SetKeyTableEntry, EzspCommands.BroadcastNextNetworkKey,
        EzspCommands.BroadcastNetworkKeySwitch, EzspCommands.FindKeyTableEntry, EzspCommands.EraseKeyTableEntry,
        EzspCommands.CalculateSmacs, EzspCommands.ClearTemporaryDataMaybeStoreLinkKey, EzspCommands.SetPreinstalledCbkeData,
        EzspCommands.DsaVerify, EzspCommands.GenerateCbkeKeys, EzspCommands.GetCertificate, EzspCommands.DsaSign,
        EzspCommands.RemoveDevice, EzspCommands.UnicastNwkKeyUpdate, EzspCommands.GetValue, EzspCommands.SetValue,
        EzspCommands.AddTransientLinkKey, EzspCommands.DsaVerify283K1, EzspCommands.ClearKeyTable, EzspCommands.GenerateCbkeKeys283K1,
        EzspCommands.CalculateSmacs283K1, EzspCommands.GetCertificate283K1, EzspCommands.SavePreinstalledCbkeData283K1,
        EzspCommands.ClearTemporaryDataMaybeStoreLinkKey283K1, EzspCommands.GetApsKeyInfo, EzspCommands.ExportLinkKeyByEui,
        EzspCommands.ImportLinkKey, EzspCommands.ExportLinkKeyByIndex, EzspCommands.ImportTransientKey, EzspCommands.ExportKey,
        EzspCommands.ImportKey, EzspCommands.GetNetworkKeyInfo, EzspCallbacks.StackStatusHandler, EzspCallbacks.NetworkFoundHandler,
        EzspCallbacks.ScanCompleteHandler, EzspCallbacks.ChildJoinHandler, EzspCallbacks.TrustCenterJoinHandler,
        EzspCallbacks.MessageSentHandler, EzspCallbacks.PollCompleteHandler, EzspCallbacks.PollHandler,
        EzspCallbacks.IncomingMessageHandler, EzspCallbacks.EnergyScanResultHandler, EzspCallbacks.IncomingRouteRecordHandler,
        EzspCallbacks.SwitchNetworkKeyHandler, EzspCallbacks.DsaVerifyHandler, EzspCallbacks.IncomingRouteErrorHandler,
        EzspCallbacks.ZigbeeKeyEstablishmentHandler, EzspCallbacks.GenerateCbkeKeysHandler, EzspCallbacks.CalculateSmacsHandler,
        EzspCallbacks.DsaSignHandler, EzspCallbacks.IncomingNetworkStatusHandler, EzspCallbacks.GenerateCbkeKeysHandler283K1,
        EzspCallbacks.CalculateSmacsHandler283K1, EzspCallbacks.InvalidCommand, EzspCallbacks.NoCallbacks,
    }.ToDictionary(exchange => exchange.Id);

    /// <summary>The kinds of frames.</summary>
    public static IReadOnlyCollection<IEzspExchange> All => ById.Values;

    /// <summary>Whether a frame's parameters are those of its kind; of a kind that is not known nothing is said.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="parameters">What follows the header.</param>
    /// <param name="version">The version that both sides agreed on.</param>
    public static bool Fits(in EzspHeader header, ReadOnlyMemory<byte> parameters, EzspVersion version) =>
        !ById.ContainsKey(header.FrameId) || Parameters(header, parameters, version) is not null;

    /// <summary>Writes a frame out for people: its name and its parameters, without keys.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="parameters">What follows the header.</param>
    /// <param name="version">The version that both sides agreed on.</param>
    /// <returns>The text; of a frame that is not known, or does not fit, its number and how many octets it has.</returns>
    public static string Describe(in EzspHeader header, ReadOnlyMemory<byte> parameters, EzspVersion version)
    {
        string? text = Parameters(header, parameters, version);
        string name = Enum.IsDefined(header.FrameId) ? header.FrameId.ToString() : $"frame 0x{(ushort)header.FrameId:X4}";
        return text is null ? $"{name}: {parameters.Length} octets" : $"{name}: {text}";
    }

    private static string? Parameters(in EzspHeader header, ReadOnlyMemory<byte> parameters, EzspVersion version) =>
        !ById.TryGetValue(header.FrameId, out IEzspExchange? exchange) ? null
        : header.IsResponse ? exchange.DescribeResponse(parameters, version)
        : exchange.DescribeCommand(parameters, version);
}
