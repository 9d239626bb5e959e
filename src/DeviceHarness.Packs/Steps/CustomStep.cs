using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Packs.Expectations;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Packs.Variables;

namespace DeviceHarness.Packs.Steps;

/// <summary>A step of a kind that somebody wrote in C#: what it does, the assembly knows that the rig file names.</summary>
/// <remarks>A pack never brings code: whoever owns the bench says what runs on it.</remarks>
public sealed class CustomStep : PackStep
{
    /// <summary>The key that makes the step.</summary>
    public const string Key = "custom";

    /// <summary>The role of the device.</summary>
    public required string DeviceRole { get; init; }

    /// <summary>The name of the kind, as the assembly has it.</summary>
    public required string StepKind { get; init; }

    /// <summary>What the pack gives it, by name.</summary>
    public required IReadOnlyDictionary<string, TextTemplate> Values { get; init; }

    /// <summary>What of its values later steps use: the path is the name that the kind gives it.</summary>
    public IReadOnlyList<Capture> CaptureList { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<string> Captures => CaptureList.Select(capture => capture.Name);

    /// <summary>Whether it is meant to reach the device, as the pack says.</summary>
    public required bool ReachesDevice { get; init; }

    /// <inheritdoc/>
    public override string Kind => Key;

    /// <inheritdoc/>
    public override IEnumerable<string> DeviceRoles => [DeviceRole];

    /// <inheritdoc/>
    public override bool TouchesDevice => ReachesDevice;

    /// <inheritdoc/>
    public override bool IsUnsafe => Change != StepChange.None;

    /// <inheritdoc/>
    public override async ValueTask<StepReport> ExecuteAsync(StepContext context, CancellationToken cancellationToken)
    {
        if (context.Bench.FindStepKind(StepKind) is not { } kind)
        {
            return new StepReport(
                Symptom.PreconditionUnmet, $"the rig file names no assembly under 'step-kinds' with a step of the kind '{StepKind}'");
        }

        CheckNames(kind);
        Dictionary<string, string> values = Values.ToDictionary(
            value => value.Key, value => value.Value.Render(context.Variables), StringComparer.Ordinal);
        StepOutcome outcome = await kind.ExecuteAsync(
            new StepCall(context.DeviceOf(DeviceRole), values, context.Bench, context.Time), cancellationToken).ConfigureAwait(false);
        IEnumerable<ExpectationResult> absent = CaptureList.Where(capture => !outcome.Values.ContainsKey(capture.Path))
            .Select(capture => new ExpectationResult(
                $"capture {capture.Name}", $"the value '{capture.Path}'", ExpectationResult.Nothing, IsMet: false));
        ExpectationResult[] results =
        [
            .. outcome.Findings.Select(finding =>
                new ExpectationResult(finding.Subject, finding.Expected, finding.Found, finding.IsMet)),
            .. absent,
        ];
        ExpectationResult? missed = results.FirstOrDefault(result => !result.IsMet);
        StepReport report = outcome.Inconclusive is { } why ? new StepReport(Symptom.BenchBroke, why)
            : missed is null ? StepReport.Done
            : new StepReport(Symptom.ExpectationMissed, $"{missed.Subject}: expected {missed.Expected}, found {missed.Found}");
        Dictionary<string, string> captured = report == StepReport.Done
            ? CaptureList.ToDictionary(capture => capture.Name, capture => outcome.Values[capture.Path], StringComparer.Ordinal)
            : [];
        foreach ((string name, string value) in captured)
        {
            context.Variables.Capture(name, value);
        }

        return report with { Expectations = results, Captured = captured };
    }

    private void CheckNames(IStepKind kind)
    {
        string? missing = kind.Required.FirstOrDefault(name => !Values.ContainsKey(name));
        string? unknown = Values.Keys.FirstOrDefault(name => !kind.Required.Contains(name) && !kind.Optional.Contains(name));
        if (missing is not null || unknown is not null)
        {
            throw new ConfigurationException(
                PackFaults.Value, "pack", 0, 0, $"{Key}.with", missing is null ? $"the value '{unknown}'" : "nothing",
                missing is null
                    ? string.Join(", ", kind.Required.Concat(kind.Optional))
                    : $"the value '{missing}', which {StepKind} needs");
        }
    }
}
