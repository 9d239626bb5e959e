using DeviceHarness.Abstractions.Errors;

namespace DeviceHarness.Drivers.ZigBeeAdapter;

/// <summary>What an adapter tells unasked.</summary>
public abstract record ZigBeeAdapterEvent
{
    private protected ZigBeeAdapterEvent()
    {
    }
}

/// <summary>A message came.</summary>
public sealed record ZigBeeMessageReceived : ZigBeeAdapterEvent
{
    /// <summary>The sender's short address.</summary>
    public required ushort NodeId { get; init; }

    /// <summary>The sender's EUI-64; null when the adapter does not tell.</summary>
    public ulong? Eui64 { get; init; }

    /// <summary>The profile; 0 is ZDO, 0109 Smart Energy.</summary>
    public required ushort Profile { get; init; }

    /// <summary>The cluster.</summary>
    public required ushort Cluster { get; init; }

    /// <summary>The endpoint that sent.</summary>
    public required byte SourceEndpoint { get; init; }

    /// <summary>The endpoint that is meant.</summary>
    public required byte DestinationEndpoint { get; init; }

    /// <summary>Whether it was encrypted with the link key that adapter and sender share: what asks for that must be refused without
    /// it.</summary>
    public required bool IsApsEncrypted { get; init; }

    /// <summary>Whether it went to more than this node.</summary>
    public required bool IsGroupcast { get; init; }

    /// <summary>The message's APS counter.</summary>
    public required byte ApsSequence { get; init; }

    /// <summary>The link quality of the last hop, 0 to 255.</summary>
    public required byte Lqi { get; init; }

    /// <summary>The signal strength of the last hop, in dBm.</summary>
    public required sbyte RssiDbm { get; init; }

    /// <summary>What it carries.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }
}

/// <summary>A device joined or rejoined, as the trust centre sees it.</summary>
/// <param name="NodeId">Its short address.</param>
/// <param name="Eui64">The device.</param>
/// <param name="IsRejoin">Whether it was in the network before.</param>
/// <param name="IsSecured">Whether it had the network key.</param>
public sealed record ZigBeeDeviceJoined(ushort NodeId, ulong Eui64, bool IsRejoin, bool IsSecured) : ZigBeeAdapterEvent;

/// <summary>A device left.</summary>
/// <param name="NodeId">Its short address.</param>
/// <param name="Eui64">The device.</param>
public sealed record ZigBeeDeviceLeft(ushort NodeId, ulong Eui64) : ZigBeeAdapterEvent;

/// <summary>A child of the adapter asked for messages: it is awake.</summary>
/// <param name="NodeId">Its short address.</param>
public sealed record ZigBeeChildPolled(ushort NodeId) : ZigBeeAdapterEvent;

/// <summary>The adapter's network is up, down, open for joining, closed, or has moved.</summary>
/// <param name="Status">The adapter's status in words.</param>
/// <param name="IsUp">Whether the network is up: true or false when it came up or went down, null when that did not change.</param>
public sealed record ZigBeeNetworkChanged(string Status, bool? IsUp) : ZigBeeAdapterEvent;

/// <summary>Another network key is in use.</summary>
/// <param name="Sequence">Its number.</param>
public sealed record ZigBeeNetworkKeySwitched(byte Sequence) : ZigBeeAdapterEvent;

/// <summary>Something may have been lost: the adapter ran out of memory, or nobody read the events.</summary>
/// <param name="Reason">Which, in words.</param>
public sealed record ZigBeeEventsLost(string Reason) : ZigBeeAdapterEvent;

/// <summary>A fragment of a message was not taken, or the next one did not come.</summary>
/// <param name="NodeId">Who sent it.</param>
/// <param name="Cluster">The cluster of the message.</param>
/// <param name="Fault">Why.</param>
public sealed record ZigBeeFragmentRefused(ushort NodeId, ushort Cluster, ZigBeeFragmentFault Fault) : ZigBeeAdapterEvent;

/// <summary>A frame came that nothing here knows.</summary>
/// <param name="Id">What it says it is; null when it does not say.</param>
/// <param name="Octets">What it carries; the whole frame when it does not say what it is.</param>
public sealed record ZigBeeUnknownFrame(ushort? Id, ReadOnlyMemory<byte> Octets) : ZigBeeAdapterEvent;

/// <summary>The adapter is lost; it is being brought back.</summary>
/// <param name="Reason">Why, and what a person does about it when it does not come back.</param>
public sealed record ZigBeeAdapterLost(HarnessException Reason) : ZigBeeAdapterEvent;

/// <summary>The adapter is back, reset and set up.</summary>
/// <param name="Network">The network that it went on in; null when it has none.</param>
/// <param name="Attempts">At which attempt it came back.</param>
public sealed record ZigBeeAdapterRecovered(ZigBeeNetwork? Network, int Attempts) : ZigBeeAdapterEvent;
