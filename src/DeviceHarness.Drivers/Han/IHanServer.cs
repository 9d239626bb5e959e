namespace DeviceHarness.Drivers.Han;

/// <summary>Serves a cluster to the devices of the network, or its own side of it.</summary>
public interface IHanServer
{
    /// <summary>The cluster.</summary>
    ushort Cluster { get; }

    /// <summary>Takes a message that answers nothing. Called by the network's loop: it returns at once and throws nothing.</summary>
    /// <param name="message">The message; its protection was looked at.</param>
    /// <returns>The ZCL frames to send back to the sender, under the protection that its cluster asks for; null when this message is
    /// none of the server's.</returns>
    IReadOnlyList<ReadOnlyMemory<byte>>? Take(HanMessage message);
}
