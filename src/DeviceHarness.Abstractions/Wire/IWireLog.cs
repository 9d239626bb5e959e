namespace DeviceHarness.Abstractions.Wire;

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
