namespace DeviceHarness.Virtual.ZigBee.Clusters;

/// <summary>A cluster command that reached a virtual device.</summary>
/// <param name="Sender">The EUI-64 of the sender, as a number.</param>
/// <param name="Command">The command, in the direction that it goes.</param>
/// <param name="Payload">What follows the header.</param>
public sealed record ClusterArrival(ulong Sender, byte Command, byte[] Payload)
{
    /// <summary>Whether it goes from server to client.</summary>
    public bool IsFromServer { get; init; }

    /// <summary>Whether it came to many.</summary>
    public bool IsBroadcast { get; init; }
}
