using DeviceHarness.Transports.Gpio;

namespace DeviceHarness.Agent.Rig;

/// <summary>An input line of a rig.</summary>
/// <param name="Gpio">The GPIO line; null on the virtual bench, which knows the line by what it is for.</param>
public sealed record RigLine(GpioLineSettings? Gpio);
