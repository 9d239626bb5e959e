using System.Collections.Frozen;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Packs.Steps;

namespace DeviceHarness.Packs.Loader;

/// <summary>Reads the step that takes a cover off.</summary>
internal static class TamperStepReader
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private static readonly FrozenDictionary<string, MeterCover> Covers = Enum.GetValues<MeterCover>()
        .ToFrozenDictionary(cover => cover.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    /// <summary>Reads it.</summary>
    public static IReadOnlyList<PackStep> Read(ConfigurationNode step, ConfigurationNode node, int number, PackScope scope)
    {
        string role = scope.ReadRoleOf(node)!;
        MeterCover cover = scope.Faults.Read(() => node.Require("cover").AsOneOf(Covers));
        TimeSpan open = scope.Faults.Read(() => node.Require("open-for").AsDuration(TimeSpan.FromMilliseconds(1), StepReader.MaximumTime));
        scope.Faults.Try(() => scope.Faults.RejectOtherKeys(node));
        StepHead head = StepReader.ReadHead(
            step, number, $"tamper: {role} {cover.ToString().ToLowerInvariant()} cover off", Margin + open, scope, canMiss: false);
        scope.Faults.RejectOtherKeys(step);
        return
        [
            new TamperStep
            {
                Number = number,
                Name = head.Name,
                Timeout = head.Timeout,
                When = head.When,
                Change = StepChange.Irreversible,
                DeviceRole = role,
                Cover = cover,
                OpenFor = open,
            },
        ];
    }
}
