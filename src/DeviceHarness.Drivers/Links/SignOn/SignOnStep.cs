using DeviceHarness.Abstractions.Transports;

namespace DeviceHarness.Drivers.Links.SignOn;

/// <summary>What a sign-on wants done: first the line, then the octets, then the wait.</summary>
/// <param name="Line">What the line must be set to, unless its rate is fixed; null leaves it.</param>
/// <param name="Transmit">What to send; valid until the next step.</param>
/// <param name="Event">What it led to.</param>
/// <param name="NextTick">When it must be ticked, unless octets come before; null when it is over.</param>
public readonly record struct SignOnStep(LineSetting? Line, ReadOnlyMemory<byte> Transmit, SignOnEvent Event, TimeSpan? NextTick);
