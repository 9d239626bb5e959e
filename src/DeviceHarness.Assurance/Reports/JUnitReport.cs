using System.Globalization;
using System.Text;
using System.Xml;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Campaigns;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Issues;
using DeviceHarness.Assurance.Thresholds;

namespace DeviceHarness.Assurance.Reports;

/// <summary>Writes cycles as JUnit XML for build servers: one test suite for a cycle, one test case for an execution.</summary>
/// <remarks>
/// <c>Failed</c> is a failure; <c>Inconclusive</c>, <c>Error</c> and <c>Blocked</c> are errors with the verdict as their type;
/// <c>Skipped</c>,
/// <c>NotRun</c> and descoped cases are skipped. Provenance, hashes, the pass rate and known departures are properties of the suite.
/// </remarks>
public static class JUnitReport
{
    /// <summary>Writes the report.</summary>
    /// <param name="target">Takes the XML as UTF-8; it is not closed.</param>
    /// <param name="cycles">The cycles, in the order of the suites.</param>
    public static void Write(Stream target, IReadOnlyList<CycleDetail> cycles)
    {
        XmlWriterSettings settings = new() { Indent = true, Encoding = new UTF8Encoding(false), CloseOutput = false };
        using XmlWriter xml = XmlWriter.Create(target, settings);
        xml.WriteStartElement("testsuites");
        WriteCounts(xml, [.. cycles.SelectMany(cycle => cycle.Executions)]);
        foreach (CycleDetail cycle in cycles)
        {
            WriteSuite(xml, cycle);
        }

        xml.WriteEndElement();
    }

    private static void WriteSuite(XmlWriter xml, CycleDetail detail)
    {
        Cycle cycle = detail.Cycle;
        xml.WriteStartElement("testsuite");
        Attribute(xml, "name", $"{cycle.PackName} on {cycle.Rig}");
        Attribute(xml, "id", cycle.Id);
        Attribute(xml, "hostname", cycle.Rig);
        Attribute(xml, "timestamp", cycle.Created.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
        WriteCounts(xml, detail.Executions);
        WriteProperties(xml, detail);
        foreach (ExecutionHistory execution in detail.Executions)
        {
            WriteCase(xml, detail, execution);
        }

        xml.WriteEndElement();
    }

    private static void WriteCounts(XmlWriter xml, IReadOnlyList<ExecutionHistory> executions)
    {
        Attribute(xml, "tests", Number(executions.Count));
        Attribute(xml, "failures", Number(executions.Count(execution => KindOf(execution) == Kind.Failure)));
        Attribute(xml, "errors", Number(executions.Count(execution => KindOf(execution) == Kind.Error)));
        Attribute(xml, "skipped", Number(executions.Count(execution => KindOf(execution) == Kind.Skipped)));
        Attribute(xml, "time", Display.Seconds(executions.Aggregate(TimeSpan.Zero, (sum, execution) => sum + ElapsedOf(execution))));
    }

    private static void WriteProperties(XmlWriter xml, CycleDetail detail)
    {
        Cycle cycle = detail.Cycle;
        Provenance? provenance = HtmlReport.ProvenanceOf(detail);
        xml.WriteStartElement("properties");
        Property(xml, "state", cycle.State.ToString());
        Property(xml, "state.reason", Display.Or(cycle.StateReason, "none"));
        Property(xml, "firmware-changed.proposed", Display.Or(cycle.Proposal?.ToString() ?? string.Empty, "none"));
        Property(xml, "device-model-combination", cycle.Combination.ToString());
        Property(xml, "stop-rules", Display.Or(string.Join(", ", cycle.StopRules), "none"));
        Property(xml, "pass-rate", detail.Rate.ToString());
        Property(xml, "provenance.route", provenance?.Route.ToString() ?? "unknown");
        Property(xml, "provenance.origin", provenance?.Origin.ToString() ?? "unknown");
        Property(xml, "provenance.note", ProvenanceRule.Banner(provenance));
        Property(xml, "pack.name", cycle.PackName);
        Property(xml, "pack.version", cycle.PackVersion);
        Property(xml, "pack.sha256", cycle.PackHash);
        Property(xml, "harness.version", cycle.HarnessVersion);
        Property(xml, "seed", cycle.Seed.ToString(CultureInfo.InvariantCulture));
        Property(xml, "irreversible-allowed-by", Display.Or(cycle.IrreversibleAllowedBy, "nobody"));
        WriteDevices(xml, string.Empty, cycle.Devices);
        foreach (SpareRig spare in cycle.Spares)
        {
            WriteDevices(xml, $"spare.{spare.Rig}.", spare.Devices);
        }

        Property(xml, "rigs-used", string.Join(", ", detail.RigsUsed));

        Property(xml, "testing-issues", Display.Or(string.Join(", ", detail.Issues.Select(issue => issue.Issue.Id)), "none"));
        foreach (CycleIssue issue in detail.Issues)
        {
            Property(xml, $"testing-issue.{issue.Issue.Id}", IssueText.Line(issue));
        }

        WriteDepartures(xml, detail);
        foreach (ThresholdEvaluation evaluation in detail.Thresholds)
        {
            Property(xml, $"thresholds.{evaluation.Scope}", ThresholdText.Line(evaluation));
        }

        foreach (CampaignStanding standing in detail.Campaigns)
        {
            Property(xml, $"campaign.{standing.Campaign.Name}", CampaignText.Line(standing));
        }

        foreach (ExecutionHistory execution in detail.Executions)
        {
            foreach (Attempt attempt in execution.Attempts)
            {
                foreach (EvidenceReference evidence in attempt.Evidence)
                {
                    string name = $"evidence.{execution.Execution.CaseId}.{Number(attempt.Key.Number)}.{evidence.Name}.sha256";
                    Property(xml, name, evidence.Sha256);
                }
            }
        }

        xml.WriteEndElement();
    }

    /// <summary>What devices did otherwise than their kind, as is known of their models: the cases passed.</summary>
    private static void WriteDepartures(XmlWriter xml, CycleDetail detail)
    {
        ExecutionHistory[] departed = [.. detail.Executions.Where(execution => execution.DepartedAsKnown is not null)];
        Property(xml, "departures", Display.Or(string.Join(", ", departed.Select(execution => execution.Execution.CaseId)), "none"));
        foreach (ExecutionHistory execution in departed)
        {
            Property(xml, $"departure.{execution.Execution.CaseId}", execution.DepartedAsKnown ?? string.Empty);
        }
    }

    private static void WriteDevices(XmlWriter xml, string prefix, IReadOnlyList<DeviceBaseline> devices)
    {
        foreach (DeviceBaseline device in devices)
        {
            Property(
                xml, $"{prefix}device.{device.Device.Id.Value}",
                $"{device.Device.DeviceType} {device.Device.Eui64} firmware {Display.Or(device.Inventory.FirmwareVersion, "unknown")}");
        }
    }

    private static void WriteCase(XmlWriter xml, CycleDetail detail, ExecutionHistory execution)
    {
        xml.WriteStartElement("testcase");
        Attribute(xml, "classname", detail.Cycle.PackName);
        Attribute(xml, "name", $"{execution.Execution.CaseId} {execution.Execution.Title}");
        Attribute(xml, "time", Display.Seconds(ElapsedOf(execution)));
        switch (KindOf(execution))
        {
            case Kind.Failure:
                WriteFault(xml, "failure", execution, detail.Issues);
                break;
            case Kind.Error:
                WriteFault(xml, "error", execution, detail.Issues);
                break;
            case Kind.Skipped:
                xml.WriteStartElement("skipped");
                Attribute(xml, "message", SkippedBecause(execution));
                xml.WriteEndElement();
                break;
            default:
                break;
        }

        WriteOutput(xml, execution);
        xml.WriteEndElement();
    }

    private static void WriteFault(XmlWriter xml, string element, ExecutionHistory execution, IReadOnlyList<CycleIssue> issues)
    {
        xml.WriteStartElement(element);
        Attribute(xml, "type", execution.Verdict.ToString());
        Attribute(xml, "message", execution.Reason);
        foreach (Step step in execution.Deciding?.Steps.Where(step => step.Verdict != Verdict.Passed) ?? [])
        {
            xml.WriteString(Clean($"step {Number(step.Index)} {step.Name}: {step.Verdict} {step.Reason}\n"));
        }

        foreach (CycleIssue issue in issues.Where(issue =>
            issue.Sightings.Any(sighting => sighting.Attempt.ExecutionId == execution.Execution.Id)))
        {
            string octets = string.Concat((issue.Exchange?.Octets ?? []).Select(line => $"  {line}\n"));
            xml.WriteString(Clean($"Testing Issue {IssueText.Line(issue)}\n{octets}"));
        }

        xml.WriteEndElement();
    }

    private static void WriteOutput(XmlWriter xml, ExecutionHistory execution)
    {
        if (execution.Attempts.Count == 0)
        {
            return;
        }

        StringBuilder text = new();
        if (execution.DepartedAsKnown is { } departure)
        {
            text.Append(CultureInfo.InvariantCulture, $"departure: {departure}\n");
        }

        if (execution.IsFlaky)
        {
            text.Append("flaky: one attempt passed and another failed; the first conclusive attempt decides\n");
        }

        foreach (Attempt attempt in execution.Attempts)
        {
            text.Append(CultureInfo.InvariantCulture, $"attempt {attempt.Key.Number}: {attempt.Verdict}");
            text.Append(attempt.Rig.Length > 0 ? $" on {attempt.Rig}" : string.Empty);
            text.Append(attempt.IsRigFault ? ", a rig fault" : string.Empty);
            text.Append(attempt.IsSuperseded ? " (superseded, not counted)\n" : "\n");
            foreach (Step step in attempt.Steps)
            {
                string codes = $"{step.ServiceReferenceVariant} {step.AcknowledgementCode} {step.ResponseCode}".Trim();
                text.Append($"  step {Number(step.Index)} {step.Name}: {step.Verdict} {codes}".TrimEnd()).Append('\n');
            }
        }

        xml.WriteElementString("system-out", Clean(text.ToString()));
    }

    private static string SkippedBecause(ExecutionHistory execution) => execution switch
    {
        { IsDescoped: true } => $"descoped: {execution.Reason}",
        { Verdict: Verdict.Skipped } => $"not applicable: {execution.Reason}",
        { Reason.Length: > 0 } => $"not run: {execution.Reason}",
        _ => "not run",
    };

    private static Kind KindOf(ExecutionHistory execution) => execution switch
    {
        { IsDescoped: true } => Kind.Skipped,
        { Verdict: Verdict.Passed } => Kind.Passed,
        { Verdict: Verdict.Failed } => Kind.Failure,
        { Verdict: Verdict.Skipped or Verdict.NotRun } => Kind.Skipped,
        _ => Kind.Error,
    };

    private static TimeSpan ElapsedOf(ExecutionHistory execution) => execution.Deciding?.Elapsed ?? TimeSpan.Zero;

    private static void Property(XmlWriter xml, string name, string value)
    {
        xml.WriteStartElement("property");
        Attribute(xml, "name", name);
        Attribute(xml, "value", value);
        xml.WriteEndElement();
    }

    private static void Attribute(XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, Clean(value));

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    // XML has no way to write most control characters or half a surrogate pair.
    private static string Clean(string value)
    {
        StringBuilder clean = new(value.Length);
        for (int index = 0; index < value.Length; index++)
        {
            bool isPair = index + 1 < value.Length && XmlConvert.IsXmlSurrogatePair(value[index + 1], value[index]);
            if (isPair)
            {
                clean.Append(value[index]).Append(value[++index]);
            }
            else
            {
                clean.Append(XmlConvert.IsXmlChar(value[index]) ? value[index] : '\uFFFD');
            }
        }

        return clean.ToString();
    }

    private enum Kind
    {
        Passed,
        Failure,
        Error,
        Skipped,
    }
}
