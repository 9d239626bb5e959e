using System.Diagnostics;
using DeviceHarness.Abstractions.Execution;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Wire = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Agent.Journal;

/// <summary>Writes the runner's events in the words of the contract.</summary>
internal static class EventMapping
{
    /// <summary>The contract's form of an event, without its identity.</summary>
    public static Wire.AttemptEvent ToWire(AttemptEvent attemptEvent)
    {
        Wire.AttemptEvent wire = new() { Time = Timestamp.FromDateTimeOffset(attemptEvent.Time) };
        switch (attemptEvent)
        {
            case AttemptStarted started:
                wire.AttemptStarted = new() { CaseId = started.CaseId, Title = started.Title, Provenance = ToWire(started.Provenance) };
                break;
            case StepStarted started:
                wire.StepStarted = new() { Index = started.Index, Name = started.Name };
                break;
            case StepFinished finished:
                wire.StepFinished = ToWire(finished);
                break;
            case EvidenceRecorded evidence:
                wire.EvidenceRecorded = new()
                {
                    Name = evidence.Name,
                    MediaType = evidence.MediaType,
                    Content = UnsafeByteOperations.UnsafeWrap(evidence.Content),
                };
                break;
            case InventoryChanged changed:
                wire.InventoryChanged = new() { Eui64 = changed.Eui64, Field = changed.Field, Value = changed.Value };
                break;
            case AlertReceived received:
                wire.AlertReceived = new()
                {
                    Device = received.Device,
                    Code = received.Code,
                    Meaning = received.Meaning,
                    OccurredAt = received.OccurredAt is { } occurred ? Timestamp.FromDateTimeOffset(occurred) : null,
                    Duplicate = received.IsDuplicate,
                    Earlier = received.IsEarlier,
                };
                break;
            case AttemptFinished finished:
                wire.AttemptFinished = new()
                {
                    Verdict = (Wire.Verdict)finished.Verdict,
                    Reason = finished.Reason,
                    Elapsed = Duration.FromTimeSpan(finished.Elapsed),
                    OctetsToDevice = finished.OctetsToDevice,
                    OctetsFromDevice = finished.OctetsFromDevice,
                    Issue = finished.Issue is { } issue ? ToWire(issue) : null,
                };
                break;
            default:
                throw new UnreachableException($"an event of the type {attemptEvent.GetType().Name}");
        }

        return wire;
    }

    /// <summary>The contract's form of a provenance.</summary>
    public static Wire.Provenance ToWire(Provenance provenance) => new()
    {
        Route = provenance.Route switch
        {
            Route.LocalSerial => Wire.Route.LocalSerial,
            Route.LocalHan => Wire.Route.LocalHan,
            Route.Dcc => Wire.Route.Dcc,
            _ => throw new UnreachableException(),
        },
        Origin = provenance.Origin switch
        {
            Origin.Real => Wire.Origin.Real,
            Origin.Virtual => Wire.Origin.Virtual,
            Origin.Replayed => Wire.Origin.Replayed,
            Origin.Scaled => Wire.Origin.Scaled,
            _ => throw new UnreachableException(),
        },
    };

    /// <summary>The contract's form of a latency split; null stays null.</summary>
    public static Wire.LatencySplit? ToWire(Abstractions.Devices.LatencySplit? latency) => latency is null
        ? null
        : new()
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

    private static Wire.IssueEvidence ToWire(IssueEvidence issue) => new()
    {
        Step = issue.Step,
        Symptom = issue.Symptom,
        Effect = (Wire.EffectAchieved)issue.Effect,
        EffectSource = issue.EffectSource,
        Outcome = (Wire.OutcomeReported)issue.Outcome,
        OutcomeSource = issue.OutcomeSource,
        KnownIssue = issue.KnownIssue,
    };

    private static Wire.StepFinished ToWire(StepFinished finished)
    {
        Wire.StepFinished wire = new()
        {
            Index = finished.Index,
            Name = finished.Name,
            Verdict = (Wire.Verdict)finished.Verdict,
            Reason = finished.Reason,
            ServiceReferenceVariant = finished.ServiceReferenceVariant,
            AcknowledgementCode = finished.AcknowledgementCode,
            ResponseCode = finished.ResponseCode,
            Elapsed = Duration.FromTimeSpan(finished.Elapsed),
            Device = finished.Device,
        };
        if (ToWire(finished.Latency) is { } latency)
        {
            wire.Latency = latency;
        }

        return wire;
    }
}
