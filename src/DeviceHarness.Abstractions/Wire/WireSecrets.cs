namespace DeviceHarness.Abstractions.Wire;

/// <summary>Which recorded octets are secret.</summary>
/// <param name="IsSecret">For each record, for each of its octets.</param>
/// <param name="Values">The secrets, so that text can be searched for them.</param>
public sealed record WireSecrets(IReadOnlyList<IReadOnlyList<bool>> IsSecret, IReadOnlyList<ReadOnlyMemory<byte>> Values);
