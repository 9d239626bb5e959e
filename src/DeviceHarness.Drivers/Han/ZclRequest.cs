using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Drivers.Han;

/// <summary>Where a request goes.</summary>
/// <param name="Eui64">The device.</param>
/// <param name="Endpoint">Its endpoint, 1 to 240.</param>
public readonly record struct HanTarget(ulong Eui64, byte Endpoint);

/// <summary>Which key protects a request in the APS layer.</summary>
public enum ZclProtection
{
    /// <summary>What the cluster asks for: the link key, or the network key alone.</summary>
    ByCluster = 0,

    /// <summary>The network key alone, whatever the cluster asks for: to see that the device refuses it.</summary>
    NetworkKeyOnly,

    /// <summary>The link key, whatever the cluster asks for.</summary>
    LinkKey,
}

/// <summary>A ZCL request to one device.</summary>
public sealed record ZclRequest
{
    /// <summary>Where it goes.</summary>
    public required HanTarget Target { get; init; }

    /// <summary>The cluster.</summary>
    public required ushort Cluster { get; init; }

    /// <summary>Who gives the command its meaning.</summary>
    public required ZclFrameType Type { get; init; }

    /// <summary>The side that we are.</summary>
    public ZclSide From { get; init; } = ZclSide.Client;

    /// <summary>The command's number.</summary>
    public required byte Command { get; init; }

    /// <summary>The manufacturer whose extension it is; null for one of the library.</summary>
    public ushort? ManufacturerCode { get; init; }

    /// <summary>The fields, encoded.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>The command of the same cluster, from the other side, that answers it; null for any.</summary>
    public byte? AnsweredBy { get; init; }

    /// <summary>Whether no command of the other side answers it, but a status at most: one that comes under the same number, which each
    /// side counts for itself, is a request of the device's own.</summary>
    public bool IsAnsweredByStatus { get; init; }

    /// <summary>Whether the device must not answer a success by default, since nobody waits for it.</summary>
    public bool DisableDefaultResponse { get; init; }

    /// <summary>Whether it may be sent again when it was not acknowledged: true for what only reads.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>Which key protects it.</summary>
    public ZclProtection Protection { get; init; }

    /// <summary>How long the device may take to answer once it acknowledged the request; null for the network's setting. A device that
    /// sleeps always has until its next wake.</summary>
    public TimeSpan? ResponseTimeout { get; init; }

    /// <summary>How often the device wakes, if it sleeps; null for the network's setting.</summary>
    public TimeSpan? WakeInterval { get; init; }

    /// <summary>The request in words, for faults.</summary>
    public string Name => Type == ZclFrameType.Global
        ? GlobalCommands.Find(Command)?.Name ?? $"global command {Command:X2}"
        : ManufacturerCode is { } code ? $"command {Command:X2} of manufacturer {code:X4}"
        : ClusterCatalogue.Find(Cluster)?.Command(From, Command)?.Name ?? $"command {Command:X2} of cluster {Cluster:X4}";

    /// <summary>A request to read attributes.</summary>
    /// <param name="target">Where it goes.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="attributes">Their numbers.</param>
    public static ZclRequest Read(HanTarget target, ushort cluster, params ReadOnlySpan<ushort> attributes) =>
        Global(target, cluster, GlobalCommand.ReadAttributes, GlobalCommands.Read(attributes)) with { IsRepeatable = true };

    /// <summary>A request of a command that every cluster has.</summary>
    /// <param name="target">Where it goes.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="command">The command.</param>
    /// <param name="content">Its fields.</param>
    public static ZclRequest Global(HanTarget target, ushort cluster, GlobalCommand command, MessageContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return new()
        {
            Target = target,
            Cluster = cluster,
            Type = ZclFrameType.Global,
            Command = (byte)command,
            Payload = content.ToOctets(),
        };
    }

    /// <summary>A request of a cluster's command.</summary>
    /// <param name="target">Where it goes.</param>
    /// <param name="command">The command.</param>
    /// <param name="content">Its fields.</param>
    /// <param name="level">The newest edition whose fields the device takes.</param>
    public static ZclRequest Of(
        HanTarget target, ClusterCommand command, MessageContent content, ProfileLevel level = ProfileLevel.SmartEnergy12)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(content);
        return new()
        {
            Target = target,
            Cluster = command.Cluster,
            Type = ZclFrameType.Cluster,
            From = command.From,
            Command = command.Id,
            Payload = content.ToOctets(level),
        };
    }
}
