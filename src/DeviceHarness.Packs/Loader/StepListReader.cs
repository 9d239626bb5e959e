using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Packs.Steps;

namespace DeviceHarness.Packs.Loader;

/// <summary>Reads one entry of a list of steps: a step, or a group of steps for each row of data.</summary>
internal static class StepListReader
{
    private const string StepsKey = "steps";

    /// <summary>Reads an entry; all steps of a group share its number.</summary>
    public static IReadOnlyList<PackStep> Read(ConfigurationNode node, int number, PackScope scope) =>
        node.IsMapping && node.Keys.Contains(ForEachReader.Key)
            ? ReadGroup(node, number, scope)
            : StepReader.Read(node, number, scope);

    private static List<PackStep> ReadGroup(ConfigurationNode node, int number, PackScope scope)
    {
        FaultList faults = scope.Faults;
        IReadOnlyList<ForEachRow> rows =
            faults.Read(() => ForEachReader.Read(node.Require(ForEachReader.Key), scope.IsTaken, faults)) ?? [];
        IReadOnlyList<ConfigurationNode> inner = faults.Read(() => ReadInner(node.Require(StepsKey))) ?? [];
        faults.RejectOtherKeys(node);
        List<PackStep> steps = [];
        foreach (ForEachRow row in rows)
        {
            scope.Row = row.Id;
            foreach (ConfigurationNode step in inner.Select(row.Fill))
            {
                steps.AddRange(faults.Read(() => ReadStep(step, number, scope)) ?? []);
            }

            if (steps.Count > PackLoader.MaximumSteps)
            {
                // What is too much is told where the case's steps are counted.
                break;
            }
        }

        scope.Row = null;
        return steps;
    }

    private static IReadOnlyList<ConfigurationNode> ReadInner(ConfigurationNode node)
    {
        IReadOnlyList<ConfigurationNode> items = node.Items();
        return items.Count is > 0 and <= PackLoader.MaximumSteps
            ? items
            : throw node.Wrong($"{items.Count} steps", $"1 to {PackLoader.MaximumSteps} steps");
    }

    private static IReadOnlyList<PackStep> ReadStep(ConfigurationNode node, int number, PackScope scope)
    {
        IReadOnlyList<PackStep> steps = StepReader.Read(node, number, scope);
        return steps.All(step => !step.Captures.Any())
            ? steps
            : throw node.Require("capture").Fault(
                PackFaults.StepReference, $"'capture' in a group with '{ForEachReader.Key}'", "none: each row would capture anew");
    }
}
