namespace DeviceHarness.Duis.Bodies.Reads;

/// <summary>The consumption register of a gas meter.</summary>
/// <param name="Value">Gas consumed, in cubic metres; null when absent.</param>
public sealed record GasConsumptionRegister(decimal? Value);
