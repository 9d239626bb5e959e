namespace DeviceHarness.Virtual.ZigBee.Clusters;

/// <summary>A cluster command that a virtual device sends; header, sequence and addresses are its host's.</summary>
/// <param name="Command">The command, in the direction that it goes.</param>
/// <param name="Payload">What follows the header.</param>
public sealed record ClusterMessage(byte Command, byte[] Payload)
{
    /// <summary>Whether it goes from server to client; then it has the sequence of the request that came last.</summary>
    public bool IsFromServer { get; init; }
}
