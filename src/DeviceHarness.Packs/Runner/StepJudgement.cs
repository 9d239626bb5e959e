using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Duis.Catalogue;
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
        bool? effect = IsMet(records, assess.EffectSteps);
        bool? outcome = assess.IsOutcomeByCode ? IsReportedDone(records, assess.EffectSteps)
            : assess.OutcomeStep is { } outcomeStep ? IsMet(records, outcomeStep)
            : null;
        string subject = decisive.Report.Expectations.FirstOrDefault(expectation => !expectation.IsMet)?.Subject ?? string.Empty;
        return new IssueEvidence
        {
            Step = decisive.Index,
            Symptom = $"{decisive.Report.Symptom}: {subject}",
            Effect = effect switch { true => EffectAchieved.Yes, false => EffectAchieved.No, null => EffectAchieved.Unknown },
            EffectSource = effect is null ? string.Empty : SourceOf(testCase, assess.EffectSteps),
            Outcome = Reported(effect, outcome),
            OutcomeSource = effect is null || outcome is null ? string.Empty
                : assess.OutcomeStep is { } named ? SourceOf(testCase, [named])
                : $"the code of {SourceOf(testCase, assess.EffectSteps)}",
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

    /// <summary>Whether the code of the last answer among some steps says that the request was carried out; null without an
    /// answer.</summary>
    private static bool? IsReportedDone(IReadOnlyList<StepRecord> records, IReadOnlyList<int> steps)
    {
        StepRecord? last = records.LastOrDefault(record => !record.IsCleanup && steps.Contains(record.Step.Number));
        return last?.Report.Request?.Exchange?.Response is { } response
            ? response.ResponseCode == ResponseCodes.Success && response.Body?.MessageSuccess != false
            : null;
    }

    private static string SourceOf(TestCase testCase, IReadOnlyList<int> numbers) => string.Join(", ", numbers.Select(number =>
        FormattableString.Invariant($"step {number} '{testCase.Steps.First(step => step.Number == number).Name}'")));

    /// <summary>Whether steps were met together: missed when any of them is, met when all are; null otherwise.</summary>
    private static bool? IsMet(IReadOnlyList<StepRecord> records, IReadOnlyList<int> steps)
    {
        bool?[] met = [.. steps.Select(step => IsMet(records, step))];
        return met.Contains(false) ? false
            : met.Length > 0 && Array.TrueForAll(met, step => step == true) ? true
            : null;
    }

    /// <summary>Whether a step was met; null when it did not run, or ended in a way that proves neither.</summary>
    /// <remarks>A step with several turns is met when all of them are, and missed when any is. Of the rounds of a step that is repeated
    /// the last counts.</remarks>
    public static bool? IsMet(IReadOnlyList<StepRecord> records, int step)
    {
        StepRecord[] turns = [.. records.Where(record => !record.IsCleanup && record.Step.Number == step)
            .GroupBy(record => record.Step).Select(rounds => rounds.Last())];
        return Array.Exists(turns, record => record.Verdict == Verdict.Failed) ? false
            : turns.Length > 0 && Array.TrueForAll(turns, record => record.Verdict == Verdict.Passed) ? true
            : null;
    }
}
