using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Packs.Steps;
using DeviceHarness.Packs.Variables;

namespace DeviceHarness.Packs.Loader;

/// <summary>Reads a step of a kind that is written in C#; the assembly is not needed to read it.</summary>
internal static class CustomStepReader
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Reads the step.</summary>
    public static IReadOnlyList<PackStep> Read(ConfigurationNode step, ConfigurationNode node, int number, PackScope scope)
    {
        FaultList faults = scope.Faults;
        IReadOnlyList<Capture> captures = faults.Read(() => ReadCaptures(step.Find("capture"), faults)) ?? [];
        string role = scope.ReadRoleOf(node)!;
        string kind = faults.Read(() => PackLoader.ReadIdentifier(node.Require("kind"))) ?? string.Empty;
        bool reaches = faults.Read(() => node.Find("reaches-device")?.AsBoolean() ?? false);
        Dictionary<string, TextTemplate> values = faults.Read(() => ReadValues(node.Find("with"), scope)) ?? [];
        faults.Try(() => faults.RejectOtherKeys(node));
        StepHead head = StepReader.ReadHead(step, number, $"{kind}: {role}", Timeout, scope, canMiss: true);
        StepChange change = faults.Read(() => step.Find("change")?.AsOneOf(StepChanges.Names) ?? StepChange.None);
        faults.RejectOtherKeys(step);
        return
        [
            new CustomStep
            {
                Number = number,
                Name = head.Name,
                Timeout = head.Timeout,
                When = head.When,
                OnMiss = head.OnMiss,
                Repeat = head.Repeat,
                Change = change,
                DeviceRole = role,
                StepKind = kind,
                Values = values,
                ReachesDevice = reaches,
                CaptureList = captures,
            },
        ];
    }

    private static List<Capture> ReadCaptures(ConfigurationNode? node, FaultList faults)
    {
        List<Capture> captures = [];
        foreach (string name in node?.Keys ?? [])
        {
            if (faults.Read(() => RequestReader.CheckName(name, node!.Require(name))) is { } checkedName
                && faults.Read(() => node!.Require(name).AsText()) is { } path)
            {
                captures.Add(new Capture(checkedName, path));
            }
        }

        return captures;
    }

    private static Dictionary<string, TextTemplate> ReadValues(ConfigurationNode? node, PackScope scope)
    {
        Dictionary<string, TextTemplate> values = new(StringComparer.Ordinal);
        foreach (string name in node?.Keys ?? [])
        {
            if (scope.Faults.Read(() => scope.ReadText(node!.Require(name))) is { } value)
            {
                values[name] = value;
            }
        }

        return values;
    }
}
