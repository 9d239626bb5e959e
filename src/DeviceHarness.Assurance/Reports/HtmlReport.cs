using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Comparisons;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Latencies;

namespace DeviceHarness.Assurance.Reports;

/// <summary>Writes a cycle as one HTML file that needs nothing else: no network, no script, no other file.</summary>
/// <remarks>Every value is escaped and a content security policy forbids scripts and fetches, so that what a device answers can never act
/// in a
/// reader's browser.</remarks>
public static class HtmlReport
{
    /// <summary>The most octets of evidence in one file; what is beyond is named by its hash only. Cases that did not pass come
    /// first.</summary>
    public const long MaximumEmbeddedOctets = 48L * 1024 * 1024;

    /// <summary>Writes the report.</summary>
    /// <param name="target">Takes the text; it is not closed.</param>
    /// <param name="detail">The cycle.</param>
    /// <param name="evidence">Fetches evidence.</param>
    /// <param name="printed">When the report is made, in UTC.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public static Task WriteAsync(
        TextWriter target, CycleDetail detail, EvidenceLookup evidence, DateTimeOffset printed, CancellationToken cancellationToken) =>
        WriteAsync(target, detail, comparison: null, evidence, printed, cancellationToken);

    /// <summary>Writes the report, with the cycle held against another.</summary>
    /// <param name="target">Takes the text; it is not closed.</param>
    /// <param name="detail">The cycle.</param>
    /// <param name="comparison">The cycle against the one before it; null when there is none.</param>
    /// <param name="evidence">Fetches evidence.</param>
    /// <param name="printed">When the report is made, in UTC.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public static async Task WriteAsync(
        TextWriter target, CycleDetail detail, CycleComparison? comparison, EvidenceLookup evidence, DateTimeOffset printed,
        CancellationToken cancellationToken)
    {
        HtmlWriter html = new();
        HtmlOverview.WriteHead(html, detail.Cycle);
        HtmlOverview.WriteSummary(html, detail, ProvenanceOf(detail), printed);
        HtmlOverview.WriteNotPassed(html, detail);
        HtmlIssues.Write(html, detail);
        HtmlThresholds.Write(html, detail.Thresholds);
        HtmlRegression.Write(html, detail.Regression);
        HtmlCampaigns.Write(html, detail.Campaigns);
        if (comparison is not null)
        {
            HtmlComparison.Write(html, comparison);
        }

        HtmlOverview.WriteCases(html, detail);
        HtmlAlerts.Write(html, detail.Alerts);
        HtmlLatencies.Write(html, LatencySummary.Of(detail.Executions));
        HtmlHistograms.Write(html, LatencyProfile.Of(detail));
        html.Line($"<section id=\"evidence\"><h2>Evidence</h2>");
        await FlushAsync(target, html, cancellationToken).ConfigureAwait(false);
        EvidenceBudget budget = new(evidence, MaximumEmbeddedOctets);
        foreach (ExecutionHistory execution in ByUrgency(detail.Executions))
        {
            await HtmlEvidence.WriteExecutionAsync(html, execution, budget, cancellationToken).ConfigureAwait(false);
            await FlushAsync(target, html, cancellationToken).ConfigureAwait(false);
        }

        html.Line($"</section></main></body></html>");
        await FlushAsync(target, html, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The weakest provenance of the device set and of all attempts.</summary>
    internal static Provenance? ProvenanceOf(CycleDetail detail)
    {
        IEnumerable<Provenance> attempts = detail.Executions
            .SelectMany(execution => execution.Attempts).Select(attempt => attempt.Provenance).OfType<Provenance>();
        return ProvenanceRule.Weakest(detail.Cycle.Devices.Select(device => device.Device.Provenance).Concat(attempts));
    }

    /// <summary>Cases that did not pass first, the gravest before the others, each group in the order of the cycle.</summary>
    internal static IEnumerable<ExecutionHistory> ByUrgency(IEnumerable<ExecutionHistory> executions) =>
        executions.OrderBy(execution => execution.Verdict switch
        {
            _ when !execution.IsInScope => 7,
            Verdict.Failed => 0,
            Verdict.Error => 1,
            Verdict.Inconclusive => 2,
            Verdict.Blocked => 3,
            Verdict.NotRun => 4,
            _ => 5,
        }).ThenBy(execution => execution.Execution.Ordinal);

    private static async Task FlushAsync(TextWriter target, HtmlWriter html, CancellationToken cancellationToken)
    {
        await target.WriteAsync(html.Collected, cancellationToken).ConfigureAwait(false);
        html.Collected.Clear();
    }
}
