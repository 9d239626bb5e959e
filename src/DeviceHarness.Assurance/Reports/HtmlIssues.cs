using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Issues;

namespace DeviceHarness.Assurance.Reports;

/// <summary>The Testing Issues of a cycle: what each is, what is proposed and by which rule, and the octets in which it showed.</summary>
internal static class HtmlIssues
{
    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter html, CycleDetail detail)
    {
        html.Line($"<section id=\"issues\"><h2>Testing Issues</h2>");
        if (detail.Issues.Count == 0)
        {
            html.Line($"<p>Testing Issues: none</p></section>");
            return;
        }

        html.Write($"<p>The harness proposes a severity; a person sets it. An issue that only virtual devices showed counts towards no ");
        html.Line($"threshold.</p>");
        foreach (CycleIssue issue in detail.Issues)
        {
            WriteIssue(html, detail, issue);
        }

        html.Line($"</section>");
    }

    private static void WriteIssue(HtmlWriter html, CycleDetail detail, CycleIssue seen)
    {
        TestingIssue issue = seen.Issue;
        html.Line($"<details class=\"case\" open><summary><b>{issue.Id}</b> {issue.Title}</summary><table class=\"facts\">");
        Fact(html, "Known or new", IssueText.Standing(seen));
        Fact(html, "State", issue.State.ToString());
        Fact(html, "Severity", IssueText.Severity(issue));
        foreach (IssueChange change in seen.Severities)
        {
            Fact(html, "Severity set", IssueText.Severity(change));
        }

        Fact(html, "Proposed", issue.Proposal.ToString());
        Fact(html, "Rule", issue.Proposal.Text);
        Fact(html, "Effect achieved", IssueText.Effect(issue.Facts));
        Fact(html, "Outcome reported right", IssueText.Outcome(issue.Facts));
        Fact(html, "Applies to", issue.Standing.Scope.ToString());
        Fact(html, "Counted against thresholds", IssueText.Counted(issue.Standing));
        if (IssueText.KnownBefore(issue.Standing) is { Length: > 0 } before)
        {
            Fact(html, "Known before", before);
        }

        if (issue.Description.Length > 0)
        {
            Fact(html, "Known of it", issue.Description);
        }

        html.Write($"<tr><th scope=\"row\">Seen here in</th><td>");
        foreach (IssueSighting sighting in seen.Sightings)
        {
            ExecutionHistory seenIn =
                detail.Executions.First(execution => execution.Execution.Id == sighting.Attempt.ExecutionId);
            html.Write($"<a href=\"#case-{seenIn.Execution.Ordinal}\">{sighting.CaseId}</a> ");
            html.Write($"attempt {sighting.Attempt.Number} step {sighting.Step} ");
        }

        html.Line($"</td></tr></table>");
        WriteExchange(html, seen.Exchange);
        html.Line($"</details>");
    }

    private static void WriteExchange(HtmlWriter html, FailingExchange? exchange)
    {
        if (exchange is null)
        {
            html.Line($"<p>No octets: the request was refused before any was sent, or the evidence was not kept.</p>");
            return;
        }

        html.Write($"<div class=\"wire\"><div><h5>Octets of step {exchange.Step}, {exchange.StepName}</h5><pre>");
        foreach (string line in exchange.Octets)
        {
            html.Line($"{line}");
        }

        html.Line($"</pre></div><div><h5>Decode</h5><pre>");
        foreach (string line in exchange.Decode)
        {
            html.Line($"{line}");
        }

        html.Line($"</pre></div></div>");
        if (exchange.LeftOut > 0)
        {
            html.Line($"<p>{exchange.LeftOut} earlier lines are left out here; the case's evidence has them.</p>");
        }
    }

    private static void Fact(HtmlWriter html, string name, string value) =>
        html.Line($"<tr><th scope=\"row\">{name}</th><td>{value}</td></tr>");
}
