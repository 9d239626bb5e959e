using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Duis.Migration;
using DeviceHarness.Packs.Steps;

namespace DeviceHarness.Packs.Loader;

/// <summary>Reads the step that migrates an installation.</summary>
internal static class MigrationStepReader
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private static readonly string[] Acts = ["begin", "file", "supplier-of"];

    private static readonly Dictionary<string, bool> Parts = new(StringComparer.Ordinal) { ["dormant"] = true, ["active"] = false };

    /// <summary>Reads the step.</summary>
    public static IReadOnlyList<PackStep> Read(ConfigurationNode step, ConfigurationNode node, int number, PackScope scope)
    {
        FaultList faults = scope.Faults;
        string installation = faults.Read(() => node.Require("installation").AsText()) ?? string.Empty;
        ConfigurationNode?[] acts = [.. Acts.Select(node.Find)];
        if (acts.Count(act => act is not null) != 1)
        {
            faults.Add(node.Fault(
                PackFaults.StepKind, $"the keys {string.Join(", ", node.Keys)}", $"exactly one of {string.Join(", ", Acts)}"));
        }

        bool begins = faults.Read(() => acts[0]?.AsBoolean() ?? true);
        if (!begins)
        {
            faults.Add(acts[0]!.Wrong("false", "true"));
        }

        int? file = faults.Read(() => (int?)acts[1]?.AsInteger(1, MigrationRules.Files));
        bool? dormant = faults.Read(() => acts[2] is { } part ? part.AsOneOf(Parts) : (bool?)null);
        MigrationOutcome? expected = faults.Read(() =>
            node.Find("expect") is { } expect && (file is not null || !faults.IsEmpty)
                ? expect.AsOneOf(MigrationStep.Outcomes)
                : (MigrationOutcome?)null);
        faults.Try(() => faults.RejectOtherKeys(node));
        string what = file is null ? dormant is null ? "from the beginning" : "supplier" : $"file {file}";
        StepHead head = StepReader.ReadHead(
            step, number, $"migration of {installation}: {what}", Timeout, scope, canMiss: true, canRepeat: false);
        faults.RejectOtherKeys(step);
        return
        [
            new MigrationStep
            {
                Number = number,
                Name = head.Name,
                Timeout = head.Timeout,
                When = head.When,
                OnMiss = head.OnMiss,
                Installation = installation,
                File = file,
                Expected = expected,
                SupplierOfDormant = dormant,
            },
        ];
    }
}
