namespace DeviceHarness.Drivers.Gsme.Logs;

/// <summary>The gas of one interval, as the meter counts it.</summary>
/// <param name="End">When it ended.</param>
/// <param name="Value">The raw number; null when the meter has none for it, or left it out.</param>
internal readonly record struct GasInterval(DateTimeOffset End, uint? Value);
