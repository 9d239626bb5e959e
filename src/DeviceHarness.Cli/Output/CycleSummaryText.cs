using DeviceHarness.Contracts.V1;

namespace DeviceHarness.Cli.Output;

/// <summary>What a cycle came to, for people, and the exit code that says it to programs.</summary>
internal static class CycleSummaryText
{
    /// <summary>Prints the summary of one cycle.</summary>
    public static void Write(CycleDetail detail)
    {
        CycleSummary cycle = detail.Cycle;
        Console.WriteLine();
        string pack = cycle.PackHash[..Math.Min(12, cycle.PackHash.Length)];
        Console.WriteLine($"Cycle {cycle.Id}: {cycle.State} ({cycle.PackName} on {cycle.Rig}, pack {pack})");
        if (cycle.StateReason.Length > 0)
        {
            Console.WriteLine($"Ended early: {cycle.StateReason}");
        }

        if (cycle.Proposal is { } proposal)
        {
            Console.WriteLine($"Firmware changed, proposed: {proposal.Text}");
        }

        Console.WriteLine($"Pass rate: {PassRate(cycle)}");
        if (cycle.Provenance.Origin != Origin.Real)
        {
            Console.WriteLine(
                $"Provenance: {cycle.Provenance.Origin} devices by {cycle.Provenance.Route}: "
                + "not evidence for DMCT or EPCL, and no proof of the S1SP path"
                + (cycle.Provenance.Origin == Origin.Scaled ? "; the clock was scaled, no latency is stored" : string.Empty));
        }

        Console.WriteLine($"Device Model Combination: {cycle.Combination} ({string.Join(", ", cycle.Models)})");
        if (cycle.IrreversibleAllowedBy.Length > 0)
        {
            Console.WriteLine($"Irreversible steps on real devices: allowed by {cycle.IrreversibleAllowedBy}");
        }

        WriteRigs(detail);
        ExecutionSummary[] unhappy =
            [.. detail.Executions.Where(execution => execution.Verdict is not (Verdict.Passed or Verdict.Skipped))];
        foreach (ExecutionSummary execution in unhappy)
        {
            string verdict = ConsoleText.Coloured(execution.Verdict.ToString(), execution.Verdict);
            Console.WriteLine($"  {verdict} {execution.CaseId} {execution.Title}: {execution.Reason}");
        }

        foreach (ExecutionSummary execution in detail.Executions
            .Where(execution => execution is { Verdict: Verdict.Passed, Reason.Length: > 0 }))
        {
            Console.WriteLine($"  departure: {execution.CaseId} {execution.Title}: {execution.Reason}");
        }

        IssueOutput.WriteOfCycle(detail);
        CampaignOutput.Write(detail.Campaigns);
        if (detail.Latencies.Count > 0)
        {
            Console.WriteLine("Latency per SRV (median parts; the line is the physical limit):");
            ConsoleText.WriteTable(
                ["SRV", "device", "samples", "p50", "p99", "queue", "host", "line", "device time"],
                [.. detail.Latencies.Select(Row)]);
        }
    }

    /// <summary>Which cases ran on another rig than the cycle's own, and which rigs were lost in the middle of one.</summary>
    private static void WriteRigs(CycleDetail detail)
    {
        if (detail.Spares.Count == 0)
        {
            return;
        }

        Console.WriteLine($"Spare rigs: {string.Join(", ", detail.Spares.Select(spare => spare.Rig))}");
        foreach (ExecutionSummary execution in detail.Executions)
        {
            foreach (AttemptSummary attempt in execution.AttemptsMade.Where(attempt => attempt.RigFault))
            {
                Console.WriteLine($"  {execution.CaseId} attempt {attempt.Number}: rig fault on {attempt.Rig}: {attempt.Reason}");
            }

            if (execution.Rig.Length > 0 && execution.Rig != detail.Cycle.Rig)
            {
                Console.WriteLine($"  {execution.CaseId} ran on {execution.Rig}, on other devices");
            }
        }
    }

    /// <summary>The exit code of a run over all its cycles.</summary>
    public static int ExitCodeOf(IEnumerable<CycleDetail> details)
    {
        Verdict[] verdicts = [.. details.SelectMany(detail => detail.Executions).Select(execution => execution.Verdict)];
        return verdicts.Contains(Verdict.Failed)
            ? ExitCode.Failed
            : verdicts.Any(verdict => verdict is Verdict.Inconclusive or Verdict.Error or Verdict.Blocked or Verdict.NotRun)
                ? ExitCode.Infrastructure
                : ExitCode.Passed;
    }

    private static string PassRate(CycleSummary cycle)
    {
        int executed = cycle.Passed + cycle.Failed;
        string percent = cycle.InScope == 0 ? "no case in scope" : $"{((cycle.Passed * 200) + cycle.InScope) / (cycle.InScope * 2)} %";
        return $"{percent} ({cycle.Passed} of {cycle.InScope} in-scope cases passed; {executed} conclusive, {cycle.Failed} failed, "
            + $"{cycle.Inconclusive} inconclusive, {cycle.Error} error, {cycle.Blocked} blocked, "
            + $"{cycle.NotRun} not run; {cycle.Skipped} skipped)";
    }

    private static IReadOnlyList<string> Row(SrvLatency latency) =>
    [
        latency.ServiceReferenceVariant, latency.Device, $"{latency.Samples}",
        ConsoleText.Of(latency.TotalP50.ToTimeSpan()), ConsoleText.Of(latency.TotalP99.ToTimeSpan()),
        ConsoleText.Of(latency.QueueP50.ToTimeSpan()), ConsoleText.Of(latency.HostP50.ToTimeSpan()),
        ConsoleText.Of(latency.LineP50.ToTimeSpan()), ConsoleText.Of(latency.DeviceP50.ToTimeSpan()),
    ];
}
