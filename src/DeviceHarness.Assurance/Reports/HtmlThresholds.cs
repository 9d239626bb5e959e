using DeviceHarness.Assurance.Issues;
using DeviceHarness.Assurance.Thresholds;

namespace DeviceHarness.Assurance.Reports;

/// <summary>The open Testing Issues by severity, held against the agreed tolerances.</summary>
internal static class HtmlThresholds
{
    /// <summary>Writes the section; nothing when there is no evaluation.</summary>
    public static void Write(HtmlWriter html, IReadOnlyList<ThresholdEvaluation> evaluations)
    {
        if (evaluations.Count == 0)
        {
            return;
        }

        ThresholdEvaluation first = evaluations[0];
        html.Line($"<section id=\"thresholds\"><h2>Open Testing Issues against thresholds</h2>");
        html.Line($"<p>Threshold set: {first.Set.Title}. Issues as they stood at {Display.Moment(first.Moment)}.</p>");
        foreach (string note in ThresholdText.Notes(first))
        {
            html.Line($"<p>{note}</p>");
        }

        html.Write($"<table><thead><tr><th>Entry</th><th>Open, severity 1/2/3/4/5</th><th>Counted</th><th>At most</th>");
        html.Line($"<th>Verdict</th></tr></thead><tbody>");
        foreach (ThresholdEvaluation evaluation in evaluations)
        {
            html.Write($"<tr><td>{evaluation.Scope.ToString()}</td><td class=\"nowrap\">{evaluation.Open}</td>");
            html.Write($"<td class=\"nowrap\">{evaluation.Counted}</td><td class=\"nowrap\">{ThresholdText.Maxima(evaluation.Set)}</td>");
            html.Line($"<td>{evaluation.Verdict}</td></tr>");
        }

        html.Line($"</tbody></table>");
        WriteNotCounted(html, evaluations);
        html.Line($"</section>");
    }

    private static void WriteNotCounted(HtmlWriter html, IReadOnlyList<ThresholdEvaluation> evaluations)
    {
        TestingIssue[] notCounted =
            [.. evaluations.SelectMany(evaluation => evaluation.NotCounted).DistinctBy(issue => issue.Id)];
        if (notCounted.Length == 0)
        {
            return;
        }

        html.Line($"<p>Not counted, by a person's decision:</p><ul>");
        foreach (TestingIssue issue in notCounted)
        {
            html.Write($"<li>{issue.Id} (severity {IssueText.Severity(issue)}): {issue.Standing.NotCountedReason}; ");
            html.Line($"decided by {issue.Standing.NotCountedBy}</li>");
        }

        html.Line($"</ul>");
    }
}
