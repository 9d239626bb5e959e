using DeviceHarness.Agent.SelfTest;

namespace DeviceHarness.Cli.Output;

/// <summary>What a self-test found: progress on standard error, the result on standard output.</summary>
/// <param name="isJson">Whether the result is for programs.</param>
internal sealed class SelfTestOutput(bool isJson)
{
    private const int MaximumCases = 10;

    /// <summary>Tells of one defect.</summary>
    public static void Progress(SelfTestLine line, int done, int all) => Console.Error.WriteLine(
        $"[{done}/{all}] {line.Name}: {line.Failed.Count} failed, {line.Unclear.Count} unclear"
        + (line.Missing.Count + line.Unexpected.Count == 0 ? string.Empty : ", not as the matrix says"));

    /// <summary>Tells of one bench.</summary>
    public static void Progress(BlindResult result, int done, int all) =>
        Console.Error.WriteLine($"[{done}/{all}] seed {result.Seed}: {result.Judgement}; {(result.IsRight ? "right" : "WRONG")}");

    /// <summary>Prints the matrix that was found.</summary>
    public void Write(SelfTestReport report)
    {
        if (isJson)
        {
            JsonText.Write(new
            {
                Cases = report.CaseCount,
                PacksLeftOut = SelfTestSuite.PacksLeftOut,
                Defects = report.Lines.Select(line => new
                {
                    Defect = line.Name,
                    Failed = line.Failed.Select(PageOf),
                    Unclear = line.Unclear.Select(PageOf),
                    Missing = line.Missing.Select(mark => mark.ToString()),
                    Unexpected = line.Unexpected.Select(mark => mark.ToString()),
                }),
                report.IsAsExpected,
            });
            return;
        }

        Console.WriteLine(
            $"Self-test: {report.Lines.Count} benches, {report.CaseCount} cases; virtual devices on a clock that jumps over each wait");
        ConsoleText.WriteTable(["defect", "cases that failed"], [.. report.Lines.Select(line => (string[])[line.Name, CasesOf(line)])]);
        foreach (SelfTestLine line in report.Lines)
        {
            WriteDifferences(line);
        }

        WriteUndetected(report);
        string leftOut = string.Join(", ", SelfTestSuite.PacksLeftOut);
        Console.WriteLine($"Packs that the self-test does not run: {(leftOut.Length == 0 ? SelfTestReport.None : leftOut)}");
        Console.WriteLine(report.IsAsExpected
            ? "Every defect shows as the matrix says, and nothing else does."
            : "NOT as the matrix says.");
    }

    /// <summary>Prints what was judged blind.</summary>
    public void Write(IReadOnlyList<BlindResult> results)
    {
        if (isJson)
        {
            JsonText.Write(results.Select(result => new
            {
                result.Seed,
                result.Cases,
                Judged = result.Judgement.Named.Select(defect => defect.ToString()),
                JudgedSound = result.Judgement.IsSound,
                Planted = result.Planted?.ToString() ?? SelfTestReport.None,
                Right = result.IsRight,
            }));
            return;
        }

        ConsoleText.WriteTable(
            ["seed", "cases", "failed", "judged", "planted", ""],
            [.. results.Select(result => (string[])
            [
                Number(result.Seed), Number(result.Cases), Number(result.Judgement.Failed.Count), result.Judgement.ToString(),
                result.Planted?.ToString() ?? SelfTestReport.None, result.IsRight ? "right" : "WRONG",
            ])]);
        Console.WriteLine($"Judged blind: {results.Count(result => result.IsRight)} of {results.Count} right");
    }

    private static object PageOf(SelfTestOutcome outcome) =>
        new { outcome.Case.Bench, Case = outcome.Case.Id, Verdict = outcome.Verdict.ToString(), outcome.Step, outcome.Reason };

    private static string Number(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string CasesOf(SelfTestLine line) => line.Failed.Count == 0
        ? "-"
        : string.Join("; ", line.Failed.GroupBy(outcome => outcome.Case.Bench)
            .Select(pack => $"{pack.Key}: {Shorten([.. pack.Select(outcome => outcome.Case.Id)])}"));

    private static string Shorten(IReadOnlyList<DetectionMark> marks) => Shorten([.. marks.Select(mark => mark.ToString())]);

    private static string Shorten(string[] cases) => cases.Length <= MaximumCases
        ? string.Join(' ', cases)
        : string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{string.Join(' ', cases.Take(MaximumCases))} and {cases.Length - MaximumCases} more");

    private static void WriteDifferences(SelfTestLine line)
    {
        if (line.Missing.Count > 0)
        {
            Console.WriteLine($"{line.Name}: the matrix says, and this run does not: {Shorten(line.Missing)}");
        }

        if (line.Unexpected.Count > 0)
        {
            Console.WriteLine(line.Planted is null
                ? $"Failed although no defect is on: {Shorten(line.Unexpected)}"
                : $"{line.Name}: this run says, and the matrix does not: {Shorten(line.Unexpected)}");
        }
    }

    private static void WriteUndetected(SelfTestReport report)
    {
        foreach (SelfTestLine line in report.Lines.Where(line => line.Planted is not null && line.Failed.Count == 0))
        {
            CaughtElsewhere? elsewhere = DetectionMatrix.Elsewhere.FirstOrDefault(one => one.Defect == line.Name);
            Console.WriteLine(elsewhere is null
                ? $"UNDETECTED: {line.Name}"
                : $"Undetected here: {line.Name}: {elsewhere.Reason} Caught by {elsewhere.Test}");
        }
    }
}
