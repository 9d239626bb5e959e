using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Comparisons;
using DeviceHarness.Assurance.Cycles;

namespace DeviceHarness.Assurance.Reports;

/// <summary>A cycle held against the one before it.</summary>
internal static class HtmlComparison
{
    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter html, CycleComparison comparison)
    {
        html.Line($"<section id=\"comparison\"><h2>Against cycle {comparison.First.Cycle.Id}</h2>");
        if (!comparison.IsLikeForLike)
        {
            html.Line($"<p class=\"banner grave\" role=\"note\">Not like for like</p>");
        }

        WriteList(html, "Device sets differ", comparison.DeviceDifferences);
        WriteList(html, "Baselines differ", comparison.BaselineDifferences);
        WriteRates(html, comparison);
        WriteSplit(html, comparison.Split);
        WriteDevices(html, comparison);
        WriteChanges(html, comparison);
        WriteExplanation(html, comparison);
        WriteList(html, "No report can be made on the two", comparison.Blockers);
        html.Line($"</section>");
    }

    private static void WriteRates(HtmlWriter html, CycleComparison comparison)
    {
        html.Write($"<table><thead><tr><th>Cycle</th><th>Begun</th><th>State</th><th>Rigs</th><th>Devices</th><th>Pass rate</th>");
        html.Line($"<th>Over the devices of both</th></tr></thead><tbody>");
        Row(comparison.First, comparison.FirstDevices, comparison.OnCommonDevices?.First);
        Row(comparison.Second, comparison.SecondDevices, comparison.OnCommonDevices?.Second);
        html.Line($"</tbody></table>");

        void Row(CycleDetail cycle, IReadOnlyList<string> devices, PassRate? common)
        {
            html.Write($"<tr><td>{cycle.Cycle.Id}</td><td>{Display.Moment(cycle.Cycle.Created)}</td>");
            html.Write($"<td>{cycle.Cycle.State.ToString()}</td><td>{string.Join(", ", cycle.RigsUsed)}</td>");
            html.Write($"<td>{string.Join(", ", devices)}</td><td>{cycle.Rate.ToString()}");
            html.Line($"{(cycle.Rate.PassedInterval is { } interval ? $"; range {interval}" : string.Empty)}</td>");
            html.Line($"<td>{common?.ToString() ?? "the same"}</td></tr>");
        }
    }

    private static void WriteSplit(HtmlWriter html, RateSplit? split)
    {
        if (split is null)
        {
            html.Line($"<p>No difference of the rates can be told: a cycle has no case in scope.</p>");
            return;
        }

        html.Write($"<table><caption>The difference of the rates, {split.Whole.ToString()} ({split.Whole.Points} percentage points), ");
        html.Write($"split over its causes; {split.Common} cases count in both. The parts add up to it exactly; a case to which several ");
        html.Line($"causes apply gives each an equal part.</caption><thead><tr><th>Cause</th><th class=\"number\">Share</th>");
        html.Write($"<th class=\"number\">Points</th><th>Gained</th><th>Lost</th><th>In one cycle alone</th></tr></thead><tbody>");
        foreach (DifferencePart part in split.Parts)
        {
            html.Write($"<tr><td>{part.Name}</td><td class=\"number\">{part.Share.ToString()}</td>");
            html.Write($"<td class=\"number\">{part.Share.Points}</td><td>{string.Join(", ", part.Gained)}</td>");
            html.Line($"<td>{string.Join(", ", part.Lost)}</td><td>{string.Join(", ", part.OneSided)}</td></tr>");
        }

        html.Line($"</tbody></table>");
    }

    private static void WriteDevices(HtmlWriter html, CycleComparison comparison)
    {
        html.Write($"<table><caption>Device by device</caption><thead><tr><th>Device</th><th>{comparison.First.Cycle.Id}</th>");
        html.Line($"<th>{comparison.Second.Cycle.Id}</th></tr></thead><tbody>");
        foreach (DeviceUse use in comparison.Devices)
        {
            html.Line($"<tr><td>{use.Device}</td><td>{use.First.ToString()}</td><td>{use.Second.ToString()}</td></tr>");
        }

        html.Line($"</tbody></table>");
    }

    private static void WriteExplanation(HtmlWriter html, CycleComparison comparison)
    {
        if (comparison.NeedsExplanation)
        {
            html.Write($"<p class=\"reason\">The rates differ by one percentage point or more: an explanation is due. ");
            html.Line($"Known towards it: {Display.Or(string.Join("; ", comparison.Explanation), "nothing")}</p>");
            if (comparison.Explanations.Count == 0)
            {
                html.Line($"<p class=\"reason\">None is recorded; <code>{comparison.ExplainCommand}</code> records one.</p>");
            }
        }

        foreach (DifferenceExplanation one in comparison.Explanations)
        {
            html.Line($"<p class=\"reason\">Explained by {one.Who}, {Display.Moment(one.Time)}: {one.Text}</p>");
        }
    }

    private static void WriteChanges(HtmlWriter html, CycleComparison comparison)
    {
        if (comparison.Changes.Count == 0)
        {
            html.Line($"<p>No verdict changed.</p>");
            return;
        }

        html.Write($"<table><caption>Changed verdicts</caption><thead><tr><th>Case</th><th>Before</th><th>Now</th>");
        html.Line($"<th>Devices before</th><th>Devices now</th><th>Testing Issues</th><th>Reason</th></tr></thead><tbody>");
        foreach (CaseChange change in comparison.Changes)
        {
            html.Write($"<tr><td>{change.CaseId} {change.Title}</td><td>{Name(change.First)}</td><td>{Name(change.Second)}</td>");
            html.Write($"<td>{string.Join(", ", change.FirstDevices)}</td><td>{string.Join(", ", change.SecondDevices)}</td>");
            html.Line($"<td>{Display.Or(string.Join(", ", change.Issues), "none")}</td><td>{change.Reason}</td></tr>");
        }

        html.Line($"</tbody></table>");
    }

    private static string Name(Verdict? verdict) => verdict is { } value ? Display.Name(value) : "not in that cycle";

    private static void WriteList(HtmlWriter html, string title, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        html.Line($"<p>{title}:</p><ul>");
        foreach (string line in lines)
        {
            html.Line($"<li>{line}</li>");
        }

        html.Line($"</ul>");
    }
}
