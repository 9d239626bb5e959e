using System.Globalization;
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

        IReadOnlyList<ExpectationResult> results = Summarise(Read(context));
        if (Within > TimeSpan.Zero && results.Any(result => !result.IsMet))
        {
            await Task.Delay(Within, context.Time, cancellationToken).ConfigureAwait(false);
            results = Summarise(Read(context));
        }

        if (results[0].IsMet)
        {
            return StepReport.Done with { Expectations = results };
        }

        return results.Any(result => result.Found == ExpectationResult.Nothing)
            ? new StepReport(Symptom.PreconditionUnmet, "the service shows no status log of its requests") { Expectations = results }
            : new StepReport(Symptom.ExpectationMissed, $"status log: expected {results[0].Expected}, found {results[0].Found}")
            {
                Expectations = results,
            };
    }

    /// <summary>Puts one line for all requests first: which of them are hit differs from run to run, that some are does not.</summary>
    private IReadOnlyList<ExpectationResult> Summarise(IReadOnlyList<ExpectationResult> results)
    {
        int met = results.Count(result => result.IsMet);
        ExpectationResult all = new(
            "status log",
            string.Create(CultureInfo.InvariantCulture, $"{results.Count} of {results.Count} {Status}"),
            string.Create(CultureInfo.InvariantCulture, $"{met} of {results.Count} {Status}"),
            met == results.Count);
        return [all, .. results];
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
