namespace DeviceHarness.Drivers.Power;

/// <summary>What a current and voltage sensor measured.</summary>
/// <param name="Volts">The voltage behind the shunt.</param>
/// <param name="Amperes">The current through the shunt; negative when it flows back.</param>
/// <param name="Watts">The power behind the shunt.</param>
public readonly record struct PowerSample(double Volts, double Amperes, double Watts);
