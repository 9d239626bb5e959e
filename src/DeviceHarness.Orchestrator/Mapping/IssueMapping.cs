using DeviceHarness.Assurance.Issues;
using Google.Protobuf.WellKnownTypes;
using V1 = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Orchestrator.Mapping;

/// <summary>Testing Issues as clients see them.</summary>
internal static class IssueMapping
{
    /// <summary>An issue.</summary>
    public static V1.TestingIssue ToContract(TestingIssue issue) => new()
    {
        Id = issue.Id,
        Title = issue.Title,
        Description = issue.Description,
        State = issue.State.ToString(),
        Severity = issue.Severity ?? 0,
        Proposal = ToContract(issue.Proposal),
        Facts = ToContract(issue.Facts),
        Known = issue.IsKnown,
        DuplicateOf = issue.DuplicateOf,
        Raised = Timestamp.FromDateTimeOffset(issue.Raised),
        LastSeen = Timestamp.FromDateTimeOffset(issue.LastSeen),
        Sightings = issue.Sightings,
        SeenOnReal = issue.IsSeenOnReal,
        Standing = new V1.IssueStanding
        {
            Dmc = issue.Standing.Dmc,
            Installation = (V1.InstallationType)issue.Standing.Installation,
            AppliesTo = issue.Standing.Scope.ToString(),
            NotCountedReason = issue.Standing.NotCountedReason,
            NotCountedBy = issue.Standing.NotCountedBy,
            EarlierPhase = issue.Standing.EarlierPhase,
            ProductionDefect = issue.Standing.ProductionDefect,
        },
    };

    /// <summary>An issue as one cycle saw it.</summary>
    public static V1.CycleIssue ToContract(CycleIssue issue)
    {
        V1.CycleIssue message = new()
        {
            Issue = ToContract(issue.Issue),
            IsNew = issue.IsNew,
            Exchange = ToContract(issue.Exchange),
        };
        message.Sightings.AddRange(issue.Sightings.Select(ToContract));
        return message;
    }

    /// <summary>An issue with its sightings and history.</summary>
    public static V1.IssueDetail ToContract(IssueDetail detail, FailingExchange? exchange)
    {
        V1.IssueDetail message = new() { Issue = ToContract(detail.Issue), Exchange = ToContract(exchange) };
        message.Sightings.AddRange(detail.Sightings.Select(ToContract));
        message.History.AddRange(detail.History.Select(change => new V1.IssueChange
        {
            Field = change.Field,
            Old = change.Old,
            New = change.New,
            Who = change.Who,
            Time = Timestamp.FromDateTimeOffset(change.Time),
            Forum = change.Forum,
            Reason = change.Reason,
        }));
        message.Related.AddRange(detail.Related);
        message.Rates.AddRange(detail.Rates.Select(rate => new V1.FailureRate
        {
            Device = rate.Device,
            Seen = rate.Seen,
            Attempts = rate.Attempts,
            LowerPercent = rate.LowerPercent,
            UpperPercent = rate.UpperPercent,
        }));
        return message;
    }

    private static V1.SeverityProposal ToContract(SeverityProposal proposal)
    {
        V1.SeverityProposal message = new() { Severity = proposal.Severity, Rule = proposal.Rule, Text = proposal.Text };
        message.Assumed.AddRange(proposal.Assumed);
        return message;
    }

    private static V1.IssueFacts ToContract(IssueFacts facts) => new()
    {
        Harm = facts.Harm,
        Unrecoverable = facts.Unrecoverable,
        Effect = (V1.EffectAchieved)facts.Effect,
        EffectSource = facts.EffectSource,
        Outcome = (V1.OutcomeReported)facts.Outcome,
        OutcomeSource = facts.OutcomeSource,
        CauseKnown = facts.CauseKnown,
        WorkaroundAccepted = facts.WorkaroundAccepted,
        Spread = (V1.Spread)facts.Spread,
        Departure = (V1.Departure)facts.Departure,
    };

    private static V1.IssueSighting ToContract(IssueSighting sighting) => new()
    {
        CycleId = sighting.CycleId,
        CaseId = sighting.CaseId,
        ExecutionId = sighting.Attempt.ExecutionId,
        Attempt = sighting.Attempt.Number,
        Step = sighting.Step,
        First = sighting.IsFirst,
        LinkedBy = sighting.LinkedBy,
        Time = Timestamp.FromDateTimeOffset(sighting.Time),
        Origin = sighting.Origin is { } origin ? (V1.Origin)((int)origin + 1) : V1.Origin.Unspecified,
        EvidenceSha256 = sighting.EvidenceSha256,
        Fingerprint = new V1.IssueFingerprint
        {
            Key = sighting.Fingerprint.Key,
            CaseId = sighting.Fingerprint.CaseId,
            ServiceReferenceVariant = sighting.Fingerprint.ServiceReferenceVariant,
            Step = sighting.Fingerprint.Step,
            Symptom = sighting.Fingerprint.Symptom,
            DeviceModel = sighting.Fingerprint.DeviceModel,
            Firmware = sighting.Fingerprint.Firmware,
        },
    };

    private static V1.FailingExchange? ToContract(FailingExchange? exchange)
    {
        if (exchange is null)
        {
            return null;
        }

        V1.FailingExchange message = new() { Step = exchange.Step, StepName = exchange.StepName, LeftOut = exchange.LeftOut };
        message.Octets.AddRange(exchange.Octets);
        message.Decode.AddRange(exchange.Decode);
        return message;
    }
}
