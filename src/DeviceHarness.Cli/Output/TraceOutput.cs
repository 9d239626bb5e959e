using DeviceHarness.Packs.Requirements;

namespace DeviceHarness.Cli.Output;

/// <summary>Requirement, case, last verdict, for people.</summary>
internal static class TraceOutput
{
    private const int TextWidth = 70;

    /// <summary>Prints the table, the gaps and how many of each there are.</summary>
    public static void Write(TracePage page)
    {
        ConsoleText.WriteTable(
            ["item", "section", "kind", "requirement", "shown", "case", "last verdict"],
            [.. page.Rows.SelectMany(RowsOf)]);
        Console.WriteLine();
        Console.WriteLine("What is missing, or why no case shows it:");
        foreach (TraceRow row in page.Rows.Where(row => row.Gap.Length > 0))
        {
            string tests = row.Tests.Count == 0 ? string.Empty : $" Held by {string.Join(", ", row.Tests)}";
            Console.WriteLine($"{row.Item}: {row.Gap}{tests}");
        }

        Console.WriteLine(
            $"{page.Rows.Count} of {page.Requirements} requirements want a case: "
            + string.Join(", ", Enum.GetValues<ProofState>().Select(state => $"{page.Rows.Count(row => row.State == state)} {Of(state)}")));
    }

    private static IEnumerable<IReadOnlyList<string>> RowsOf(TraceRow row)
    {
        string text = row.Text.Length <= TextWidth ? row.Text : $"{row.Text[..(TextWidth - 3)]}...";
        yield return [$"{row.Item}", row.Section, $"{row.Kind}", text, Of(row.State), Name(row.Cases, 0), Verdict(row.Cases, 0)];
        for (int place = 1; place < row.Cases.Count; place++)
        {
            yield return [string.Empty, string.Empty, string.Empty, string.Empty, string.Empty, Name(row.Cases, place),
                Verdict(row.Cases, place)];
        }
    }

    private static string Name(IReadOnlyList<TraceCase> cases, int place) => cases.Count == 0 ? "-" : cases[place].Name;

    private static string Verdict(IReadOnlyList<TraceCase> cases, int place) => cases.Count == 0 ? "-"
        : cases[place] is not { Verdict: { } verdict } one ? "none"
        : $"{verdict}{(one.Count > 1 ? $" ({one.Counted} of {one.Count} cases)" : string.Empty)}, {one.Provenance?.Origin}, {one.Cycle}";

    private static string Of(ProofState state) => state switch
    {
        ProofState.ByCase => "by case",
        ProofState.Partly => "partly",
        ProofState.ByTest => "by test",
        _ => "missing",
    };
}
