namespace DeviceHarness.Abstractions.Execution;

/// <summary>One call of a step that is written in C#.</summary>
/// <param name="Device">The device that the pack names.</param>
/// <param name="Values">What the pack gives it, by name, with every <c>${…}</c> replaced.</param>
/// <param name="Bench">The bench.</param>
/// <param name="Time">The attempt's clock: all waits and times come from it.</param>
public sealed record StepCall(BenchDevice Device, IReadOnlyDictionary<string, string> Values, ITestBench Bench, TimeProvider Time);
