using DeviceHarness.Abstractions.Transports;

namespace DeviceHarness.Virtual.Links;

/// <summary>The device's end of a link: octets and time in, octets out. It waits for nothing and opens nothing.</summary>
/// <remarks>Not safe for use from several threads. Times are on the caller's clock, which never goes back; what is returned is valid until
/// the next call.</remarks>
public interface IServerLink
{
    /// <summary>What the link saw since it started.</summary>
    ServerLinkCounters Counters { get; }

    /// <summary>When <see cref="Tick"/> is due; null when nothing is.</summary>
    TimeSpan? NextTick { get; }

    /// <summary>Whether the line must be given up: what came cannot be read any further.</summary>
    bool IsLost { get; }

    /// <summary>The rate and form at which the station listens and speaks from now on; null where the line has its own.</summary>
    LineSetting? Line => null;

    /// <summary>Takes octets from the line.</summary>
    /// <param name="octets">What came, in pieces of any size.</param>
    /// <param name="now">The time.</param>
    /// <returns>What to transmit.</returns>
    ReadOnlyMemory<byte> Receive(ReadOnlySpan<byte> octets, TimeSpan now);

    /// <summary>Does what has fallen due.</summary>
    /// <param name="now">The time.</param>
    /// <returns>What to transmit.</returns>
    ReadOnlyMemory<byte> Tick(TimeSpan now);

    /// <summary>The line was opened anew, or the device was switched on: nothing is connected and nothing half received.</summary>
    void Reset();
}
