namespace DeviceHarness.Drivers.ZigBeeAdapter;

/// <summary>The proofs (SMAC) that both sides of a key establishment send each other.</summary>
/// <param name="OfInitiator">16 octets.</param>
/// <param name="OfResponder">16 octets.</param>
public sealed record ZigBeeKeyProofs(ReadOnlyMemory<byte> OfInitiator, ReadOnlyMemory<byte> OfResponder);
