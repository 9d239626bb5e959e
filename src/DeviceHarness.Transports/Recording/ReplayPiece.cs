using DeviceHarness.Abstractions.Wire;

namespace DeviceHarness.Transports.Recording;

/// <summary>Octets that once passed a port in one piece.</summary>
/// <param name="Direction">Which way they went.</param>
/// <param name="Time">When.</param>
/// <param name="Octets">The octets; 0 stands where the record does not tell.</param>
/// <param name="IsKnown">For each octet whether the record tells it: a masked password is not.</param>
public sealed record ReplayPiece(WireDirection Direction, DateTimeOffset Time, ReadOnlyMemory<byte> Octets, IReadOnlyList<bool> IsKnown);
