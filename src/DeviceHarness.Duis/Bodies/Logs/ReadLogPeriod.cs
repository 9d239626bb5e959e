namespace DeviceHarness.Duis.Bodies.Logs;

/// <summary>The period that a log is read for, both ends included.</summary>
/// <param name="Start">Its start.</param>
/// <param name="End">Its end; a period that ends before it starts holds nothing.</param>
/// <remarks>Spec: DUIS XML schema 5.4, ReadLogPeriod.</remarks>
public readonly record struct ReadLogPeriod(DateTimeOffset Start, DateTimeOffset End);
