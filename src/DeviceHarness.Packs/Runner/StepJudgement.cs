using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Packs.Model;

namespace DeviceHarness.Packs.Runner;

/// <summary>What the met and missed steps of an attempt come to together.</summary>
internal static class StepJudgement
{
    /// <summary>The known issue whose signature the steps show; null when they show none.</summary>
    public static string? KnownIssue(TestCase testCase, IReadOnlyList<StepRecord> records) =>
        testCase.Signature is { } signature && signature.Marks.All(mark => IsMet(records, mark.Step) == !mark.IsMissed)
            ? signature.Issue
            : null;

    /// <summary>Whether a step was met; null when it did not run, or ended in a way that proves neither.</summary>
    /// <remarks>A step with several turns is met when all of them are, and missed when any is.</remarks>
    public static bool? IsMet(IReadOnlyList<StepRecord> records, int step)
    {
        StepRecord[] turns = [.. records.Where(record => !record.IsCleanup && record.Step.Number == step)];
        return Array.Exists(turns, record => record.Verdict == Verdict.Failed) ? false
            : turns.Length > 0 && Array.TrueForAll(turns, record => record.Verdict == Verdict.Passed) ? true
            : null;
    }
}
