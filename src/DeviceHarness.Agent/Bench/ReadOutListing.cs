namespace DeviceHarness.Agent.Bench;

/// <summary>One value of a read-out, as the device wrote it.</summary>
/// <param name="Address">What it is, such as <c>1.8.0</c>; empty for a further value of the address before.</param>
/// <param name="Value">The value.</param>
/// <param name="Unit">The unit, such as <c>kWh</c>; empty when there is none.</param>
public readonly record struct ReadOutRow(string Address, string Value, string Unit);

/// <summary>What a device told when its data was read out.</summary>
/// <param name="Identification">How it called itself.</param>
/// <param name="Baud">The rate at which it sent it, in baud.</param>
/// <param name="Values">The values, in its order.</param>
public sealed record ReadOutListing(string Identification, int Baud, IReadOnlyList<ReadOutRow> Values);
