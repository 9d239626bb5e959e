using System.Collections.Frozen;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Packs.Expectations;

namespace DeviceHarness.Packs.Steps;

/// <summary>Finds out which key a device holds, by associating anew.</summary>
/// <remarks>A device that takes none of the keys is an error of the bench, never a miss: nothing tells a wrong key from a spoilt
/// one.</remarks>
public sealed class ProbeKeyStep : PackStep
{
    /// <summary>The key that makes the step.</summary>
    public const string Key = "probe-key";

    /// <summary>The words for what a probe finds.</summary>
    public static IReadOnlyDictionary<string, KeyProof> Proofs { get; } = new Dictionary<string, KeyProof>(StringComparer.Ordinal)
    {
        ["candidate"] = KeyProof.Candidate,
        ["former"] = KeyProof.Former,
        ["refused"] = KeyProof.Refused,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The words for the keys that a device is probed with.</summary>
    public static IReadOnlyDictionary<string, KeyProbeSubject> Subjects { get; } =
        new Dictionary<string, KeyProbeSubject>(StringComparer.Ordinal)
        {
            ["held"] = KeyProbeSubject.Held,
            ["former"] = KeyProbeSubject.Former,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The role of the device.</summary>
    public required string DeviceRole { get; init; }

    /// <summary>With which keys.</summary>
    public required KeyProbeSubject Subject { get; init; }

    /// <summary>What the probe is to find; null when anything will do and is only recorded.</summary>
    public required KeyProof? Expected { get; init; }

    /// <inheritdoc/>
    public override string Kind => Key;

    /// <inheritdoc/>
    public override IEnumerable<string> DeviceRoles => [DeviceRole];

    /// <inheritdoc/>
    public override bool TouchesDevice => true;

    /// <inheritdoc/>
    public override async ValueTask<StepReport> ExecuteAsync(StepContext context, CancellationToken cancellationToken)
    {
        if (context.Bench.Keys is not { } keys)
        {
            return KeyReports.NoKeys;
        }

        KeyProbe probe = await keys.ProbeAsync(context.DeviceOf(DeviceRole).Id, Subject, cancellationToken).ConfigureAwait(false);
        string found = probe.Proof == KeyProof.None ? ExpectationResult.Nothing : KeyReports.Word(Proofs, probe.Proof);
        string expected = Expected is { } word ? KeyReports.Word(Proofs, word) : "anything";
        return KeyReports.Of(
            new ExpectationResult("key probe", expected, found, Expected is null || Expected == probe.Proof), probe.Detail);
    }
}
