using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Abstractions.Wire;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Service;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Packs.Steps;

namespace DeviceHarness.Packs.Evidence;

/// <summary>Writes the evidence of an attempt.</summary>
internal static class EvidenceWriter
{
    /// <summary>The name of the piece of evidence.</summary>
    public const string Name = "evidence.json";

    /// <summary>Its media type.</summary>
    public const string MediaType = "application/json";

    // XML stays readable: the document is a file of its own, and whoever puts it into a page escapes it there.
    internal static readonly EvidenceJson Json = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>Writes the document; what does not fit is left out and named, octets and their decode first, then messages.</summary>
    /// <returns>At most <see cref="EvidenceRecorded.MaximumOctets"/> octets of UTF-8, unless even that is too much of steps and
    /// expectations.</returns>
    public static byte[] Write(EvidenceSource source)
    {
        byte[] content = [];
        foreach (EvidenceDetail detail in Enum.GetValues<EvidenceDetail>())
        {
            content = JsonSerializer.SerializeToUtf8Bytes(Document(source, detail), Json.EvidenceDocument);
            if (content.Length <= EvidenceRecorded.MaximumOctets)
            {
                break;
            }
        }

        return content;
    }

    /// <summary>The name of the piece of evidence for the picture of a step; null when it has none.</summary>
    public static string? PictureName(StepRecord step) => step.Report.Picture is { } picture
        ? string.Create(CultureInfo.InvariantCulture, $"step-{step.Index}.{picture.Extension}")
        : null;

    private static EvidenceDocument Document(EvidenceSource source, EvidenceDetail detail) => new()
    {
        Pack = new PackEvidence(source.Pack.Name, source.Pack.Version, source.Pack.Hash),
        Case = new CaseEvidence(source.Case.Id, source.Case.Title, source.Case.ServiceReferenceVariant, source.Case.SourceRefs)
        {
            From = source.Case.Source.Length == 0 ? null : source.Case.Source,
            Parameters = source.Case.Parameters.Count == 0 ? null : source.Case.Parameters,
        },
        Rig = source.Bench.Rig,
        Seed = source.Options.Seed,
        HarnessVersion = source.Options.HarnessVersion,
        Route = source.Devices.Provenance.Route.ToString(),
        Origin = source.Devices.Provenance.Origin.ToString(),
        Started = source.Started,
        ElapsedMicroseconds = Microseconds(source.Elapsed),
        Verdict = source.Verdict.ToString(),
        Reason = source.Secrets.Redact(source.Reason),
        OctetsToDevice = source.Octets(WireDirection.ToDevice),
        OctetsFromDevice = source.Octets(WireDirection.FromDevice),
        LeftOut = detail switch
        {
            EvidenceDetail.Whole => string.Empty,
            EvidenceDetail.WithoutWire => "octets and decode",
            EvidenceDetail.WithoutMessages => "octets, decode and messages",
            _ => "octets, decode, messages and steps",
        },
        Devices = [.. source.Devices.ByRole.Select(entry =>
            Device(entry.Key, entry.Value, source.Bench.Inventory.Find(entry.Value.Eui64)))],
        Steps = detail == EvidenceDetail.WithoutSteps ? [] : [.. source.Steps.Select(step => Step(step, source, detail))],
        Radios = source.Radios.Count == 0 ? null : source.Radios,
        Alerts = AlertEvidenceWriter.Write(
            source.Alerts, source.Secrets, hasRows: detail != EvidenceDetail.WithoutSteps,
            hasMessages: detail is EvidenceDetail.Whole or EvidenceDetail.WithoutWire),
    };

    private static DeviceEvidence Device(string role, BenchDevice device, InventoryDevice? row) => new(
        role, device.Id.Value, device.DeviceType, device.Eui64.ToString(), device.Profile, row?.Status.ToString() ?? string.Empty,
        row?.FirmwareVersion ?? string.Empty)
    {
        Link = device.Link ?? string.Empty,
    };

    private static StepEvidence Step(StepRecord step, EvidenceSource source, EvidenceDetail detail)
    {
        SecretText secrets = source.Secrets;
        bool isWhole = detail == EvidenceDetail.Whole;
        return new StepEvidence
        {
            Index = step.Index,
            Name = step.Name,
            Round = step.Round,
            Kind = step.Step.Kind,
            Cleanup = step.IsCleanup,
            Verdict = step.Verdict.ToString(),
            Symptom = step.Report.Symptom.ToString(),
            Reason = secrets.Redact(step.Report.Reason),
            StartedMicroseconds = Microseconds(step.Started),
            ElapsedMicroseconds = Microseconds(step.Elapsed),
            Request = step.Report.Request is { } trace
                ? Request(trace, hasMessages: detail != EvidenceDetail.WithoutMessages, secrets)
                : null,
            Expectations = [.. step.Report.Expectations.Select(result =>
                result with { Expected = secrets.Redact(result.Expected), Found = secrets.Redact(result.Found) })],
            Hub = step.Report.Hub,
            Operator = step.Report.Operator is { } told
                ? told with { Asked = secrets.Redact(told.Asked), Value = secrets.Redact(told.Value), Picture = PictureName(step) }
                : null,
            Supply = step.Report.Supply.Count == 0 ? null : [.. step.Report.Supply.Select(Supply)],
            Contacts = step.Report.Contacts.Count == 0
                ? null
                : [.. step.Report.Contacts.Select(move => Contact(move, source.StartStopwatch))],
            Captured = step.Report.Captured.ToDictionary(capture => capture.Key, capture => secrets.Redact(capture.Value)),
            Wire = isWhole
                ? [.. step.Wire.Select((record, index) => Wire(record, step.Secrets.IsSecret[index], source.StartStopwatch))]
                : [],
            WireLost = step.WireLost,
            Decode = isWhole && step.Wire.Count > 0 ? [.. source.Bench.Explain(step.Wire).Select(line => secrets.Redact(line))] : [],
        };
    }

    private static SupplyEvidence Supply(SupplyObservation seen) => new(
        seen.Point.Device.Value, seen.Point.Terminal.ToString().ToLowerInvariant(), seen.WasPresent, seen.Now.IsPresent,
        Microseconds(seen.Now.At - seen.From), Microseconds(seen.LongestInterruption),
        [.. seen.Edges.Select(edge => new SupplyEdgeEvidence(edge.Sequence, edge.IsPresent, Microseconds(edge.At - seen.From))
        {
            UncertaintyMicroseconds = edge.Uncertainty > TimeSpan.Zero ? Microseconds(edge.Uncertainty) : null,
        })])
    {
        LongestPossibleMicroseconds =
            seen.LongestPossible > seen.LongestInterruption ? Microseconds(seen.LongestPossible) : null,
        Gaps = seen.Gaps.Any()
            ? [.. seen.Gaps.Select(gap => new SupplyGapEvidence(Microseconds(gap.From - seen.From), Microseconds(gap.Length)))]
            : null,
        Measured = seen.Now.Measured,
    };

    private static ContactEvidence Contact(ContactMove move, long startStopwatch) => new(move.Contact, move.By, move.IsActive)
    {
        SeenMicroseconds = move.Seen is { } edge ? Microseconds(Stopwatch.GetElapsedTime(startStopwatch, edge.Timestamp)) : null,
        SeenSequence = move.Seen?.Sequence,
    };

    private static WireEvidence Wire(WireRecord record, IReadOnlyList<bool> isSecret, long startStopwatch) => new(
        Microseconds(Stopwatch.GetElapsedTime(startStopwatch, record.Timestamp)), record.Port, record.Direction.ToString(),
        Hex(record.Octets.Span, isSecret));

    private static string Hex(ReadOnlySpan<byte> octets, IReadOnlyList<bool> isSecret)
    {
        StringBuilder text = new(octets.Length * 3);
        for (int index = 0; index < octets.Length; index++)
        {
            text.Append(index == 0 ? string.Empty : " ");
            text.Append(isSecret[index] ? EvidenceDocument.MaskedOctet : octets[index].ToString("X2", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    private static RequestEvidence Request(RequestTrace trace, bool hasMessages, SecretText secrets) => new()
    {
        Srv = trace.ServiceReferenceVariant,
        CommandVariant = trace.CommandVariant,
        Role = trace.Role,
        User = trace.User,
        Target = trace.Target,
        Xml = hasMessages ? secrets.Redact(trace.Xml) : string.Empty,
        Delivery = trace.Delivery == ImageDelivery.Checked ? null : trace.Delivery.ToString(),
        AcknowledgementCode = trace.Exchange?.Acknowledgement.ResponseCode,
        AcknowledgementXml = hasMessages ? secrets.Redact(trace.Exchange?.Acknowledgement.Xml) : null,
        ResponseCode = trace.Exchange?.Response?.ResponseCode,
        ResponseXml = hasMessages ? secrets.Redact(trace.Exchange?.Response?.Xml) : null,
        DccAlertXml = hasMessages ? secrets.Redact(trace.Exchange?.Response?.DccAlert?.Xml) : null,
        Refusal = trace.Refusal is { } refusal
            ? new RefusalEvidence(refusal.Path, refusal.Line, refusal.Column, secrets.Redact(refusal.Message))
            : null,
        Outcome = trace.Exchange?.Outcome is { } outcome ? Outcome(outcome, secrets) : null,
        Latency = trace.Exchange?.Latency is { } latency ? Latency(latency) : null,
        ReadBefore = trace.Exchange?.ReadBefore is { Count: > 0 } before ? before : null,
        Warnings = [.. trace.Exchange?.Warnings.Select(warning => secrets.Redact(warning)) ?? []],
    };

    private static OutcomeEvidence Outcome(DeviceOutcome outcome, SecretText secrets) =>
        new(outcome.Kind.ToString(), secrets.Redact(outcome.Detail), outcome.DeviceCode, outcome.LinkAnswersProbe);

    private static LatencyEvidence Latency(LatencySplit latency) => new(
        latency.Total.TotalMicroseconds, latency.Queue.TotalMicroseconds, latency.Host.TotalMicroseconds, latency.Line.TotalMicroseconds,
        latency.Device.TotalMicroseconds, latency.Connect.TotalMicroseconds, latency.AdapterBound.TotalMicroseconds, latency.Exchanges,
        latency.AssociationOpen);

    private static long Microseconds(TimeSpan time) => (long)time.TotalMicroseconds;

    private enum EvidenceDetail
    {
        Whole,
        WithoutWire,
        WithoutMessages,
        WithoutSteps,
    }
}
