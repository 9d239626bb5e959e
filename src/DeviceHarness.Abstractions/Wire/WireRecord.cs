namespace DeviceHarness.Abstractions.Wire;

/// <summary>Which way octets went.</summary>
public enum WireDirection
{
    /// <summary>From the harness to the device.</summary>
    ToDevice,

    /// <summary>From the device to the harness.</summary>
    FromDevice,
}

/// <summary>Octets that passed a port in one piece.</summary>
/// <param name="Port">The port's name.</param>
/// <param name="Direction">Which way they went.</param>
/// <param name="Timestamp">The monotonic stamp (Stopwatch ticks): before the first octet of a write, after the last octet of a read.</param>
/// <param name="Octets">The octets.</param>
public sealed record WireRecord(string Port, WireDirection Direction, long Timestamp, ReadOnlyMemory<byte> Octets);

/// <summary>Everything that passed the ports of a bench, in order.</summary>
/// <remarks>Safe for use from any thread. Bounded: the oldest records go when the log is full, and the loss is counted.</remarks>
public interface IWireLog
{
    /// <summary>The position after the newest record; positions rise and are never used twice.</summary>
    long Position { get; }

    /// <summary>The records from a position on.</summary>
    /// <param name="position">A value that <see cref="Position"/> had.</param>
    /// <param name="lost">How many of them are gone because the log was full.</param>
    IReadOnlyList<WireRecord> Since(long position, out long lost);
}
