using System.Globalization;
using DeviceHarness.Contracts.V1;

namespace DeviceHarness.Cli.Output;

/// <summary>Open Testing Issues against thresholds, for people.</summary>
internal static class ThresholdOutput
{
    /// <summary>Prints evaluations by one set; nothing when there is none.</summary>
    public static void Write(IReadOnlyList<ThresholdEvaluation> evaluations)
    {
        if (evaluations.Count == 0)
        {
            return;
        }

        ThresholdEvaluation first = evaluations[0];
        Console.WriteLine($"Threshold set: {first.Set.Name}, version {first.Set.Version} (origin: {first.Set.Origin})");
        foreach (string note in first.Notes)
        {
            Console.WriteLine(note);
        }

        Console.WriteLine($"Open Testing Issues at {ConsoleText.Moment(first.Moment)} UTC, severity 1/2/3/4/5:");
        ConsoleText.WriteTable(
            ["entry", "open", "counted", "at most", "verdict"],
            [.. evaluations.Select(evaluation => (IReadOnlyList<string>)
            [
                evaluation.Entry, Join(evaluation, row => row.Open), Join(evaluation, row => row.Counted.Count), Maxima(evaluation),
                evaluation.Verdict,
            ])]);
        foreach (NotCountedIssue issue in evaluations.SelectMany(evaluation => evaluation.NotCounted).DistinctBy(issue => issue.Id))
        {
            string severity = issue.Severity == 0 ? "severity not set" : $"severity {issue.Severity}";
            Console.WriteLine($"Not counted: {issue.Id} ({severity}): {issue.Reason}; decided by {issue.DecidedBy}");
        }

        int onlyVirtual = evaluations.Max(evaluation => evaluation.Rows.Sum(row => row.OnlyVirtual));
        if (onlyVirtual > 0)
        {
            Console.WriteLine($"{onlyVirtual} left out: no real device showed them (--rehearsal counts them)");
        }
    }

    private static string Join(ThresholdEvaluation evaluation, Func<SeverityCount, int> number) =>
        string.Join('/', evaluation.Rows.Select(row => number(row).ToString(CultureInfo.InvariantCulture)));

    private static string Maxima(ThresholdEvaluation evaluation) => string.Join('/', evaluation.Rows.Select(row =>
        row.HasMaximum ? row.Maximum.ToString(CultureInfo.InvariantCulture) : "-"));
}
