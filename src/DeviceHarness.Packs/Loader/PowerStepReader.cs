using System.Collections.Frozen;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Packs.Planning;
using DeviceHarness.Packs.Steps;

namespace DeviceHarness.Packs.Loader;

/// <summary>Reads the steps that switch a supply, and that look at one.</summary>
internal static class PowerStepReader
{
    private const string StateKey = "state";
    private const string OffForKey = "off-for";
    private const string InterruptionKey = "interruption";

    // What a contact that has to rest, and the supply behind it, may take beyond the times that a pack names.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private static readonly FrozenDictionary<string, bool> States =
        new Dictionary<string, bool> { ["on"] = true, ["off"] = false }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, SupplyTerminal> Terminals = Enum.GetValues<SupplyTerminal>()
        .ToFrozenDictionary(terminal => terminal.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    // The largest image in the smallest block that any device of the guides has.
    private const int MaximumBlock = 1_000_000;

    private static readonly FrozenDictionary<string, FirmwareMoment> Moments = Enum.GetValues<FirmwareMoment>()
        .ToFrozenDictionary(moment => moment.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    /// <summary>Reads a step that switches.</summary>
    public static IReadOnlyList<PackStep> ReadPower(ConfigurationNode step, ConfigurationNode node, int number, PackScope scope)
    {
        string role = scope.ReadRoleOf(node)!;
        bool? isOn = scope.Faults.Read(() => node.Find(StateKey)?.AsOneOf(States));
        TimeSpan? offFor = scope.Faults.Read(() => node.Find(OffForKey)?.AsDuration(TimeSpan.FromMilliseconds(1), StepReader.MaximumTime));
        scope.Faults.Try(() => scope.Faults.RejectOtherKeys(node));
        scope.Faults.Try(() => RequireOne(node));
        string word = offFor is null ? SupplyStep.WordOf(isOn == true) : $"off for {node.Find(OffForKey)!.AsText()}";
        StepHead head = StepReader.ReadHead(
            step, number, $"power: {role} {word}", Margin + (offFor ?? TimeSpan.Zero), scope, canMiss: false);
        scope.Faults.RejectOtherKeys(step);
        return
        [
            new PowerStep
            {
                Number = number,
                Name = head.Name,
                Timeout = head.Timeout,
                When = head.When,
                Change = StepChange.Reversible,
                DeviceRole = role,
                IsOn = offFor is not null || isOn == true,
                OffFor = offFor,
            },
        ];
    }

    /// <summary>Reads a step that looks.</summary>
    public static IReadOnlyList<PackStep> ReadSupply(ConfigurationNode step, ConfigurationNode node, int number, PackScope scope)
    {
        string role = scope.ReadRoleOf(node)!;
        SupplyTerminal terminal = scope.Faults.Read(() => node.Find("terminal")?.AsOneOf(Terminals) ?? SupplyTerminal.Mains);
        bool? isPresent = scope.Faults.Read(() => node.Find(StateKey)?.AsOneOf(States));
        (TimeSpan? below, TimeSpan? atLeast) = scope.Faults.Read(() => ReadInterruption(node.Find(InterruptionKey), scope));
        TimeSpan standard = SupplyStep.DefaultWithin + (below ?? TimeSpan.Zero) + (atLeast ?? TimeSpan.Zero);
        TimeSpan within = scope.Faults.Read(() => node.Find("within")?.AsDuration(TimeSpan.Zero, StepReader.MaximumTime)) ?? standard;
        bool notes = scope.Faults.Read(() => node.Find("note-alerts")?.AsBoolean() ?? false);
        TimeSpan? late = scope.Faults.Read(() => node.Find("alert-within")?.AsDuration(TimeSpan.Zero, StepReader.MaximumTime));
        scope.Faults.Try(() => scope.Faults.RejectOtherKeys(node));
        scope.Faults.Try(() => RequireAny(node));
        scope.Faults.Try(() => RequireHub(node, terminal, notes || late is not null));
        TimeSpan longest = late is { } looked ? within + looked + within : within;
        StepHead head = StepReader.ReadHead(
            step, number, $"supply: {role} {terminal.ToString().ToLowerInvariant()}", longest + Margin, scope, canMiss: true,
            canRepeat: false);
        scope.Faults.RejectOtherKeys(step);
        return
        [
            new SupplyStep
            {
                Number = number,
                Name = head.Name,
                Timeout = head.Timeout,
                When = head.When,
                OnMiss = head.OnMiss,
                DeviceRole = role,
                Terminal = terminal,
                IsPresent = isPresent,
                InterruptionBelow = below,
                InterruptionAtLeast = atLeast,
                Within = within,
                NotesAlerts = notes,
                AlertWithin = late,
            },
        ];
    }

    private static void RequireHub(ConfigurationNode node, SupplyTerminal terminal, bool looksAtAlerts)
    {
        if (looksAtAlerts && terminal != SupplyTerminal.Hub)
        {
            throw node.Fault(PackFaults.StepKind, "alerts of a hub at the mains", "note-alerts and alert-within beside 'terminal: hub'");
        }
    }

    /// <summary>Reads the cut of a firmware request.</summary>
    /// <param name="node">The value of <c>cut-power</c>; null when the request has none.</param>
    /// <param name="entry">The request's variant; null when a request written as XML states none.</param>
    /// <param name="scope">Takes the faults.</param>
    public static PowerCut? ReadCut(ConfigurationNode? node, SrvEntry? entry, PackScope scope)
    {
        if (node is null)
        {
            return null;
        }

        FirmwareMoment at = node.Require("at").AsOneOf(Moments);
        int? block = (int?)node.Find("block")?.AsInteger(0, MaximumBlock);
        TimeSpan offFor = node.Require(OffForKey).AsDuration(TimeSpan.FromMilliseconds(1), StepReader.MaximumTime);
        scope.Faults.RejectOtherKeys(node);
        string variant = at == FirmwareMoment.Activation ? FirmwareForecast.Activation : UpdateFirmware.Variant;
        if (entry?.Srv != variant)
        {
            throw node.Fault(
                PackFaults.RequestBody, $"a cut at {at.ToString().ToLowerInvariant()} in {entry?.Srv ?? "a request without a variant"}",
                $"{variant}, which has that moment");
        }

        return block is null == (at == FirmwareMoment.Block)
            ? throw node.Fault(
                PackFaults.RequestBody, block is null ? "no block" : "a block", "a block, from 0, beside 'at: block' and nowhere else")
            : new PowerCut(at, block ?? 0, offFor);
    }

    private static (TimeSpan? Below, TimeSpan? AtLeast) ReadInterruption(ConfigurationNode? node, PackScope scope)
    {
        if (node is null)
        {
            return (null, null);
        }

        TimeSpan? below = node.Find("below")?.AsDuration(TimeSpan.FromMilliseconds(1), StepReader.MaximumTime);
        TimeSpan? atLeast = node.Find("at-least")?.AsDuration(TimeSpan.FromMilliseconds(1), StepReader.MaximumTime);
        scope.Faults.RejectOtherKeys(node);
        return below is null == atLeast is null
            ? throw node.Fault(PackFaults.Expectation, below is null ? "neither" : "both", "one of below and at-least")
            : (below, atLeast);
    }

    private static void RequireOne(ConfigurationNode node)
    {
        if (node.Keys.Contains(StateKey) == node.Keys.Contains(OffForKey))
        {
            throw node.Fault(PackFaults.StepKind, $"the keys {string.Join(", ", node.Keys)}", $"one of {StateKey} and {OffForKey}");
        }
    }

    private static void RequireAny(ConfigurationNode node)
    {
        if (!node.Keys.Contains(StateKey) && !node.Keys.Contains(InterruptionKey))
        {
            throw node.Fault(PackFaults.Expectation, "nothing that is expected", $"{StateKey}, {InterruptionKey}, or both");
        }
    }
}
