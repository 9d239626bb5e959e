namespace DeviceHarness.Drivers.Links.SignOn;

/// <summary>One value of a read-out, as the device wrote it.</summary>
/// <param name="Address">What it is, such as <c>1.8.0</c>; empty for a further value of the address before.</param>
/// <param name="Value">The value.</param>
/// <param name="Unit">The unit, such as <c>kWh</c>; empty when there is none.</param>
public readonly record struct ReadOutValue(string Address, string Value, string Unit);

/// <summary>What a device sent when its data was read out.</summary>
/// <param name="Identification">How it called itself.</param>
/// <param name="Baud">The rate at which it sent it, in baud.</param>
/// <param name="Values">The values, in its order.</param>
/// <remarks>Spec: IEC 62056-21, mode C, data read-out.</remarks>
public sealed record ReadOut(string Identification, int Baud, IReadOnlyList<ReadOutValue> Values);
