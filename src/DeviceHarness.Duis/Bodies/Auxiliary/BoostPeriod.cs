namespace DeviceHarness.Duis.Bodies.Auxiliary;

/// <summary>One use of the boost function.</summary>
/// <param name="Start">When it began.</param>
/// <param name="End">When it ended.</param>
/// <remarks>Spec: MMC XML schema 5.4, ReadBoostButtonEventLogType.</remarks>
public readonly record struct BoostPeriod(DateTimeOffset Start, DateTimeOffset End);
