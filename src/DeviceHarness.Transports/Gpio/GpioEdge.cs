namespace DeviceHarness.Transports.Gpio;

/// <summary>A change of an input, stamped by the kernel's interrupt.</summary>
/// <param name="Sequence">Its number on the line, from 1; a jump means that the kernel had to drop changes.</param>
/// <param name="IsActive">Whether the line is active from now on.</param>
/// <param name="Timestamp">When, in Stopwatch ticks (CLOCK_MONOTONIC).</param>
public readonly record struct GpioEdge(long Sequence, bool IsActive, long Timestamp);
