namespace DeviceHarness.Abstractions.Wire;

/// <summary>Octets that passed a port in one piece.</summary>
/// <param name="Port">The port's name.</param>
/// <param name="Direction">Which way they went.</param>
/// <param name="Timestamp">The monotonic stamp (Stopwatch ticks): before the first octet of a write, after the last octet of a
/// read.</param>
/// <param name="Octets">The octets.</param>
public sealed record WireRecord(string Port, WireDirection Direction, long Timestamp, ReadOnlyMemory<byte> Octets);
