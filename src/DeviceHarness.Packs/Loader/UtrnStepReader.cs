using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Duis.Service;
using DeviceHarness.Packs.Steps;

namespace DeviceHarness.Packs.Loader;

/// <summary>Reads the step that has a top-up token made.</summary>
internal static class UtrnStepReader
{
    /// <summary>The key that names the token for later steps.</summary>
    public const string NameKey = "as";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Reads the step.</summary>
    public static IReadOnlyList<PackStep> Read(ConfigurationNode step, ConfigurationNode node, int number, PackScope scope)
    {
        FaultList faults = scope.Faults;
        string role = scope.ReadRoleOf(node)!;
        int pence = faults.Read(() => (int)node.Require("pence").AsInteger(1, UtrnIssuer.MaximumPence));
        UtrnFlaw flaw = faults.Read(() => node.Find("flaw")?.AsOneOf(UtrnStep.Flaws) ?? UtrnFlaw.None);
        string name = faults.Read(() => RequestReader.CheckName(node.Require(NameKey).AsText(), node.Require(NameKey))) ?? string.Empty;
        faults.Try(() => faults.RejectOtherKeys(node));
        StepHead head = StepReader.ReadHead(step, number, $"utrn: {name}", Timeout, scope, canMiss: false);
        faults.RejectOtherKeys(step);
        return
        [
            new UtrnStep
            {
                Number = number,
                Name = head.Name,
                Timeout = head.Timeout,
                When = head.When,
                DeviceRole = role,
                Variable = name,
                Pence = pence,
                Flaw = flaw,
            },
        ];
    }
}
