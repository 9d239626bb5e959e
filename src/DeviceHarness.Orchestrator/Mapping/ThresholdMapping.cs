using DeviceHarness.Assurance.Reports;
using DeviceHarness.Assurance.Thresholds;
using Google.Protobuf.WellKnownTypes;
using V1 = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Orchestrator.Mapping;

/// <summary>Threshold sets and evaluations as clients see them.</summary>
internal static class ThresholdMapping
{
    /// <summary>A set.</summary>
    public static V1.ThresholdSet ToContract(ThresholdSet set)
    {
        V1.ThresholdSet message = new()
        {
            Name = set.Name,
            Origin = set.Origin,
            Version = set.Version,
            ProjectDefault = set.IsDefault,
        };
        for (int severity = 1; severity <= ThresholdSet.Severities; severity++)
        {
            if (set.MaximumOf(severity) is { } maximum)
            {
                message.Maxima.Add(new V1.SeverityMaximum { Severity = severity, Maximum = maximum });
            }
        }

        return message;
    }

    /// <summary>A set that a person took into use.</summary>
    public static V1.ThresholdSet ToContract(ThresholdDecision decision)
    {
        V1.ThresholdSet message = ToContract(decision.Set);
        message.Who = decision.Who;
        message.Reason = decision.Reason;
        message.Time = Timestamp.FromDateTimeOffset(decision.Time);
        return message;
    }

    /// <summary>An evaluation.</summary>
    public static V1.ThresholdEvaluation ToContract(ThresholdEvaluation evaluation)
    {
        V1.ThresholdEvaluation message = new()
        {
            Set = ToContract(evaluation.Set),
            Dmc = evaluation.Scope.Dmc,
            Installation = (V1.InstallationType)evaluation.Scope.Installation,
            Entry = evaluation.Scope.ToString(),
            Rehearsal = evaluation.Basis == ThresholdBasis.Rehearsal,
            Moment = Timestamp.FromDateTimeOffset(evaluation.Moment),
            Within = evaluation.IsWithin,
            Verdict = evaluation.Verdict,
        };
        message.Rows.AddRange(evaluation.Rows.Select(ToContract));
        message.NotCounted.AddRange(evaluation.NotCounted.Select(issue => new V1.NotCountedIssue
        {
            Id = issue.Id,
            Severity = issue.Severity ?? 0,
            Reason = issue.Standing.NotCountedReason,
            DecidedBy = issue.Standing.NotCountedBy,
        }));
        message.Ungraded.AddRange(evaluation.Ungraded);
        message.Notes.AddRange(ThresholdText.Notes(evaluation));
        return message;
    }

    private static V1.SeverityCount ToContract(SeverityCount row)
    {
        V1.SeverityCount message = new()
        {
            Severity = row.Severity,
            Open = row.Open,
            NotCounted = row.NotCounted,
            OnlyVirtual = row.OnlyVirtual,
            Over = row.IsOver,
        };
        message.Counted.AddRange(row.Counted);
        if (row.Maximum is { } maximum)
        {
            message.Maximum = maximum;
        }

        return message;
    }
}
