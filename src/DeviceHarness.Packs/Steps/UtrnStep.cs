using System.Collections.Frozen;
using DeviceHarness.Duis.Service;
using DeviceHarness.Packs.Runner;

namespace DeviceHarness.Packs.Steps;

/// <summary>Has the simulated Service Provider make a top-up token, and keeps it for the steps that follow.</summary>
/// <remarks>The token is a secret: nothing that is written of the attempt holds it.</remarks>
public sealed class UtrnStep : PackStep
{
    /// <summary>The key that makes the step.</summary>
    public const string Key = "utrn";

    /// <summary>The words for what is wrong with the token.</summary>
    public static IReadOnlyDictionary<string, UtrnFlaw> Flaws { get; } = new Dictionary<string, UtrnFlaw>(StringComparer.Ordinal)
    {
        ["none"] = UtrnFlaw.None,
        ["misprinted"] = UtrnFlaw.Misprinted,
        ["forged"] = UtrnFlaw.Forged,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The role of the device that the token is for.</summary>
    public required string DeviceRole { get; init; }

    /// <summary>The name under which later steps use it.</summary>
    public required string Variable { get; init; }

    /// <summary>The amount in pence, 1 to 999,999.</summary>
    public required int Pence { get; init; }

    /// <summary>What is wrong with it on purpose.</summary>
    public required UtrnFlaw Flaw { get; init; }

    /// <inheritdoc/>
    public override string Kind => Key;

    /// <inheritdoc/>
    public override IEnumerable<string> DeviceRoles => [DeviceRole];

    /// <inheritdoc/>
    public override IEnumerable<string> Captures => [Variable];

    /// <inheritdoc/>
    public override ValueTask<StepReport> ExecuteAsync(StepContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Abstractions.Execution.BenchDevice device = context.DeviceOf(DeviceRole);
        if (context.Bench.Tokens?.Issue(device.Id, Pence, Flaw) is not { } token)
        {
            return ValueTask.FromResult(new StepReport(
                Symptom.PreconditionUnmet, $"the bench makes no top-up token of {device.Id}: the rig file gives no secret for it"));
        }

        context.KeepSecret(token);
        context.Variables.Capture(Variable, token);
        return ValueTask.FromResult(StepReport.Done);
    }
}
