using DeviceHarness.Contracts.V1;

namespace DeviceHarness.Cli.Output;

/// <summary>Testing Issues for people.</summary>
internal static class IssueOutput
{
    private const int ShownOctetLines = 12;

    /// <summary>Prints the issues of a cycle, or that there are none.</summary>
    public static void WriteOfCycle(CycleDetail detail)
    {
        if (detail.Issues.Count == 0)
        {
            Console.WriteLine("Testing Issues: none");
            return;
        }

        Console.WriteLine($"Testing Issues: {detail.Issues.Count} ({detail.Issues.Count(issue => issue.IsNew)} new)");
        foreach (CycleIssue issue in detail.Issues)
        {
            string standing = issue.Issue.Known ? "known issue" : issue.IsNew ? "new" : "seen before";
            Console.WriteLine($"  {issue.Issue.Id} ({standing}, {issue.Issue.State}) {issue.Issue.Title}");
            WriteProposal(issue.Issue, "    ");
            Console.WriteLine($"    seen in {string.Join(", ", issue.Sightings.Select(sighting => sighting.CaseId).Distinct())}");
            WriteExchange(issue.Exchange, "    ", ShownOctetLines);
        }
    }

    /// <summary>Prints an issue with its sightings and history.</summary>
    public static void Write(IssueDetail detail)
    {
        TestingIssue issue = detail.Issue;
        Console.WriteLine($"{issue.Id} {issue.Title}");
        Console.WriteLine($"State: {issue.State}{(issue.DuplicateOf.Length > 0 ? $" of {issue.DuplicateOf}" : string.Empty)}");
        WriteProposal(issue, string.Empty);
        Console.WriteLine($"Effect achieved: {Known(Name(issue.Facts.Effect), issue.Facts.EffectSource)}");
        Console.WriteLine($"Outcome reported right: {Known(Name(issue.Facts.Outcome), issue.Facts.OutcomeSource)}");
        Console.WriteLine(
            $"Cause known: {YesNo(issue.Facts.CauseKnown)}; workaround accepted: {YesNo(issue.Facts.WorkaroundAccepted)}; "
            + $"spread: {issue.Facts.Spread}; harm: {YesNo(issue.Facts.Harm)}");
        WriteStanding(issue.Standing);
        if (issue.Description.Length > 0)
        {
            Console.WriteLine(issue.Description);
        }

        if (detail.Related.Count > 0)
        {
            Console.WriteLine($"May be the same as (same SRV and symptom): {string.Join(", ", detail.Related)}");
        }

        Console.WriteLine($"Seen in {issue.Sightings} attempts, newest first:");
        ConsoleText.WriteTable(
            ["cycle", "case", "attempt", "step", "device model", "firmware", "linked by", "UTC"],
            [.. detail.Sightings.Select(sighting => (IReadOnlyList<string>)
            [
                sighting.CycleId, sighting.CaseId, $"{sighting.Attempt}", $"{sighting.Step} {sighting.Fingerprint.Step}",
                sighting.Fingerprint.DeviceModel, sighting.Fingerprint.Firmware, sighting.LinkedBy, ConsoleText.Moment(sighting.Time),
            ])]);
        Console.WriteLine("How often, over all conclusive attempts of these cases (range: 95 % confidence):");
        ConsoleText.WriteTable(
            ["device", "", "seen", "attempts", "share of attempts"],
            [.. detail.Rates.Select(rate => (IReadOnlyList<string>)
            [
                rate.Device, rate.Seen > 0 ? "affected" : "not seen", $"{rate.Seen}", $"{rate.Attempts}",
                $"{rate.LowerPercent} to {rate.UpperPercent} %",
            ])]);
        WriteExchange(detail.Exchange, string.Empty, int.MaxValue);
        Console.WriteLine("History:");
        foreach (IssueChange change in detail.History)
        {
            string forum = change.Forum.Length == 0 ? string.Empty : $" ({change.Forum})";
            string from = change.Old.Length == 0 ? string.Empty : $"{change.Old} -> ";
            string who = $"{change.Who}{forum}: {change.Reason}";
            Console.WriteLine($"  {ConsoleText.Moment(change.Time)} {change.Field}: {from}{change.New}; {who}");
        }
    }

    private static void WriteStanding(IssueStanding standing)
    {
        Console.WriteLine($"Applies to: {standing.AppliesTo}");
        Console.WriteLine(standing.NotCountedReason.Length == 0
            ? "Counted against thresholds: yes"
            : $"Counted against thresholds: no: {standing.NotCountedReason}; decided by {standing.NotCountedBy}");
        if (standing.EarlierPhase.Length > 0)
        {
            Console.WriteLine($"Carried over from: {standing.EarlierPhase}");
        }

        if (standing.ProductionDefect.Length > 0)
        {
            Console.WriteLine($"Production defect: {standing.ProductionDefect}");
        }
    }

    private static void WriteProposal(TestingIssue issue, string indent)
    {
        string confirmed = issue.Severity == 0 ? "not set: a person confirms" : $"{issue.Severity}";
        SeverityProposal proposal = issue.Proposal;
        Console.WriteLine($"{indent}severity: {confirmed}; proposed {proposal.Severity} by {proposal.Rule}: {proposal.Text}");
        foreach (string assumed in proposal.Assumed)
        {
            Console.WriteLine($"{indent}  {assumed}");
        }
    }

    private static void WriteExchange(FailingExchange? exchange, string indent, int lines)
    {
        if (exchange is null)
        {
            Console.WriteLine($"{indent}octets: none; the request was refused before any was sent");
            return;
        }

        int skipped = Math.Max(0, exchange.Octets.Count - lines);
        string left = skipped == 0 ? string.Empty : $", the last {lines} of {exchange.Octets.Count} lines";
        Console.WriteLine($"{indent}octets of step {exchange.Step}, {exchange.StepName}{left}:");
        foreach (string line in exchange.Octets.Skip(skipped))
        {
            Console.WriteLine($"{indent}  {line}");
        }
    }

    private static string Known(string value, string source) => (value, source) switch
    {
        ("unknown", _) => "unknown: the case states no way to know it",
        (_, "") => value,
        _ => $"{value} ({source})",
    };

    private static string Name(EffectAchieved effect) => effect switch
    {
        EffectAchieved.Yes => "yes",
        EffectAchieved.No => "no",
        _ => "unknown",
    };

    private static string Name(OutcomeReported outcome) => outcome switch
    {
        OutcomeReported.Right => "yes",
        OutcomeReported.WrongOrLate => "no, or late",
        _ => "unknown",
    };

    private static string YesNo(bool value) => value ? "yes" : "no";
}
