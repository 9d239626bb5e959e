using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Duis.Service;
using DeviceHarness.Packs.Expectations;
using DeviceHarness.Packs.Runner;

namespace DeviceHarness.Packs.Steps;

/// <summary>Waits for the answer to a request of an earlier step that the service holds for a later time, or decides about one that it
/// quarantined.</summary>
public sealed class AnswerStep : PackStep
{
    /// <summary>The key that makes the step.</summary>
    public const string Key = "answer";

    /// <summary>How long the step waits when it does not say.</summary>
    public static readonly TimeSpan DefaultWithin = TimeSpan.FromSeconds(30);

    /// <summary>The number of the step that sent the request.</summary>
    public required int Of { get; init; }

    /// <summary>What is expected; null when no answer is to come.</summary>
    public required ServiceExpectation? Expectation { get; init; }

    /// <summary>What is decided about it; null for a step that only waits.</summary>
    public QuarantineDecision? Decision { get; init; }

    /// <summary>How long to wait; a step that expects no answer waits the whole of it.</summary>
    public required TimeSpan Within { get; init; }

    /// <summary>What is kept for later steps.</summary>
    public required IReadOnlyList<Capture> CaptureList { get; init; }

    /// <inheritdoc/>
    public override string Kind => Key;

    /// <inheritdoc/>
    public override IEnumerable<string> Captures => CaptureList.Select(capture => capture.Name);

    /// <inheritdoc/>
    public override async ValueTask<StepReport> ExecuteAsync(StepContext context, CancellationToken cancellationToken)
    {
        if (context.Accepted.LastOrDefault(request => request.Step == Of)?.Trace is not { } trace)
        {
            return new StepReport(Symptom.PreconditionUnmet, $"step {Of} sent no request that the service accepted");
        }

        DateTimeOffset started = context.Time.GetUtcNow();
        IServiceRequestPort service = context.Bench.Service;
        ServiceExchange? exchange = Decision is { } decision
            ? await service.DecideAsync(trace.Id, decision, cancellationToken).ConfigureAwait(false)
            : await service.AnswerToAsync(trace.Id, Within, cancellationToken).ConfigureAwait(false);
        if (Expectation is not null && exchange is not null)
        {
            return RequestJudgement.Report(trace, exchange, started, Expectation, CaptureList, context);
        }

        ExpectationResult result = new(
            "answer", Expectation is null ? ExpectationResult.Nothing : "an answer",
            exchange?.Response?.ResponseCode ?? ExpectationResult.Nothing, Expectation is null && exchange is null);
        StepReport report = result.IsMet
            ? StepReport.Done
            : new StepReport(Symptom.ExpectationMissed, $"{result.Subject}: expected {result.Expected}, found {result.Found}");
        return report with { Expectations = [result], Request = exchange is null ? null : trace with { Exchange = exchange } };
    }
}
