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

    /// <summary>What a failed attempt says for a Testing Issue.</summary>
    /// <param name="testCase">The case.</param>
    /// <param name="records">All steps that began.</param>
    /// <param name="decisive">The step that decided.</param>
    public static IssueEvidence IssueOf(TestCase testCase, IReadOnlyList<StepRecord> records, StepRecord decisive)
    {
        Assessment assess = testCase.Assessment;
        bool? effect = assess.EffectStep is { } effectStep ? IsMet(records, effectStep) : null;
        bool? outcome = assess.OutcomeStep is { } outcomeStep ? IsMet(records, outcomeStep) : null;
        string subject = decisive.Report.Expectations.FirstOrDefault(expectation => !expectation.IsMet)?.Subject ?? string.Empty;
        return new IssueEvidence
        {
            Step = decisive.Index,
            Symptom = $"{decisive.Report.Symptom}: {subject}",
            Effect = effect switch { true => EffectAchieved.Yes, false => EffectAchieved.No, null => EffectAchieved.Unknown },
            EffectSource = effect is null ? string.Empty : SourceOf(testCase, assess.EffectStep!.Value),
            Outcome = Reported(effect, outcome),
            OutcomeSource = effect is null || outcome is null ? string.Empty : SourceOf(testCase, assess.OutcomeStep!.Value),
            KnownIssue = KnownIssue(testCase, records) ?? string.Empty,
        };
    }

    /// <summary>Whether the report was right: it is when it agrees with what happened, so a reported failure of what failed is
    /// right.</summary>
    private static OutcomeReported Reported(bool? effect, bool? outcome) => (effect, outcome) switch
    {
        (null, _) or (_, null) => OutcomeReported.Unknown,
        _ => effect == outcome ? OutcomeReported.Right : OutcomeReported.WrongOrLate,
    };

    private static string SourceOf(TestCase testCase, int number) => FormattableString.Invariant(
        $"step {number} '{testCase.Steps.First(step => step.Number == number).Name}'");

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
