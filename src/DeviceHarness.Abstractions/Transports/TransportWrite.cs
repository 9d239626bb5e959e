namespace DeviceHarness.Abstractions.Transports;

/// <summary>When a write happened.</summary>
/// <param name="Started">The monotonic stamp (Stopwatch ticks) before the first octet was handed over.</param>
/// <param name="Completed">The monotonic stamp when the system had the last octet.</param>
public readonly record struct TransportWrite(long Started, long Completed);
