using DeviceHarness.Contracts.V1;
using Google.Protobuf.WellKnownTypes;

namespace DeviceHarness.Cli.Output;

/// <summary>Two cycles held against each other, for people.</summary>
internal static class ComparisonOutput
{
    private const int ShownCases = 12;

    /// <summary>Prints a comparison.</summary>
    public static void Write(CycleComparison comparison)
    {
        Console.WriteLine();
        string likeness = comparison.LikeForLike ? "like for like" : "NOT LIKE FOR LIKE";
        Console.WriteLine($"{comparison.First} against {comparison.Second}: {likeness}");
        WriteLines("devices differ: ", comparison.DeviceDifferences);
        WriteLines("baseline differs: ", comparison.BaselineDifferences);
        string first = Of(comparison.FirstCreated, comparison.FirstRigs, comparison.FirstDevices);
        string second = Of(comparison.SecondCreated, comparison.SecondRigs, comparison.SecondDevices);
        Console.WriteLine($"  {comparison.First} ({first}): {comparison.FirstRate}{Interval(comparison.FirstInterval)}");
        Console.WriteLine($"  {comparison.Second} ({second}): {comparison.SecondRate}{Interval(comparison.SecondInterval)}");
        if (comparison.OnCommonDevices is { } common)
        {
            Console.WriteLine($"  over the {common.Devices.Count} devices that both used: {string.Join(", ", common.Devices)}");
            Console.WriteLine($"    {comparison.First}: {common.FirstRate}");
            Console.WriteLine($"    {comparison.Second}: {common.SecondRate}");
        }

        WriteSplit(comparison.Split);
        WriteDevices(comparison);
        WriteChanges(comparison.Changes);
        WriteExplanation(comparison);
        WriteLines("no report can be made on the two: ", comparison.Blockers);
        ThresholdOutput.Write(comparison.Thresholds);
    }

    private static void WriteSplit(RateSplit? split)
    {
        if (split is null)
        {
            Console.WriteLine("  difference: none can be told, a cycle has no case in scope");
            return;
        }

        Console.WriteLine(
            $"  difference: {split.Whole} ({split.Points} percentage points); {split.CommonCases} cases count in both; its parts:");
        foreach (DifferencePart part in split.Parts)
        {
            string cases = string.Join("; ", Cases("gained", part.Gained).Concat(Cases("lost", part.Lost))
                .Concat(Cases("in one cycle alone", part.OneSided)));
            Console.WriteLine($"    {part.Name,-16}{part.Share,10} ({part.Points} points) {cases}".TrimEnd());
        }
    }

    private static IEnumerable<string> Cases(string what, IReadOnlyList<string> cases)
    {
        if (cases.Count > 0)
        {
            string more = cases.Count > ShownCases ? $" and {cases.Count - ShownCases} more" : string.Empty;
            yield return $"{cases.Count} {what}: {string.Join(", ", cases.Take(ShownCases))}{more}";
        }
    }

    private static void WriteDevices(CycleComparison comparison)
    {
        Console.WriteLine("  device by device:");
        foreach (DeviceUse use in comparison.Devices)
        {
            Console.WriteLine($"    {use.Device}: {use.First.Text} -> {use.Second.Text}");
        }
    }

    private static void WriteChanges(IReadOnlyList<CaseChange> changes)
    {
        Console.WriteLine(changes.Count == 0 ? "  no verdict changed" : $"  changed verdicts: {changes.Count}");
        foreach (CaseChange change in changes)
        {
            string issues = change.Issues.Count == 0 ? string.Empty : $" [{string.Join(", ", change.Issues)}]";
            string was = change.HasFirst ? change.First.ToString() : "absent";
            string now = change.HasSecond ? change.Second.ToString() : "absent";
            Console.WriteLine($"    {change.CaseId} {change.Title}: {was} -> {now}{issues} {change.Reason}".TrimEnd());
            if (!change.FirstDevices.SequenceEqual(change.SecondDevices))
            {
                Console.WriteLine($"      on {Names(change.FirstDevices)} -> {Names(change.SecondDevices)}");
            }
        }
    }

    private static void WriteExplanation(CycleComparison comparison)
    {
        if (comparison.NeedsExplanation)
        {
            string known = comparison.Explanation.Count == 0 ? "nothing" : string.Join("; ", comparison.Explanation);
            Console.WriteLine($"  the rates differ by one percentage point or more; an explanation is due. Known towards it: {known}");
            if (comparison.Explanations.Count == 0)
            {
                Console.WriteLine($"  none is recorded; '{comparison.ExplainCommand}' records one");
            }
        }

        foreach (DifferenceExplanation explanation in comparison.Explanations)
        {
            Console.WriteLine($"  explained by {explanation.Who}, {ConsoleText.Moment(explanation.Time)} UTC: {explanation.Text}");
        }
    }

    private static void WriteLines(string title, IReadOnlyList<string> lines)
    {
        foreach (string line in lines)
        {
            Console.WriteLine($"  {title}{line}");
        }
    }

    private static string Names(IReadOnlyList<string> devices) => devices.Count == 0 ? "no device" : string.Join(", ", devices);

    private static string Interval(string interval) => interval.Length == 0 ? string.Empty : $"; range {interval}";

    private static string Of(Timestamp created, IReadOnlyList<string> rigs, IReadOnlyList<string> devices) =>
        $"{ConsoleText.Moment(created)} UTC, {string.Join(" and ", rigs)}, {devices.Count} devices";
}
