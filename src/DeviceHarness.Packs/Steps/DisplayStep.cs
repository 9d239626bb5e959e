using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Packs.Evidence;
using DeviceHarness.Packs.Expectations;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Packs.Variables;

namespace DeviceHarness.Packs.Steps;

/// <summary>Has the person at the bench read a display, and holds what was entered against what it has to be.</summary>
/// <remarks>Nobody who answers is the bench's: only what a person saw says something of the device.</remarks>
public sealed class DisplayStep : PackStep
{
    /// <summary>The key that makes the step.</summary>
    public const string Key = "display";

    /// <summary>What a capture calls the value that was entered.</summary>
    public const string ShownPath = "shown";

    /// <summary>How long a person is waited for when the pack does not say.</summary>
    public static readonly TimeSpan DefaultWithin = TimeSpan.FromMinutes(5);

    /// <summary>The role of the device.</summary>
    public required string DeviceRole { get; init; }

    /// <summary>What is to be read, in words.</summary>
    public required TextTemplate Read { get; init; }

    /// <summary>What the display has to show; null when whatever it shows is only noted.</summary>
    public ValueCondition? Shown { get; init; }

    /// <summary>Whether a picture has to come with it.</summary>
    public bool NeedsPicture { get; init; }

    /// <summary>How long a person is waited for, on real time.</summary>
    public required TimeSpan Within { get; init; }

    /// <summary>What later steps use.</summary>
    public IReadOnlyList<Capture> CaptureList { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<string> Captures => CaptureList.Select(capture => capture.Name);

    /// <inheritdoc/>
    public override string Kind => Key;

    /// <inheritdoc/>
    public override IEnumerable<string> DeviceRoles => [DeviceRole];

    /// <inheritdoc/>
    public override async ValueTask<StepReport> ExecuteAsync(StepContext context, CancellationToken cancellationToken)
    {
        BenchDevice device = context.DeviceOf(DeviceRole);
        if (context.Bench.Operator is not { } person)
        {
            return new StepReport(Symptom.PreconditionUnmet, $"nobody can be asked at the bench to read the display of {device.Id}");
        }

        OperatorQuestion question = new(device.Id.Value, $"Read off the display of {device.Id}: {Read.Render(context.Variables)}")
        {
            WantsValue = true,
            WantsPicture = NeedsPicture,
        };
        if (await person.AskAsync(question, Within, cancellationToken).ConfigureAwait(false) is not { } answer)
        {
            return new StepReport(
                Symptom.BenchBroke,
                FormattableString.Invariant($"nobody answered within {Within.TotalMinutes:0.#} minutes: {question.Text}"));
        }

        if (NeedsPicture && answer.Picture is null)
        {
            return new StepReport(Symptom.BenchBroke, $"the picture is missing: {question.Text}");
        }

        ExpectationResult[] results = Shown is null
            ? []
            : [ExpectationResult.Of("display", answer.Value, Shown, context.Variables)];
        StepReport report = results.FirstOrDefault(result => !result.IsMet) is { } missed
            ? new StepReport(Symptom.ExpectationMissed, $"display of {device.Id}: expected {missed.Expected}, found {missed.Found}")
            : StepReport.Done;
        Dictionary<string, string> captured = CaptureList.ToDictionary(capture => capture.Name, _ => answer.Value, StringComparer.Ordinal);
        foreach ((string name, string value) in captured)
        {
            context.Variables.Capture(name, value);
        }

        return report with
        {
            Expectations = results,
            Captured = captured,
            Operator = new OperatorEvidence(question.Text, answer.Value, answer.By, answer.At),
            Picture = answer.Picture,
        };
    }
}
