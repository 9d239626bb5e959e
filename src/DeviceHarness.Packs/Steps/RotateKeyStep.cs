using System.Collections.Frozen;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Packs.Expectations;
using DeviceHarness.Packs.Runner;

namespace DeviceHarness.Packs.Steps;

/// <summary>Gives a device a new Management Key, or its network a new key, and holds what it said to that against what was
/// expected.</summary>
/// <remarks>A missing confirmation is a result when a probe of the link then shows it to be sound, and says nothing otherwise. The bench
/// keeps both keys, and a later <see cref="ProbeKeyStep"/> tells which one holds.</remarks>
public sealed class RotateKeyStep : PackStep
{
    /// <summary>The key that makes the step.</summary>
    public const string Key = "rotate-key";

    /// <summary>The words for what a device says to a rotation.</summary>
    public static IReadOnlyDictionary<string, KeyRotationOutcome> Outcomes { get; } =
        new Dictionary<string, KeyRotationOutcome>(StringComparer.Ordinal)
        {
            ["confirmed"] = KeyRotationOutcome.Confirmed,
            ["unconfirmed"] = KeyRotationOutcome.Unconfirmed,
            ["refused"] = KeyRotationOutcome.Refused,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The types of devices with a Management Key of their own.</summary>
    private static readonly FrozenSet<string> ManagedTypes = new[] { "ESME", "CHF" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The role of the device.</summary>
    public required string DeviceRole { get; init; }

    /// <summary>Whether the simulated Service Provider's automation does it, which repeats a command that was not confirmed.</summary>
    public bool IsAutomated { get; init; }

    /// <summary>Whether it is the key of the device's home area network, and not its own Management Key.</summary>
    public bool IsNetworkKey { get; init; }

    /// <summary>What the device may say; null when anything will do and is only recorded.</summary>
    public required KeyRotationOutcome? Expected { get; init; }

    /// <inheritdoc/>
    public override string Kind => Key;

    /// <inheritdoc/>
    public override IEnumerable<string> DeviceRoles => [DeviceRole];

    /// <inheritdoc/>
    public override bool IsUnsafe => true;

    /// <inheritdoc/>
    public override bool TouchesDevice => true;

    /// <inheritdoc/>
    public override async ValueTask<StepReport> ExecuteAsync(StepContext context, CancellationToken cancellationToken)
    {
        if (context.Bench.Keys is not { } keys)
        {
            return KeyReports.NoKeys;
        }

        BenchDevice bound = context.DeviceOf(DeviceRole);
        DeviceId device = bound.Id;
        if (IsNetworkKey == ManagedTypes.Contains(bound.DeviceType))
        {
            return new StepReport(
                Symptom.PreconditionUnmet, $"{device}, of type {bound.DeviceType}, has no {(IsNetworkKey ? "network" : "Management")} Key");
        }

        KeyRotation rotation = IsAutomated
            ? await keys.AutomateAsync(device, cancellationToken).ConfigureAwait(false)
            : await keys.RotateAsync(device, cancellationToken).ConfigureAwait(false);
        if (rotation is { Outcome: KeyRotationOutcome.Unconfirmed, IsLinkSound: false })
        {
            return new StepReport(Symptom.SilentLink, $"key rotation: {rotation.Detail}");
        }

        string found = KeyReports.Word(Outcomes, rotation.Outcome);
        string expected = Expected is { } word ? KeyReports.Word(Outcomes, word) : "anything";
        return KeyReports.Of(
            new ExpectationResult("key rotation", expected, found, Expected is null || Expected == rotation.Outcome),
            rotation.Commands > 1 ? $"{rotation.Commands} commands; {rotation.Detail}" : rotation.Detail);
    }
}
