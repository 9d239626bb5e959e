using System.Collections.Frozen;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Packs.Steps;

namespace DeviceHarness.Packs.Loader;

/// <summary>Reads the steps that rotate and probe keys.</summary>
internal static class KeyStepReader
{
    private const string ExpectKey = "expect";
    private const string WhichKey = "key";
    private const string WithKey = "with";

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    /// <summary>The keys that make these steps.</summary>
    public static IReadOnlyCollection<string> Kinds { get; } = [RotateKeyStep.Key, ProbeKeyStep.Key];

    /// <summary>The words for which key is rotated.</summary>
    private static readonly FrozenDictionary<string, bool> Keys =
        new Dictionary<string, bool> { ["management"] = true }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Reads a rotation.</summary>
    public static IReadOnlyList<PackStep> ReadRotation(ConfigurationNode step, ConfigurationNode node, int number, PackScope scope)
    {
        _ = scope.Faults.Read(() => node.Require(WhichKey).AsOneOf(Keys));
        string role = scope.ReadRoleOf(node)!;
        KeyRotationOutcome? expected = scope.Faults.Read(() => node.Find(ExpectKey)?.AsOneOf(RotateKeyStep.Outcomes));
        scope.Faults.Try(() => scope.Faults.RejectOtherKeys(node));
        StepHead head = StepReader.ReadHead(step, number, $"rotate key: {role}", Timeout, scope, canMiss: true, canRepeat: false);
        scope.Faults.RejectOtherKeys(step);
        return
        [
            new RotateKeyStep
            {
                Number = number,
                Name = head.Name,
                Timeout = head.Timeout,
                When = head.When,
                OnMiss = head.OnMiss,
                Change = StepChange.Irreversible,
                DeviceRole = role,
                Expected = expected,
            },
        ];
    }

    /// <summary>Reads a probe.</summary>
    public static IReadOnlyList<PackStep> ReadProbe(ConfigurationNode step, ConfigurationNode node, int number, PackScope scope)
    {
        string role = scope.ReadRoleOf(node)!;
        KeyProbeSubject subject = scope.Faults.Read(() => node.Find(WithKey)?.AsOneOf(ProbeKeyStep.Subjects) ?? KeyProbeSubject.Held);
        KeyProof? expected = scope.Faults.Read(() => node.Find(ExpectKey)?.AsOneOf(ProbeKeyStep.Proofs));
        scope.Faults.Try(() => scope.Faults.RejectOtherKeys(node));
        StepHead head = StepReader.ReadHead(step, number, $"probe key: {role}", Timeout, scope, canMiss: true, canRepeat: false);
        scope.Faults.RejectOtherKeys(step);
        return
        [
            new ProbeKeyStep
            {
                Number = number,
                Name = head.Name,
                Timeout = head.Timeout,
                When = head.When,
                OnMiss = head.OnMiss,
                DeviceRole = role,
                Subject = subject,
                Expected = expected,
            },
        ];
    }
}
