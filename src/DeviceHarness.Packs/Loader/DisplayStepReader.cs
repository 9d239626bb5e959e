using System.Collections.Frozen;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Packs.Expectations;
using DeviceHarness.Packs.Steps;
using DeviceHarness.Packs.Variables;

namespace DeviceHarness.Packs.Loader;

/// <summary>Reads the step that has a person read a display.</summary>
internal static class DisplayStepReader
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    private static readonly FrozenDictionary<string, bool> Pictures =
        new Dictionary<string, bool> { ["required"] = true, ["allowed"] = false }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Paths = new[] { DisplayStep.ShownPath }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Reads it.</summary>
    public static IReadOnlyList<PackStep> Read(ConfigurationNode step, ConfigurationNode node, int number, PackScope scope)
    {
        FaultList faults = scope.Faults;
        IReadOnlyList<Capture> captures = faults.Read(() => ReadCaptures(step.Find("capture"), faults)) ?? [];
        string role = scope.ReadRoleOf(node)!;
        TextTemplate? read = faults.Read(() => scope.ReadText(node.Require("read")));
        ValueCondition? shown = faults.Read(() => node.Find(DisplayStep.ShownPath) is { } condition
            ? ConditionReader.Read(condition, scope)
            : null);
        bool needsPicture = faults.Read(() => node.Find("picture")?.AsOneOf(Pictures) ?? false);
        TimeSpan within = faults.Read(() => node.Find("within")?.AsDuration(TimeSpan.FromSeconds(1), StepReader.MaximumTime))
            ?? DisplayStep.DefaultWithin;
        faults.Try(() => faults.RejectOtherKeys(node));
        StepHead head = StepReader.ReadHead(
            step, number, $"display: {role} {read?.Text}", Margin + within, scope, canMiss: true, canRepeat: false);
        faults.RejectOtherKeys(step);
        return read is null
            ? []
            :
            [
                new DisplayStep
                {
                    Number = number,
                    Name = head.Name,
                    Timeout = head.Timeout,
                    When = head.When,
                    OnMiss = head.OnMiss,
                    DeviceRole = role,
                    Read = read,
                    Shown = shown,
                    NeedsPicture = needsPicture,
                    Within = within,
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
                && faults.Read(() => node!.Require(name).AsOneOf(Paths.ToDictionary(path => path))) is { } path)
            {
                captures.Add(new Capture(checkedName, path));
            }
        }

        return captures;
    }
}
