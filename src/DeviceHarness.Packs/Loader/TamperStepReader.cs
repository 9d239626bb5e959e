using System.Collections.Frozen;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Packs.Steps;

namespace DeviceHarness.Packs.Loader;

/// <summary>Reads the steps that take a cover off, and press a button.</summary>
internal static class TamperStepReader
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan DefaultHold = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan MaximumHold = TimeSpan.FromMinutes(1);

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

    /// <summary>Reads the step that presses a button.</summary>
    public static IReadOnlyList<PackStep> ReadPress(ConfigurationNode step, ConfigurationNode node, int number, PackScope scope)
    {
        string role = scope.ReadRoleOf(node)!;
        string button = scope.Faults.Read(() => PackLoader.ReadIdentifier(node.Require("button"))) ?? string.Empty;
        TimeSpan hold = scope.Faults.Read(() => node.Find("for")?.AsDuration(TimeSpan.FromMilliseconds(1), MaximumHold)) ?? DefaultHold;
        scope.Faults.Try(() => scope.Faults.RejectOtherKeys(node));
        StepHead head = StepReader.ReadHead(step, number, $"press: {role} {button}", Margin + hold, scope, canMiss: false);
        scope.Faults.RejectOtherKeys(step);
        return
        [
            new PressStep
            {
                Number = number,
                Name = head.Name,
                Timeout = head.Timeout,
                When = head.When,
                Change = StepChange.Reversible,
                DeviceRole = role,
                Button = button,
                Hold = hold,
            },
        ];
    }
}
