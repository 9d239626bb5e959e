using System.Buffers;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Codecs.ZigBee;
using DeviceHarness.Drivers.ZigBeeAdapter;

namespace DeviceHarness.Drivers.Han;

/// <summary>What is between ZCL frames and the adapter's messages.</summary>
internal static class ZclTraffic
{
    /// <summary>Our endpoint.</summary>
    internal const byte OwnEndpoint = 1;

    /// <summary>Whether a cluster asks for the link key: all of Smart Energy that the catalogue does not except do.</summary>
    internal static bool NeedsLinkKey(ushort cluster) => ClusterCatalogue.Find(cluster)?.NeedsLinkKey ?? cluster >= 0x0700;

    /// <summary>Takes a received message apart; null when it is no ZCL frame.</summary>
    internal static HanMessage? Read(ZigBeeMessageReceived received, ulong? eui64, DateTimeOffset at)
    {
        if (ZclFrame.Read(received.Payload.Span, out ZclFrame frame, out _) != OperationStatus.Done)
        {
            return null;
        }

        ZclHeader header = frame.Header;
        CommandDefinition? definition = ClusterCatalogue.Find(received.Cluster, header);
        MessageContent? content = null;
        CodecFault fault = CodecFault.None;
        if (definition is not null && definition.Layout.Read(frame.Payload, out content, out fault) != OperationStatus.Done)
        {
            content = null;
        }

        return new()
        {
            Eui64 = eui64,
            NodeId = received.NodeId,
            SourceEndpoint = received.SourceEndpoint,
            DestinationEndpoint = received.DestinationEndpoint,
            Profile = received.Profile,
            Cluster = received.Cluster,
            Header = header,
            Definition = definition,
            Content = content,
            Fault = fault,
            Frame = received.Payload,
            Payload = received.Payload[^frame.Payload.Length..],
            IsApsEncrypted = received.IsApsEncrypted,
            IsGroupcast = received.IsGroupcast,
            Lqi = received.Lqi,
            RssiDbm = received.RssiDbm,
            ReceivedAt = at,
        };
    }

    /// <summary>A frame to a node; the short address is filled in later.</summary>
    internal static ZigBeeMessage Message(HanTarget target, ushort cluster, bool isApsEncrypted, ReadOnlyMemory<byte> frame) => new()
    {
        NodeId = 0,
        Profile = ZigBeeProfile.SmartEnergy,
        Cluster = cluster,
        SourceEndpoint = OwnEndpoint,
        DestinationEndpoint = target.Endpoint,
        IsApsEncrypted = isApsEncrypted,
        Payload = frame,
    };

    /// <summary>The number of the global command that answers one; null when none does, or it is answered by default.</summary>
    internal static byte? AnswerTo(GlobalCommand command) => command switch
    {
        GlobalCommand.ReadAttributes or GlobalCommand.ReadAttributesStructured => (byte)GlobalCommand.ReadAttributesResponse,
        GlobalCommand.WriteAttributes or GlobalCommand.WriteAttributesUndivided => (byte)GlobalCommand.WriteAttributesResponse,
        GlobalCommand.ConfigureReporting or GlobalCommand.ReadReportingConfiguration or GlobalCommand.DiscoverAttributes
            or GlobalCommand.WriteAttributesStructured or GlobalCommand.DiscoverCommandsReceived
            or GlobalCommand.DiscoverCommandsGenerated or GlobalCommand.DiscoverAttributesExtended => (byte)(command + 1),
        _ => null,
    };

    /// <summary>Whether a message can only be an answer: who sends one that nobody waits for gets none back.</summary>
    internal static bool IsAnswer(HanMessage message) => message.Header.Type == ZclFrameType.Global
        && (GlobalCommand)message.Header.Command is GlobalCommand.ReadAttributesResponse or GlobalCommand.WriteAttributesResponse
            or GlobalCommand.ConfigureReportingResponse or GlobalCommand.ReadReportingConfigurationResponse
            or GlobalCommand.DefaultResponse or GlobalCommand.DiscoverAttributesResponse
            or GlobalCommand.WriteAttributesStructuredResponse or GlobalCommand.DiscoverCommandsReceivedResponse
            or GlobalCommand.DiscoverCommandsGeneratedResponse or GlobalCommand.DiscoverAttributesExtendedResponse;
}
