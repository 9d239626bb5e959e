namespace DeviceHarness.Abstractions.Transports;

/// <summary>What a read brought.</summary>
/// <param name="Count">The octets read; 0 when the wait timed out.</param>
/// <param name="Timestamp">The monotonic stamp (Stopwatch ticks) taken right after the octets were read, or at the time-out.</param>
public readonly record struct TransportRead(int Count, long Timestamp)
{
    /// <summary>Whether the wait ended without an octet.</summary>
    public bool TimedOut => Count == 0;
}
