namespace DeviceHarness.Virtual.ZigBee.Clusters;

/// <summary>A cluster of a virtual device that does more than tell attributes: commands and time in, commands out.</summary>
public interface IClusterMachine
{
    /// <summary>The cluster.</summary>
    ushort Cluster { get; }

    /// <summary>When <see cref="Tick"/> has something to do, on the radio's time; null when nothing is due.</summary>
    TimeSpan? NextTick { get; }

    /// <summary>Does what is due.</summary>
    /// <param name="now">The time.</param>
    /// <returns>What goes out, to whom the machine talks with.</returns>
    IReadOnlyList<ClusterMessage> Tick(TimeSpan now);

    /// <summary>Takes a command.</summary>
    /// <param name="arrival">The command.</param>
    /// <param name="now">The time.</param>
    /// <returns>What goes out at once, to the sender.</returns>
    IReadOnlyList<ClusterMessage> Take(ClusterArrival arrival, TimeSpan now);

    /// <summary>A command that the machine sent was refused by a default response.</summary>
    /// <param name="command">The command.</param>
    /// <param name="now">The time.</param>
    void TakeRefusal(byte command, TimeSpan now);
}
