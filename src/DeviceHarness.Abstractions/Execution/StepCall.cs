namespace DeviceHarness.Abstractions.Execution;

/// <summary>One call of a step that is written in C#.</summary>
/// <param name="Device">The device that the pack names.</param>
/// <param name="Values">What the pack gives it, by name, with every <c>${…}</c> replaced.</param>
/// <param name="Bench">The bench.</param>
/// <param name="Time">The attempt's clock: all waits and times come from it.</param>
public sealed record StepCall(BenchDevice Device, IReadOnlyDictionary<string, string> Values, ITestBench Bench, TimeProvider Time);

/// <summary>What a step that is written in C# found.</summary>
/// <param name="Findings">What it held against what was expected; the step is missed when one is not met.</param>
public sealed record StepOutcome(IReadOnlyList<StepFinding> Findings)
{
    /// <summary>Why nothing could be found out; then the step is Inconclusive. Null when it could.</summary>
    public string? Inconclusive { get; init; }
}

/// <summary>One thing that a step looked at.</summary>
/// <param name="Subject">What it is, such as <c>display</c>.</param>
/// <param name="Expected">What was expected, in words.</param>
/// <param name="Found">What was found.</param>
/// <param name="IsMet">Whether it is as expected.</param>
public sealed record StepFinding(string Subject, string Expected, string Found, bool IsMet);
