using System.Text;
using System.Text.RegularExpressions;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;

namespace DeviceHarness.Assurance.Reports;

/// <summary>The evidence of a case: its attempts, their steps and their documents.</summary>
internal static partial class HtmlEvidence
{
    /// <summary>Writes a case; one that did not pass is open.</summary>
    public static async Task WriteExecutionAsync(
        HtmlWriter html, ExecutionHistory execution, EvidenceBudget budget, CancellationToken cancellationToken)
    {
        Execution frozen = execution.Execution;
        bool isOpen = execution.IsInScope && execution.Verdict != Verdict.Passed;
        html.Write($"<details class=\"case\" id=\"case-{frozen.Ordinal}\"");
        html.Collected.Append(isOpen ? " open" : string.Empty);
        html.Write($"><summary>");
        HtmlOverview.WriteVerdict(html, execution.Verdict);
        html.Line($" <b>{frozen.CaseId}</b> {frozen.Title}</summary>");
        if (execution.Reason.Length > 0)
        {
            html.Line($"<p class=\"reason\">{execution.Reason}</p>");
        }

        if (execution.Attempts.Count == 0)
        {
            html.Line($"<p>No attempt was made.</p>");
        }

        foreach (Attempt attempt in execution.Attempts)
        {
            List<(EvidenceReference Reference, ReadOnlyMemory<byte>? Content, string Missing)> evidence = [];
            foreach (EvidenceReference reference in attempt.Evidence)
            {
                (ReadOnlyMemory<byte>? content, string missing) =
                    await budget.TakeAsync(reference, cancellationToken).ConfigureAwait(false);
                evidence.Add((reference, content, missing));
            }

            WriteAttempt(html, attempt, execution, [.. evidence.Select(piece => piece.Content).OfType<ReadOnlyMemory<byte>>()]);
            foreach ((EvidenceReference reference, ReadOnlyMemory<byte>? content, string missing) in evidence)
            {
                WriteEvidence(html, frozen, attempt, reference, content, missing);
            }
        }

        html.Line($"</details>");
    }

    private static void WriteAttempt(
        HtmlWriter html, Attempt attempt, ExecutionHistory execution, IReadOnlyList<ReadOnlyMemory<byte>> documents)
    {
        string kept = ReferenceEquals(attempt, execution.Deciding) ? "decides" : "kept";
        string standing = attempt.IsSuperseded ? "superseded, not counted" : kept;
        html.Write($"<h3>Attempt {attempt.Key.Number} ");
        HtmlOverview.WriteVerdict(html, attempt.Verdict);
        html.Write($"</h3><p>Rig {Display.Or(attempt.Rig, "not said")}; lease {attempt.Key.LeaseNumber}; {standing};");
        html.Line($" began {Display.Moment(attempt.Started)};");
        html.Write($" took {Display.Duration(attempt.Elapsed)}; {Display.Name(attempt.Provenance)};");
        html.Write($" {Display.Count(attempt.OctetsToDevice)} octets to devices, {Display.Count(attempt.OctetsFromDevice)} from ");
        html.Line($"devices.</p>");
        if (attempt.Reason.Length > 0)
        {
            html.Line($"<p class=\"reason\">{attempt.Reason}</p>");
        }

        if (attempt.Steps.Count == 0)
        {
            return;
        }

        WriteSteps(html, attempt.Steps, documents);
    }

    private static void WriteSteps(HtmlWriter html, IReadOnlyList<Step> steps, IReadOnlyList<ReadOnlyMemory<byte>> documents)
    {
        html.Write($"<div class=\"wide\"><table><thead><tr><th class=\"number\">Step</th><th>Name</th><th>Verdict</th><th>SRV</th>");
        html.Write($"<th>Device</th>");
        html.Write($"<th>Acknowledgement</th><th>Response</th><th class=\"number\">Elapsed</th><th class=\"number\">Total ms</th>");
        html.Line($"<th class=\"number\">Device ms</th><th>Reason</th></tr></thead><tbody>");
        foreach (Step step in steps)
        {
            html.Write($"<tr><td class=\"number\">{step.Index}</td><td>{step.Name}</td><td>");
            HtmlOverview.WriteVerdict(html, step.Verdict);
            html.Write($"</td><td class=\"nowrap\">{step.ServiceReferenceVariant}</td><td class=\"nowrap\">{step.Device}</td>");
            html.Write($"<td>{step.AcknowledgementCode}</td>");
            html.Write($"<td>{step.ResponseCode}</td><td class=\"number\">{Display.Duration(step.Elapsed)}</td>");
            html.Write($"<td class=\"number\">{(step.Latency is { } latency ? Display.Milliseconds(latency.Total) : string.Empty)}</td>");
            html.Write($"<td class=\"number\">{(step.Latency is { } split ? Display.Milliseconds(split.Device) : string.Empty)}</td>");
            html.Line($"<td>{step.Reason}</td></tr>");
            if (step.Verdict is Verdict.Failed or Verdict.Inconclusive or Verdict.Error)
            {
                HtmlWireTrace.WriteRow(html, step, documents);
            }
        }

        html.Line($"</tbody></table></div>");
    }

    private static void WriteEvidence(
        HtmlWriter html, Execution frozen, Attempt attempt, EvidenceReference reference, ReadOnlyMemory<byte>? content, string missing)
    {
        html.Line($"<div class=\"evidence\"><h4>{reference.Name}</h4><p>{reference.MediaType}, {Display.Count(reference.Octets)} octets, ");
        html.Line($"SHA-256 <code>{reference.Sha256}</code>. ");
        if (content is not { } octets)
        {
            html.Line($"Its content is {missing}.</p></div>");
            return;
        }

        html.Write($"<a download=\"{frozen.CaseId}-attempt-{attempt.Key.Number}-{reference.Name}\" ");
        html.Write($"href=\"data:{SafeType(reference.MediaType)};base64,");
        html.Collected.Append(Convert.ToBase64String(octets.Span));
        html.Line($"\">Save</a></p>");
        EvidenceView view = EvidenceView.Read(octets);
        if (view.IsPresent)
        {
            HtmlEvidenceDocument.Write(html, view);
        }
        else
        {
            html.Line($"<details><summary>As text</summary><pre>{Encoding.UTF8.GetString(octets.Span)}</pre></details>");
        }

        html.Line($"</div>");
    }

    // Only a type that no browser renders as a page may stand in a data link.
    private static string SafeType(string mediaType) =>
        InertType().IsMatch(mediaType) ? mediaType : "application/octet-stream";

    [GeneratedRegex("^(application/(json|yaml|octet-stream)|text/plain)$")]
    private static partial Regex InertType();
}
