using System.Collections.ObjectModel;

namespace DeviceHarness.Abstractions.Execution;

/// <summary>What a step that is written in C# found.</summary>
/// <param name="Findings">What it held against what was expected; the step is missed when one is not met.</param>
public sealed record StepOutcome(IReadOnlyList<StepFinding> Findings)
{
    /// <summary>What it has to tell besides, by name: a pack gives these to later steps by <c>capture</c>. They are written to the
    /// evidence, so none may be a secret.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Why nothing could be found out; then the step is Inconclusive. Null when it could.</summary>
    public string? Inconclusive { get; init; }
}
