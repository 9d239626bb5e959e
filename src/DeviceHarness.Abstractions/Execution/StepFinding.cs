namespace DeviceHarness.Abstractions.Execution;

/// <summary>One thing that a step looked at.</summary>
/// <param name="Subject">What it is, such as <c>display</c>.</param>
/// <param name="Expected">What was expected, in words.</param>
/// <param name="Found">What was found.</param>
/// <param name="IsMet">Whether it is as expected.</param>
public sealed record StepFinding(string Subject, string Expected, string Found, bool IsMet);
