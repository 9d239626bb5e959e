using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Drivers.Han;

/// <summary>A ZCL message of a device.</summary>
public sealed record HanMessage
{
    /// <summary>The sender; null when only its short address is known.</summary>
    public required ulong? Eui64 { get; init; }

    /// <summary>The sender's short address.</summary>
    public required ushort NodeId { get; init; }

    /// <summary>The sender's endpoint.</summary>
    public required byte SourceEndpoint { get; init; }

    /// <summary>Our endpoint.</summary>
    public required byte DestinationEndpoint { get; init; }

    /// <summary>The profile; 0109 is Smart Energy.</summary>
    public required ushort Profile { get; init; }

    /// <summary>The cluster.</summary>
    public required ushort Cluster { get; init; }

    /// <summary>The ZCL header.</summary>
    public required ZclHeader Header { get; init; }

    /// <summary>The command; null when it is not known, or a manufacturer's.</summary>
    public CommandDefinition? Definition { get; init; }

    /// <summary>The command's fields; null when it is not known, or its octets do not fit it.</summary>
    public MessageContent? Content { get; init; }

    /// <summary>What is wrong with the fields; no fault when nothing is.</summary>
    public Codecs.CodecFault Fault { get; init; }

    /// <summary>The whole ZCL frame.</summary>
    public required ReadOnlyMemory<byte> Frame { get; init; }

    /// <summary>Whether it came under the link key of the sender.</summary>
    public required bool IsApsEncrypted { get; init; }

    /// <summary>Whether it went to more than this node.</summary>
    public required bool IsGroupcast { get; init; }

    /// <summary>The link quality of the last hop, 0 to 255.</summary>
    public required byte Lqi { get; init; }

    /// <summary>The signal strength of the last hop, in dBm.</summary>
    public required sbyte RssiDbm { get; init; }

    /// <summary>When it came.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The fields that follow the ZCL header.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }
}
