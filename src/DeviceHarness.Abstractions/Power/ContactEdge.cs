namespace DeviceHarness.Abstractions.Power;

/// <summary>A change that an input line saw.</summary>
/// <param name="Sequence">Its number on the line, from 1.</param>
/// <param name="Timestamp">When, by the kernel's interrupt, in Stopwatch ticks (CLOCK_MONOTONIC).</param>
public sealed record ContactEdge(long Sequence, long Timestamp);
