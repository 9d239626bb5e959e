using DeviceHarness.Duis.Service;
using DeviceHarness.Packs.Expectations;
using DeviceHarness.Packs.Runner;

namespace DeviceHarness.Packs.Steps;

/// <summary>Reads the service's log of every request that the attempt had accepted so far, and holds each status against one.</summary>
/// <remarks>This is how Testing Issue 110029 shows: the request is carried out and answered, and its log never says so.</remarks>
public sealed class StatusLogStep : PackStep
{
    /// <summary>The key that makes the step.</summary>
    public const string Key = "status-log";

    /// <summary>How long the log may take when the pack does not say.</summary>
    public static readonly TimeSpan DefaultWithin = TimeSpan.FromSeconds(2);

    /// <summary>The status that every request is to have.</summary>
    public required RequestStatus Status { get; init; }

    /// <summary>How long to wait for it; zero looks once.</summary>
    public required TimeSpan Within { get; init; }

    /// <inheritdoc/>
    public override string Kind => Key;

    /// <inheritdoc/>
    public override async ValueTask<StepReport> ExecuteAsync(StepContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (context.Accepted.Count == 0)
        {
            return new StepReport(Symptom.PreconditionUnmet, "no request was accepted before: there is no log to read");
        }

        IReadOnlyList<ExpectationResult> results = Read(context);
        if (Within > TimeSpan.Zero && results.Any(result => !result.IsMet))
        {
            await Task.Delay(Within, context.Time, cancellationToken).ConfigureAwait(false);
            results = Read(context);
        }

        ExpectationResult[] missed = [.. results.Where(result => !result.IsMet)];
        if (missed.Length == 0)
        {
            return StepReport.Done with { Expectations = results };
        }

        return missed.Any(result => result.Found == ExpectationResult.Nothing)
            ? new StepReport(Symptom.PreconditionUnmet, "the service shows no status log of its requests") { Expectations = results }
            : new StepReport(
                Symptom.ExpectationMissed,
                FormattableString.Invariant(
                    $"{missed.Length} of {results.Count} requests stand at {missed[0].Found}, not {Status}; first: {missed[0].Subject}"))
            {
                Expectations = results,
            };
    }

    private IReadOnlyList<ExpectationResult> Read(StepContext context) =>
    [
        .. context.Accepted.Select(request =>
        {
            RequestStatus? found = context.Bench.Service.StatusOf(request.Id);
            return new ExpectationResult(
                $"status of {request.ServiceReferenceVariant} {request.Id}", Status.ToString(),
                found?.ToString() ?? ExpectationResult.Nothing, found == Status);
        }),
    ];
}
