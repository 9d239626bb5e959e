using DeviceHarness.Codecs.Ezsp.Messages;

namespace DeviceHarness.Codecs.Ezsp;

/// <summary>The callbacks, with what they carry.</summary>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public static class EzspCallbacks
{
    /// <summary>stackStatusHandler, a callback.</summary>
    public static EzspCallback<EmberStatusParameter> StackStatusHandler { get; } = new(EzspFrameId.StackStatusHandler);

    /// <summary>networkFoundHandler, a callback.</summary>
    public static EzspCallback<NetworkFound> NetworkFoundHandler { get; } = new(EzspFrameId.NetworkFoundHandler);

    /// <summary>scanCompleteHandler, a callback.</summary>
    public static EzspCallback<ScanComplete> ScanCompleteHandler { get; } = new(EzspFrameId.ScanCompleteHandler);

    /// <summary>childJoinHandler, a callback.</summary>
    public static EzspCallback<ChildJoin> ChildJoinHandler { get; } = new(EzspFrameId.ChildJoinHandler);

    /// <summary>trustCenterJoinHandler, a callback.</summary>
    public static EzspCallback<TrustCenterJoin> TrustCenterJoinHandler { get; } = new(EzspFrameId.TrustCenterJoinHandler);

    /// <summary>messageSentHandler, a callback.</summary>
    public static EzspCallback<MessageSent> MessageSentHandler { get; } = new(EzspFrameId.MessageSentHandler);

    /// <summary>pollCompleteHandler, a callback.</summary>
    public static EzspCallback<EmberStatusParameter> PollCompleteHandler { get; } = new(EzspFrameId.PollCompleteHandler);

    /// <summary>pollHandler, a callback.</summary>
    public static EzspCallback<ChildPoll> PollHandler { get; } = new(EzspFrameId.PollHandler);

    /// <summary>incomingMessageHandler, a callback.</summary>
    public static EzspCallback<IncomingMessage> IncomingMessageHandler { get; } = new(EzspFrameId.IncomingMessageHandler);

    /// <summary>energyScanResultHandler, a callback.</summary>
    public static EzspCallback<EnergyScanResult> EnergyScanResultHandler { get; } = new(EzspFrameId.EnergyScanResultHandler);

    /// <summary>incomingRouteRecordHandler, a callback.</summary>
    public static EzspCallback<RouteRecord> IncomingRouteRecordHandler { get; } = new(EzspFrameId.IncomingRouteRecordHandler);

    /// <summary>switchNetworkKeyHandler, a callback.</summary>
    public static EzspCallback<OctetParameter> SwitchNetworkKeyHandler { get; } = new(EzspFrameId.SwitchNetworkKeyHandler);

    /// <summary>dsaVerifyHandler, a callback.</summary>
    public static EzspCallback<EmberStatusParameter> DsaVerifyHandler { get; } = new(EzspFrameId.DsaVerifyHandler);

    /// <summary>incomingRouteErrorHandler, a callback.</summary>
    public static EzspCallback<RouteError> IncomingRouteErrorHandler { get; } = new(EzspFrameId.IncomingRouteErrorHandler);

    /// <summary>zigbeeKeyEstablishmentHandler, a callback.</summary>
    public static EzspCallback<ZigbeeKeyEstablishment> ZigbeeKeyEstablishmentHandler { get; } =
        new(EzspFrameId.ZigbeeKeyEstablishmentHandler);

    /// <summary>generateCbkeKeysHandler, a callback.</summary>
    public static EzspCallback<GeneratedCbkeKeys> GenerateCbkeKeysHandler { get; } = new(EzspFrameId.GenerateCbkeKeysHandler);

    /// <summary>calculateSmacsHandler, a callback.</summary>
    public static EzspCallback<CalculatedSmacs> CalculateSmacsHandler { get; } = new(EzspFrameId.CalculateSmacsHandler);

    /// <summary>dsaSignHandler, a callback.</summary>
    public static EzspCallback<DsaSigned> DsaSignHandler { get; } = new(EzspFrameId.DsaSignHandler);

    /// <summary>incomingNetworkStatusHandler, a callback.</summary>
    public static EzspCallback<NetworkStatusReport> IncomingNetworkStatusHandler { get; } = new(EzspFrameId.IncomingNetworkStatusHandler);

    /// <summary>generateCbkeKeysHandler283k1, a callback.</summary>
    public static EzspCallback<GeneratedCbkeKeys283K1> GenerateCbkeKeysHandler283K1 { get; } =
        new(EzspFrameId.GenerateCbkeKeysHandler283K1);

    /// <summary>calculateSmacsHandler283k1, a callback.</summary>
    public static EzspCallback<CalculatedSmacs> CalculateSmacsHandler283K1 { get; } = new(EzspFrameId.CalculateSmacsHandler283K1);

    /// <summary>invalidCommand: the answer to a command that the adapter refuses.</summary>
    public static EzspCallback<InvalidCommandReason> InvalidCommand { get; } = new(EzspFrameId.InvalidCommand);

    /// <summary>noCallbacks: the answer to callback when none waits.</summary>
    public static EzspCallback<NoParameters> NoCallbacks { get; } = new(EzspFrameId.NoCallbacks);
}
