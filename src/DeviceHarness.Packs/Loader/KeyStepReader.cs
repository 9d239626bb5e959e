using System.Collections.Frozen;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Packs.Steps;
using DeviceHarness.Packs.Variables;

namespace DeviceHarness.Packs.Loader;

/// <summary>Reads the steps that rotate and probe keys.</summary>
internal static class KeyStepReader
{
    private const string ExpectKey = "expect";
    private const string WhichKey = "key";
    private const string WithKey = "with";

    private const string ByKey = "by";
    private const string MigratedKey = "migrated";
    private const string AtKey = "at";

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    /// <summary>An automation waits five minutes between two commands.</summary>
    private static readonly TimeSpan AutomationTimeout = TimeSpan.FromMinutes(12);

    /// <summary>The keys that make these steps.</summary>
    public static IReadOnlyCollection<string> Kinds { get; } = [RotateKeyStep.Key, ProbeKeyStep.Key, KeyDeadlineStep.Key];

    /// <summary>The words for which key is rotated: whether it is that of the network.</summary>
    private static readonly FrozenDictionary<string, bool> Keys =
        new Dictionary<string, bool> { ["management"] = false, ["network"] = true }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The words for who sends the command.</summary>
    private static readonly FrozenDictionary<string, bool> Senders =
        new Dictionary<string, bool> { ["bench"] = false, ["automation"] = true }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Reads a question after the deadline of a rotation.</summary>
    public static IReadOnlyList<PackStep> ReadDeadline(ConfigurationNode step, ConfigurationNode node, int number, PackScope scope)
    {
        string role = scope.ReadRoleOf(node)!;
        TextTemplate migrated = scope.Faults.Read(() => scope.ReadText(node.Require(MigratedKey)))!;
        TextTemplate at = scope.Faults.Read(() => scope.ReadText(node.Require(AtKey)))!;
        RotationTimeliness expected = scope.Faults.Read(() => node.Require(ExpectKey).AsOneOf(KeyDeadlineStep.Words));
        scope.Faults.Try(() => scope.Faults.RejectOtherKeys(node));
        StepHead head = StepReader.ReadHead(step, number, $"key deadline: {role}", Timeout, scope, canMiss: true, canRepeat: false);
        scope.Faults.RejectOtherKeys(step);
        return
        [
            new KeyDeadlineStep
            {
                Number = number,
                Name = head.Name,
                Timeout = head.Timeout,
                When = head.When,
                OnMiss = head.OnMiss,
                DeviceRole = role,
                Migrated = migrated,
                At = at,
                Expected = expected,
            },
        ];
    }

    /// <summary>Reads a rotation.</summary>
    public static IReadOnlyList<PackStep> ReadRotation(ConfigurationNode step, ConfigurationNode node, int number, PackScope scope)
    {
        bool isNetworkKey = scope.Faults.Read(() => node.Require(WhichKey).AsOneOf(Keys));
        string role = scope.ReadRoleOf(node)!;
        KeyRotationOutcome? expected = scope.Faults.Read(() => node.Find(ExpectKey)?.AsOneOf(RotateKeyStep.Outcomes));
        bool isAutomated = scope.Faults.Read(() => node.Find(ByKey)?.AsOneOf(Senders) ?? false);
        scope.Faults.Try(() => scope.Faults.RejectOtherKeys(node));
        StepHead head = StepReader.ReadHead(
            step, number, $"rotate key: {role}", isAutomated ? AutomationTimeout : Timeout, scope, canMiss: true, canRepeat: false);
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
                IsAutomated = isAutomated,
                IsNetworkKey = isNetworkKey,
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
