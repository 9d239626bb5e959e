using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Virtual.ZigBee.Clusters;

/// <summary>What a cluster does with a command: messages back, or a status for the default response.</summary>
/// <param name="Status">How it went; told only where no message goes back.</param>
/// <param name="Messages">What goes back, in order, in the other direction.</param>
internal readonly record struct ClusterReply(ZclStatus Status, IReadOnlyList<ClusterMessage> Messages)
{
    /// <summary>It is done, and nothing is said about it.</summary>
    public static ClusterReply Done { get; } = new(ZclStatus.Success, []);

    /// <summary>The cluster has no such command.</summary>
    public static ClusterReply Unknown { get; } = Of(ZclStatus.UnsupportedClusterCommand);

    /// <summary>The command is too short, or its octets are nonsense.</summary>
    public static ClusterReply Malformed { get; } = Of(ZclStatus.MalformedCommand);

    /// <summary>A status alone.</summary>
    public static ClusterReply Of(ZclStatus status) => new(status, []);

    /// <summary>Done, or a failure.</summary>
    public static ClusterReply Of(bool isDone) => isDone ? Done : Of(ZclStatus.Failure);

    /// <summary>Messages.</summary>
    public static ClusterReply With(params ClusterMessage[] messages) => new(ZclStatus.Success, messages);
}
