namespace DeviceHarness.Duis.Bodies.Reads;

/// <summary>A whole number read from a register.</summary>
/// <param name="Value">The value in the unit of the register: Wh or varh.</param>
public readonly record struct RegisterReading(long Value);
