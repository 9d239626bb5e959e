using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Latencies;
using Google.Protobuf.WellKnownTypes;
using V1 = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Orchestrator.Mapping;

/// <summary>Cycles as clients see them.</summary>
internal static class CycleMapping
{
    /// <summary>A cycle with its counts.</summary>
    public static V1.CycleSummary ToContract(Cycle cycle, PassRate rate)
    {
        V1.CycleSummary message = new()
        {
            Id = cycle.Id,
            PackName = cycle.PackName,
            PackHash = cycle.PackHash,
            Rig = cycle.Rig,
            State = (V1.CycleState)((int)cycle.State + 1),
            InScope = rate.InScope,
            Passed = rate.Passed,
            Failed = rate.Failed,
            Inconclusive = rate.Inconclusive,
            Error = rate.Error,
            Blocked = rate.Blocked,
            Skipped = rate.Skipped,
            NotRun = rate.NotRun,
            Created = Timestamp.FromDateTimeOffset(cycle.Created),
            Ended = WireTime.ToTimestamp(cycle.Ended),
            HarnessVersion = cycle.HarnessVersion,
            IrreversibleAllowedBy = cycle.IrreversibleAllowedBy,
            PackKind = cycle.PackKind,
            Purpose = RegressionMapping.ToContract(cycle.Purpose),
            Selection = cycle.IsSelection,
            StateReason = cycle.StateReason,
            Combination = cycle.Combination.Id,
            Proposal = cycle.Proposal is { } proposal ? RegressionMapping.ToContract(proposal) : null,
        };
        message.Models.AddRange(cycle.Combination.Models);
        message.SpareRigs.AddRange(cycle.Spares.Select(spare => spare.Rig));
        message.StopOn.AddRange(cycle.StopRules.Select(StopRuleMapping.ToContract));
        if (cycle.Provenance is { } provenance)
        {
            message.Provenance = ContractMapping.ToContract(provenance);
        }

        return message;
    }

    /// <summary>A cycle with its executions, latencies and devices.</summary>
    public static V1.CycleDetail ToContract(CycleDetail detail)
    {
        V1.CycleDetail message = new() { Cycle = ToContract(detail.Cycle, detail.Rate) };
        message.Executions.AddRange(detail.Executions.Select(ToContract));
        message.Latencies.AddRange(LatencySummary.Of(detail.Executions).Select(ToContract));
        message.Devices.AddRange(detail.Cycle.Devices.Select(ContractMapping.ToContract));
        message.Spares.AddRange(detail.Cycle.Spares.Select(ToContract));
        message.Issues.AddRange(detail.Issues.Select(IssueMapping.ToContract));
        message.Thresholds.AddRange(detail.Thresholds.Select(ThresholdMapping.ToContract));
        message.Resumptions.AddRange(detail.Resumptions.Select(resumption => resumption.ToString()));
        message.Quarantines.AddRange(detail.Quarantines.Select(quarantine => quarantine.ToString()));
        message.Campaigns.AddRange(detail.Campaigns.Select(CampaignMapping.ToContract));
        return message;
    }

    /// <summary>The latency of one SRV on one device.</summary>
    public static V1.SrvLatency ToContract(LatencySummary summary) => new()
    {
        ServiceReferenceVariant = summary.ServiceReferenceVariant,
        Device = summary.Device,
        Samples = summary.Samples,
        TotalP50 = Duration.FromTimeSpan(summary.TotalP50),
        TotalP99 = Duration.FromTimeSpan(summary.TotalP99),
        QueueP50 = Duration.FromTimeSpan(summary.QueueP50),
        HostP50 = Duration.FromTimeSpan(summary.HostP50),
        LineP50 = Duration.FromTimeSpan(summary.LineP50),
        DeviceP50 = Duration.FromTimeSpan(summary.DeviceP50),
        ElapsedP50 = Duration.FromTimeSpan(summary.ElapsedP50),
    };

    /// <summary>An execution: the attempt that decides says verdict, reason, time and octets; evidence comes from all attempts.</summary>
    public static V1.ExecutionSummary ToContract(ExecutionHistory history)
    {
        Attempt? shown = history.Deciding ?? (history.Attempts.Count == 0 ? null : history.Attempts[^1]);
        V1.ExecutionSummary message = new()
        {
            Id = history.Execution.Id,
            CaseId = history.Execution.CaseId,
            Title = history.Execution.Title,
            Attempts = history.Attempts.Count,
            Verdict = (V1.Verdict)history.Verdict,
            Reason = history.Reason,
            Elapsed = Duration.FromTimeSpan(shown?.Elapsed ?? TimeSpan.Zero),
            OctetsToDevice = shown?.OctetsToDevice ?? 0,
            OctetsFromDevice = shown?.OctetsFromDevice ?? 0,
            Flaky = history.IsFlaky,
            Rig = history.Rig,
            State = history.State switch
            {
                ExecutionState.Queued => "queued",
                ExecutionState.Leased => "leased",
                ExecutionState.Running => "running",
                _ => "finished",
            },
        };
        message.AttemptsMade.AddRange(history.Attempts.Select(ToContract));
        message.Evidence.AddRange(history.Attempts.SelectMany(attempt => attempt.Evidence).Select(evidence => new V1.EvidenceRef
        {
            Name = evidence.Name,
            MediaType = evidence.MediaType,
            Sha256 = evidence.Sha256,
            Octets = evidence.Octets,
        }));
        return message;
    }

    private static V1.AttemptSummary ToContract(Attempt attempt) => new()
    {
        Number = attempt.Key.Number,
        Rig = attempt.Rig,
        Verdict = (V1.Verdict)attempt.Verdict,
        Reason = attempt.Reason,
        Superseded = attempt.IsSuperseded,
        RigFault = attempt.IsRigFault,
    };

    private static V1.SpareRig ToContract(SpareRig spare)
    {
        V1.SpareRig message = new() { Rig = spare.Rig };
        message.Devices.AddRange(spare.Devices.Select(ContractMapping.ToContract));
        return message;
    }
}
