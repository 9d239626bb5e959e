using DeviceHarness.Packs.Expectations;
using DeviceHarness.Packs.Runner;

namespace DeviceHarness.Packs.Steps;

/// <summary>What steps about keys report.</summary>
internal static class KeyReports
{
    /// <summary>The bench has no way to its devices' keys.</summary>
    public static StepReport NoKeys { get; } =
        new(Symptom.PreconditionUnmet, "the bench gives no way to the keys of its devices");

    /// <summary>The word of a pack for a value.</summary>
    public static string Word<T>(IReadOnlyDictionary<string, T> words, T value)
        where T : struct => words.First(word => word.Value.Equals(value)).Key;

    /// <summary>The report of a result.</summary>
    public static StepReport Of(ExpectationResult result, string detail) => result.IsMet
        ? StepReport.Done with { Expectations = [result] }
        : new StepReport(Symptom.ExpectationMissed, $"{result.Subject}: expected {result.Expected}, found {result.Found}; {detail}")
        {
            Expectations = [result],
        };
}
