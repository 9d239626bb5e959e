using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Assurance.Reports;

/// <summary>The first page of the report: what was run on what, and how it went.</summary>
internal static class HtmlOverview
{
    private static readonly string Style = ReadStyle();

    /// <summary>Begins the document.</summary>
    public static void WriteHead(HtmlWriter html, Cycle cycle)
    {
        html.Line($"<!DOCTYPE html>");
        html.Line($"<html lang=\"en\"><head><meta charset=\"utf-8\">");
        html.Line($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        html.Line($"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">");
        html.Line($"<title>{cycle.PackName} on {cycle.Rig}: cycle {cycle.Id}</title>");
        html.Write($"<style>");
        html.Collected.Append(Style);
        html.Line($"</style></head><body>");
    }

    /// <summary>Writes banner, facts and counts.</summary>
    public static void WriteSummary(HtmlWriter html, CycleDetail detail, Provenance? provenance, DateTimeOffset printed)
    {
        Cycle cycle = detail.Cycle;
        PassRate rate = detail.Rate;
        WriteBanners(html, cycle, rate, provenance);
        WriteProposal(html, cycle);
        HtmlCampaigns.WriteBanners(html, detail.Campaigns);
        html.Line($"<main><header><h1>{cycle.PackName} on {cycle.Rig}</h1>");
        html.Line($"<p class=\"rate\">{rate.ToString()}</p>");
        html.Write($"<ul class=\"counts\">");
        WriteCount(html, "Passed", "passed", rate.Passed);
        WriteCount(html, "Failed", "failed", rate.Failed);
        WriteCount(html, "Inconclusive", "inconclusive", rate.Inconclusive);
        WriteCount(html, "Error", "error", rate.Error);
        WriteCount(html, "Blocked", "blocked", rate.Blocked);
        WriteCount(html, "Not run", "notrun", rate.NotRun);
        WriteCount(html, "Flaky", "flaky", detail.Executions.Count(execution => execution.IsFlaky));
        WriteCount(html, "Out of scope: skipped", "skipped", rate.Skipped);
        WriteCount(html, "Out of scope: descoped", "skipped", rate.Descoped);
        html.Line($"</ul></header>");
        html.Line($"<section><h2>Cycle</h2><table class=\"facts\">");
        WriteFact(html, "Cycle", cycle.Id);
        WriteFact(html, "State", cycle.State + (cycle.StateReason.Length > 0 ? $": {cycle.StateReason}" : string.Empty));
        WriteFact(html, "Pack", $"{cycle.PackName} {cycle.PackVersion}".TrimEnd());
        WriteFact(html, "Run for", cycle.Purpose.ToString());
        WriteFact(html, "Device Model Combination", cycle.Combination.ToString());
        WriteFact(html, "Cases", cycle.IsSelection ? "some of the pack's cases were chosen" : "all of the pack");
        WriteFact(html, "Pack SHA-256", cycle.PackHash);
        WriteFact(html, "Rig", cycle.Rig);
        if (cycle.Spares.Count > 0)
        {
            WriteFact(html, "Spare rigs", string.Join(", ", cycle.Spares.Select(spare => spare.Rig)));
            WriteFact(html, "Verdicts come from", string.Join(", ", detail.RigsUsed));
        }

        WriteFact(html, "Harness", cycle.HarnessVersion);
        WriteFact(html, "Provenance", Display.Name(provenance));
        html.Line($"<tr><th scope=\"row\">Seed</th><td>{cycle.Seed}</td></tr>");
        WriteFact(html, "Irreversible steps on real devices", cycle.IrreversibleAllowedBy.Length > 0
            ? $"allowed by {cycle.IrreversibleAllowedBy}"
            : "not allowed for this run");
        WriteFact(html, "Stop rules", Display.Or(string.Join(", ", cycle.StopRules), "none"));
        WriteFact(html, "Frozen", Display.Moment(cycle.Created));
        WriteFact(html, "Ended", Display.Moment(cycle.Ended));
        WriteResumptions(html, detail.Resumptions);
        foreach (BenchQuarantine quarantine in detail.Quarantines)
        {
            WriteFact(html, "Bench in quarantine", quarantine.ToString());
        }

        WriteFact(html, "Printed", Display.Moment(printed));
        html.Line($"</table>");
        WriteDevices(html, "Device set and firmware baseline", cycle.Devices);
        foreach (SpareRig spare in cycle.Spares)
        {
            WriteDevices(html, $"Devices of the spare rig {spare.Rig}", spare.Devices);
        }

        html.Line($"</section>");
    }

    private static void WriteResumptions(HtmlWriter html, IReadOnlyList<CycleResumption> resumptions)
    {
        foreach (CycleResumption resumption in resumptions)
        {
            WriteFact(html, "Resumed", resumption.ToString());
        }
    }

    /// <summary>Writes what did not pass, with the reason, and what counts as passed only by grace.</summary>
    public static void WriteNotPassed(HtmlWriter html, CycleDetail detail)
    {
        html.Line($"<section id=\"not-passed\"><h2>What did not pass</h2>");
        ExecutionHistory[] notPassed =
        [
            .. HtmlReport.ByUrgency(detail.Executions).Where(execution => execution.IsInScope && execution.Verdict != Verdict.Passed),
        ];
        if (notPassed.Length == 0)
        {
            html.Line($"<p>Every in-scope case passed.</p></section>");
            return;
        }

        html.Line($"<table><thead><tr><th>Case</th><th>Verdict</th><th>Reason</th></tr></thead><tbody>");
        foreach (ExecutionHistory execution in notPassed)
        {
            Execution frozen = execution.Execution;
            html.Write($"<tr><td><a href=\"#case-{frozen.Ordinal}\">{frozen.CaseId}</a> {frozen.Title}</td><td>");
            WriteVerdict(html, execution.Verdict);
            html.Write($"{(execution.IsFlaky ? " flaky" : string.Empty)}</td>");
            html.Line($"<td>{Display.Or(execution.Reason, "none was given")}</td></tr>");
        }

        html.Line($"</tbody></table></section>");
    }

    /// <summary>Writes the table of all cases.</summary>
    public static void WriteCases(HtmlWriter html, CycleDetail detail)
    {
        html.Line($"<section id=\"cases\"><h2>Cases</h2><div class=\"wide\"><table><thead><tr><th>Case</th><th>Title</th><th>Verdict</th>");
        html.Write($"<th class=\"number\">Elapsed</th><th class=\"number\">Octets to device</th><th class=\"number\">Octets from ");
        html.Line($"device</th>");
        html.Line($"<th class=\"number\">Attempts</th><th>Remarks</th></tr></thead><tbody>");
        foreach (ExecutionHistory execution in detail.Executions)
        {
            Execution frozen = execution.Execution;
            Attempt? deciding = execution.Deciding;
            html.Write($"<tr><td class=\"nowrap\"><a href=\"#case-{frozen.Ordinal}\">{frozen.CaseId}</a></td><td>{frozen.Title}</td><td>");
            WriteVerdict(html, execution.Verdict);
            html.Line($"</td><td class=\"number\">{(deciding is null ? string.Empty : Display.Duration(deciding.Elapsed))}</td>");
            html.Line($"<td class=\"number\">{Display.Count(deciding?.OctetsToDevice ?? 0)}</td>");
            html.Line($"<td class=\"number\">{Display.Count(deciding?.OctetsFromDevice ?? 0)}</td>");
            html.Line($"<td class=\"number\">{execution.Attempts.Count}</td><td>{RemarksOn(execution, detail.Cycle)}</td></tr>");
        }

        html.Line($"</tbody></table></div></section>");
    }

    /// <summary>Writes a verdict as a badge.</summary>
    public static void WriteVerdict(HtmlWriter html, Verdict verdict) =>
        html.Write($"<span class=\"verdict {Display.Class(verdict)}\">{Display.Name(verdict)}</span>");

    private static string RemarksOn(ExecutionHistory execution, Cycle cycle)
    {
        List<string> remarks = [];
        if (cycle.Spares.Count > 0 && execution.Rig.Length > 0)
        {
            remarks.Add($"on {execution.Rig}");
        }

        remarks.AddRange(execution.Attempts.Where(attempt => attempt.IsRigFault).Select(attempt => $"rig fault on {attempt.Rig}"));
        if (execution.IsDescoped)
        {
            remarks.Add($"descoped: {execution.Execution.DescopedReason}");
        }

        if (execution.DepartedAsKnown is { } departure)
        {
            remarks.Add(departure);
        }

        if (execution.IsFlaky)
        {
            remarks.Add("flaky: one attempt passed and another failed");
        }

        if (execution.Attempts.Any(attempt => attempt.IsSuperseded))
        {
            remarks.Add("a superseded attempt is kept and not counted");
        }

        if (execution.State != ExecutionState.Finished)
        {
            remarks.Add(execution.State.ToString().ToLowerInvariant());
        }

        return string.Join("; ", remarks);
    }

    private static void WriteBanners(HtmlWriter html, Cycle cycle, PassRate rate, Provenance? provenance)
    {
        string banner = ProvenanceRule.Banner(provenance);
        if (banner.Length > 0)
        {
            html.Line($"<p class=\"banner\" role=\"note\">{banner}</p>");
        }

        if (cycle.State == CycleState.Void)
        {
            html.Write($"<p class=\"banner grave\" role=\"note\">Void, nothing of it counts: ");
            html.Line($"{Display.Or(cycle.StateReason, "no reason given")}</p>");
        }
        else if (cycle.State != CycleState.Complete)
        {
            html.Write($"<p class=\"banner grave\" role=\"note\">Not a complete cycle ({cycle.State.ToString()}): ");
            html.Write($"executed {rate.Executed} ");
            html.Line($"of {rate.InScope}</p>");
        }
    }

    private static void WriteProposal(HtmlWriter html, Cycle cycle)
    {
        if (cycle.Proposal is { } proposal)
        {
            html.Write($"<p class=\"banner grave\" role=\"note\">Firmware changed, these devices are no longer those of the cycle. ");
            html.Line($"Proposed: {proposal.ToString()}</p>");
        }
    }

    private static void WriteDevices(HtmlWriter html, string title, IReadOnlyList<DeviceBaseline> devices)
    {
        html.Write($"<h3>{title}</h3><div class=\"wide\"><table><thead><tr><th>Device</th><th>Type</th>");
        html.Line($"<th>EUI-64</th>");
        html.Line($"<th>Firmware</th><th>Status</th><th>Profile</th><th>Provenance</th></tr></thead><tbody>");
        foreach (DeviceBaseline device in devices)
        {
            html.Write($"<tr><td>{device.Device.Id.Value}</td><td>{device.Device.DeviceType}</td>");
            html.Write($"<td>{device.Device.Eui64.ToString()}</td>");
            html.Write($"<td>{Display.Or(device.Inventory.FirmwareVersion, "unknown")}</td><td>{device.Inventory.Status.ToString()}</td>");
            html.Line($"<td>{device.Device.Profile}</td><td>{Display.Name(device.Device.Provenance)}</td></tr>");
        }

        html.Line($"</tbody></table></div>");
        if (FirmwareUpdateRules.Moc.NoteOn(devices.Select(device => device.Device.DeviceType)) is { } note)
        {
            html.Line($"<p class=\"note\">{note}</p>");
        }
    }

    private static void WriteFact(HtmlWriter html, string name, string value) =>
        html.Line($"<tr><th scope=\"row\">{name}</th><td>{value}</td></tr>");

    private static void WriteCount(HtmlWriter html, string name, string style, int count)
    {
        if (count > 0)
        {
            html.Write($"<li><span class=\"verdict {style}\">{count}</span> {name}</li>");
        }
    }

    private static string ReadStyle()
    {
        using Stream stream = typeof(HtmlOverview).Assembly.GetManifestResourceStream("Reports.report.css")
            ?? throw new System.Diagnostics.UnreachableException("the style sheet is embedded");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
