using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Store;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using V1 = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Orchestrator.Mapping;

/// <summary>Events between the stream and the store.</summary>
internal static class EventMapping
{
    /// <summary>The inventory field that is part of a cycle's baseline.</summary>
    public const string FirmwareField = "firmware";

    /// <summary>The attempt that an event belongs to.</summary>
    public static AttemptKey KeyOf(V1.AttemptEvent source) => new(source.ExecutionId, source.Attempt, source.LeaseNumber);

    /// <summary>Reads an event.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: the event breaks the contract.</exception>
    public static SequencedEvent ToDomain(V1.AttemptEvent source)
    {
        if (source.ExecutionId.Length == 0 || source.Attempt < 1 || source.LeaseNumber < 1 || source.Sequence < 1 || source.Time is null)
        {
            throw Broken(source, "execution_id, attempt, lease_number, sequence and time are needed");
        }

        return new SequencedEvent(KeyOf(source), source.Sequence, BodyOf(source, source.Time.ToDateTimeOffset()));
    }

    /// <summary>What a watcher sees of an event.</summary>
    /// <returns>Null when the event is not about a step.</returns>
    public static V1.StepUpdate? ToStepUpdate(SequencedEvent source, string caseId)
    {
        V1.StepUpdate update = new() { ExecutionId = source.Attempt.ExecutionId, Attempt = source.Attempt.Number, CaseId = caseId };
        switch (source.Event)
        {
            case StepStarted started:
                update.Started = new V1.StepStarted { Index = started.Index, Name = started.Name };
                return update;
            case StepFinished finished:
                update.Finished = ToContract(finished);
                return update;
            case AlertReceived received:
                update.Alert = ToContract(received);
                return update;
            default:
                return null;
        }
    }

    private static V1.AlertReceived ToContract(AlertReceived received) => new()
    {
        Device = received.Device,
        Code = received.Code,
        Meaning = received.Meaning,
        OccurredAt = received.OccurredAt is { } occurred ? Timestamp.FromDateTimeOffset(occurred) : null,
        Duplicate = received.IsDuplicate,
        Earlier = received.IsEarlier,
    };

    private static AttemptEvent BodyOf(V1.AttemptEvent source, DateTimeOffset time) => source.BodyCase switch
    {
        V1.AttemptEvent.BodyOneofCase.AttemptStarted => new AttemptStarted(
            source.AttemptStarted.CaseId, source.AttemptStarted.Title, ProvenanceOf(source))
        {
            Time = time,
        },
        V1.AttemptEvent.BodyOneofCase.StepStarted => new StepStarted(source.StepStarted.Index, source.StepStarted.Name) { Time = time },
        V1.AttemptEvent.BodyOneofCase.StepFinished => StepOf(source, source.StepFinished, time),
        V1.AttemptEvent.BodyOneofCase.EvidenceRecorded => EvidenceOf(source, source.EvidenceRecorded, time),
        V1.AttemptEvent.BodyOneofCase.InventoryChanged => new InventoryChanged(
            source.InventoryChanged.Eui64, source.InventoryChanged.Field, source.InventoryChanged.Value)
        {
            Time = time,
        },
        V1.AttemptEvent.BodyOneofCase.AlertReceived => AlertOf(source.AlertReceived, time),
        V1.AttemptEvent.BodyOneofCase.AttemptFinished => new AttemptFinished(
            VerdictOf(source, source.AttemptFinished.Verdict),
            source.AttemptFinished.Reason,
            WireTime.ToTimeSpan(source.AttemptFinished.Elapsed),
            source.AttemptFinished.OctetsToDevice,
            source.AttemptFinished.OctetsFromDevice)
        {
            Time = time,
            Issue = source.AttemptFinished.Issue is { } issue ? IssueOf(source, issue) : null,
        },
        _ => throw Broken(source, "it has no body that this orchestrator knows; the agent may be newer than the orchestrator"),
    };

    private static AlertReceived AlertOf(V1.AlertReceived alert, DateTimeOffset time) => new(alert.Device, alert.Code, alert.Meaning)
    {
        Time = time,
        OccurredAt = alert.OccurredAt?.ToDateTimeOffset(),
        IsDuplicate = alert.Duplicate,
        IsEarlier = alert.Earlier,
    };

    private static IssueEvidence IssueOf(V1.AttemptEvent source, V1.IssueEvidence issue) =>
        System.Enum.IsDefined((EffectAchieved)issue.Effect) && System.Enum.IsDefined((OutcomeReported)issue.Outcome)
            ? new IssueEvidence
            {
                Step = issue.Step,
                Symptom = issue.Symptom,
                Effect = (EffectAchieved)issue.Effect,
                EffectSource = issue.EffectSource,
                Outcome = (OutcomeReported)issue.Outcome,
                OutcomeSource = issue.OutcomeSource,
                KnownIssue = issue.KnownIssue,
            }
            : throw Broken(source, "effect and outcome must be known");

    private static StepFinished StepOf(V1.AttemptEvent source, V1.StepFinished step, DateTimeOffset time) => new(
        step.Index,
        step.Name,
        VerdictOf(source, step.Verdict),
        step.Reason,
        step.ServiceReferenceVariant,
        step.AcknowledgementCode,
        step.ResponseCode,
        WireTime.ToTimeSpan(step.Elapsed),
        LatencyOf(step.Latency))
    {
        Time = time,
        Device = step.Device,
    };

    private static EvidenceRecorded EvidenceOf(V1.AttemptEvent source, V1.EvidenceRecorded evidence, DateTimeOffset time) =>
        evidence.Content.Length <= EvidenceRecorded.MaximumOctets
            ? new EvidenceRecorded(evidence.Name, evidence.MediaType, evidence.Content.Memory) { Time = time }
            : throw Broken(source, $"its evidence has {evidence.Content.Length} octets; at most {EvidenceRecorded.MaximumOctets}");

    private static Provenance ProvenanceOf(V1.AttemptEvent source) =>
        ContractMapping.TryReadProvenance(source.AttemptStarted.Provenance, out Provenance provenance)
            ? provenance
            : throw Broken(source, "route and origin must be known");

    private static Verdict VerdictOf(V1.AttemptEvent source, V1.Verdict verdict) =>
        System.Enum.IsDefined((Verdict)verdict) ? (Verdict)verdict : throw Broken(source, $"{(int)verdict} is not a verdict");

    private static LatencySplit? LatencyOf(V1.LatencySplit? source) => source is null
        ? null
        : new LatencySplit(
            WireTime.ToTimeSpan(source.Queue),
            WireTime.ToTimeSpan(source.Host),
            WireTime.ToTimeSpan(source.Line),
            WireTime.ToTimeSpan(source.Device),
            WireTime.ToTimeSpan(source.Connect),
            source.Exchanges,
            source.AssociationOpen,
            WireTime.ToTimeSpan(source.AdapterBound));

    private static V1.StepFinished ToContract(StepFinished step)
    {
        V1.StepFinished message = new()
        {
            Index = step.Index,
            Name = step.Name,
            Verdict = (V1.Verdict)step.Verdict,
            Reason = step.Reason,
            ServiceReferenceVariant = step.ServiceReferenceVariant,
            AcknowledgementCode = step.AcknowledgementCode,
            ResponseCode = step.ResponseCode,
            Elapsed = Duration.FromTimeSpan(step.Elapsed),
            Device = step.Device,
        };
        if (step.Latency is { } latency)
        {
            message.Latency = new V1.LatencySplit
            {
                Queue = Duration.FromTimeSpan(latency.Queue),
                Host = Duration.FromTimeSpan(latency.Host),
                Line = Duration.FromTimeSpan(latency.Line),
                Device = Duration.FromTimeSpan(latency.Device),
                Connect = Duration.FromTimeSpan(latency.Connect),
                Exchanges = latency.Exchanges,
                AssociationOpen = latency.AssociationOpen,
                AdapterBound = Duration.FromTimeSpan(latency.AdapterBound),
            };
        }

        return message;
    }

    private static RpcException Broken(V1.AttemptEvent source, string why) => new(new Status(
        StatusCode.InvalidArgument,
        $"event {source.Sequence} of attempt {source.Attempt} of '{source.ExecutionId}' breaks the contract: {why}"));
}
