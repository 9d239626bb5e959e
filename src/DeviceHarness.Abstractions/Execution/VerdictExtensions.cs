namespace DeviceHarness.Abstractions.Execution;

/// <summary>Questions that are asked of a verdict.</summary>
public static class VerdictExtensions
{
    /// <summary>Whether the verdict says something about the device.</summary>
    public static bool IsConclusive(this Verdict verdict) => verdict is Verdict.Passed or Verdict.Failed;
}
