using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Packs.Expectations;
using DeviceHarness.Packs.Runner;

namespace DeviceHarness.Packs.Steps;

/// <summary>Expects that devices of a home area network answer the same questions in the same forms: what they say that do not know the
/// time, do not have a thing, or keep none. Values are not compared.</summary>
/// <remarks>Spec: SEC MP099, IRP586: ESME, GSME and GPF behave alike. Where one gives no answer nothing is known of its form.</remarks>
public sealed class CompareFormsStep : PackStep
{
    /// <summary>The key that makes the step.</summary>
    public const string Key = "compare-forms";

    /// <summary>The roles of the devices; the others are held against the first.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <inheritdoc/>
    public override string Kind => Key;

    /// <inheritdoc/>
    public override IEnumerable<string> DeviceRoles => Roles;

    /// <inheritdoc/>
    public override bool TouchesDevice => true;

    /// <inheritdoc/>
    public override async ValueTask<StepReport> ExecuteAsync(StepContext context, CancellationToken cancellationToken)
    {
        if (context.Bench.Forms is not { } port)
        {
            return new StepReport(Symptom.PreconditionUnmet, "the bench has no home area network whose devices it could ask");
        }

        IReadOnlyList<AnswerForms> rows = await port
            .ReadAsync([.. Roles.Select(role => context.DeviceOf(role).Id)], cancellationToken).ConfigureAwait(false);
        ExpectationResult[] results = [.. rows.Select(ResultOf)];
        AnswerForms? different = rows.FirstOrDefault(row => FormsIn(row).Count > 1);
        AnswerForms? unknown = rows.FirstOrDefault(row => row.Forms.Contains(null));
        StepReport done = different is not null
            ? new StepReport(Symptom.ExpectationMissed, $"{different.Question}: {Listed(different)}")
            : unknown is not null
                ? new StepReport(Symptom.SilentLink, $"{unknown.Question}: {Listed(unknown)}")
                : StepReport.Done;
        return done with { Expectations = results };
    }

    private static HashSet<string> FormsIn(AnswerForms row) => [.. row.Forms.OfType<string>()];

    private ExpectationResult ResultOf(AnswerForms row) => new(
        row.Question, "one form", Listed(row), FormsIn(row).Count == 1 && !row.Forms.Contains(null));

    private string Listed(AnswerForms row) =>
        string.Join(", ", Roles.Zip(row.Forms, (role, form) => $"{role} {form ?? ExpectationResult.Nothing}"));
}
