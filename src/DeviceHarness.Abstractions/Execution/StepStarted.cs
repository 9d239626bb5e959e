namespace DeviceHarness.Abstractions.Execution;

/// <summary>A step began.</summary>
/// <param name="Index">The step's place in its case, from 1.</param>
/// <param name="Name">The step's name.</param>
public sealed record StepStarted(int Index, string Name) : AttemptEvent;
