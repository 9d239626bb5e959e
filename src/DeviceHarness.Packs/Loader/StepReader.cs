using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Service;
using DeviceHarness.Packs.Steps;

namespace DeviceHarness.Packs.Loader;

/// <summary>Reads one step: its common keys, and those of its kind.</summary>
internal static class StepReader
{
    /// <summary>The longest time that one step may ask for.</summary>
    public static readonly TimeSpan MaximumTime = TimeSpan.FromHours(24);

    private const string OnMiss = "on-miss";
    private const string When = "when";

    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WaitMargin = TimeSpan.FromSeconds(5);

    private static readonly Dictionary<string, Func<ConfigurationNode, ConfigurationNode, int, PackScope, IReadOnlyList<PackStep>>>
        Readers = new(StringComparer.Ordinal)
        {
            [RequestStep.Key] = RequestReader.Read,
            [WaitStep.Key] = ReadWait,
            [InventoryStep.Key] = ReadInventory,
            [StatusLogStep.Key] = ReadStatusLog,
            [AlertStep.Key] = AlertStepReader.Read,
            [RotateKeyStep.Key] = KeyStepReader.ReadRotation,
            [ProbeKeyStep.Key] = KeyStepReader.ReadProbe,
            [KeyDeadlineStep.Key] = KeyStepReader.ReadDeadline,
            [PowerStep.Key] = PowerStepReader.ReadPower,
            [SupplyStep.Key] = PowerStepReader.ReadSupply,
            [TamperStep.Key] = TamperStepReader.Read,
            [PressStep.Key] = TamperStepReader.ReadPress,
            [DisplayStep.Key] = DisplayStepReader.Read,
            [HubStatusStep.Key] = HubStepReader.Read,
            [CompareFormsStep.Key] = CompareFormsReader.Read,
            [UtrnStep.Key] = UtrnStepReader.Read,
            [CustomStep.Key] = CustomStepReader.Read,
            [AnswerStep.Key] = AnswerStepReader.Read,
            [MigrationStep.Key] = MigrationStepReader.Read,
            [SiteStep.Key] = ReadSite,
        };

    /// <summary>Nothing undoes a rotation, what a device tells or a token that is made changes nothing, and what a step in C# does is not
    /// known: none of them cleans anything up.</summary>
    private static readonly string[] NotForCleanup =
    [
        .. KeyStepReader.Kinds, TamperStep.Key, PressStep.Key, HubStatusStep.Key, CompareFormsStep.Key, UtrnStep.Key, CustomStep.Key,
        AnswerStep.Key, MigrationStep.Key, DisplayStep.Key,
    ];

    /// <summary>The keys that make a step, one for each kind.</summary>
    public static IReadOnlyCollection<string> Kinds => Readers.Keys;

    /// <summary>The words for when a step runs.</summary>
    public static IReadOnlyDictionary<string, StepWhen> Whens { get; } = new Dictionary<string, StepWhen>(StringComparer.Ordinal)
    {
        ["missed"] = StepWhen.Missed,
        ["met"] = StepWhen.Met,
    };

    /// <summary>The words for what follows a missed step.</summary>
    public static IReadOnlyDictionary<string, StepMiss> Misses { get; } = new Dictionary<string, StepMiss>(StringComparer.Ordinal)
    {
        ["continue"] = StepMiss.Continue,
        ["end"] = StepMiss.End,
        ["block"] = StepMiss.Block,
    };

    /// <summary>The words for a device's status in the inventory.</summary>
    public static IReadOnlyDictionary<string, DeviceStatus> Statuses { get; } =
        Enum.GetValues<DeviceStatus>().ToDictionary(status => status.ToString(), StringComparer.Ordinal);

    /// <summary>The words for what the service's log says of a request.</summary>
    public static IReadOnlyDictionary<string, RequestStatus> RequestStatuses { get; } =
        Enum.GetValues<RequestStatus>().ToDictionary(status => status.ToString(), StringComparer.Ordinal);

    /// <summary>Reads a step.</summary>
    /// <param name="node">The step.</param>
    /// <param name="number">Its number in its list, from 1.</param>
    /// <param name="scope">What its texts may refer to.</param>
    /// <returns>The step, or as many as <c>times</c> makes of it.</returns>
    public static IReadOnlyList<PackStep> Read(ConfigurationNode node, int number, PackScope scope)
    {
        string[] allowed = [.. scope.IsCleanup ? Kinds.Except(NotForCleanup) : Kinds];
        string[] kinds = [.. allowed.Where(key => node.Find(key) is not null)];
        if (kinds is not [string kind])
        {
            string found = kinds.Length == 0 ? $"a step with the keys {string.Join(", ", node.Keys)}" : string.Join(" and ", kinds);
            throw node.Fault(PackFaults.StepKind, found, $"exactly one of {string.Join(", ", allowed)}");
        }

        return Readers[kind](node, node.Require(kind), number, scope);
    }

    /// <summary>Reads a device's status in the inventory.</summary>
    public static DeviceStatus ReadStatus(ConfigurationNode node) => node.AsOneOf(Statuses);

    /// <summary>The names that the captures of a step define.</summary>
    /// <param name="step">A node of its own: to ask for a key makes it known, and not every kind of step has captures.</param>
    public static IReadOnlyList<(string Name, ConfigurationNode Path)> CapturesOf(ConfigurationNode step)
    {
        try
        {
            return step.Find(UtrnStep.Key)?.Find(UtrnStepReader.NameKey) is { } token ? [(token.AsText(), token)]
                : step.Find("capture") is { } captures ? [.. captures.Keys.Select(name => (name, captures.Require(name)))]
                : [];
        }
        catch (ConfigurationException)
        {
            // The step, or its captures, are no mapping: that is told where the step itself is read.
            return [];
        }
    }

    /// <summary>Reads what every step may say.</summary>
    /// <param name="step">The step.</param>
    /// <param name="number">Its number.</param>
    /// <param name="name">Its name when it states none.</param>
    /// <param name="timeout">Its time when it states none.</param>
    /// <param name="scope">Where to list what is wrong.</param>
    /// <param name="canMiss">Whether steps of this kind have expectations.</param>
    /// <param name="canRepeat">Whether one that has can be repeated until they are met.</param>
    public static StepHead ReadHead(
        ConfigurationNode step, int number, string name, TimeSpan timeout, PackScope scope, bool canMiss, bool canRepeat = true) => new(
            number,
            NameOf(scope.Faults.Read(() => step.Find("name")?.AsText()) ?? name, scope),
            scope.Faults.Read(() => step.Find("timeout")?.AsDuration(TimeSpan.FromMilliseconds(1), MaximumTime)) ?? timeout,
            scope.IsCleanup ? StepWhen.Always : scope.Faults.Read(() => step.Find(When)?.AsOneOf(Whens) ?? StepWhen.Always),
            canMiss && !scope.IsCleanup ? scope.Faults.Read(() => step.Find(OnMiss)?.AsOneOf(Misses) ?? StepMiss.End) : StepMiss.End,
            canMiss && canRepeat
                ? scope.Faults.Read(() => step.Find(RepeatReader.Key) is { } repeat ? RepeatReader.Read(repeat, scope) : null)
                : null);

    private static string NameOf(string name, PackScope scope) => scope.Row is null ? name : $"{name} ({scope.Row})";

    private static IReadOnlyList<PackStep> ReadWait(ConfigurationNode step, ConfigurationNode node, int number, PackScope scope)
    {
        TimeSpan duration = scope.Faults.Read(() => node.AsDuration(TimeSpan.Zero, MaximumTime));
        string name = node.IsScalar ? $"wait {node.AsText()}" : WaitStep.Key;
        StepHead head = ReadHead(step, number, name, duration + WaitMargin, scope, canMiss: false);
        scope.Faults.RejectOtherKeys(step);
        return
        [
            new WaitStep { Number = number, Name = head.Name, Timeout = head.Timeout, When = head.When, Duration = duration },
        ];
    }

    private static IReadOnlyList<PackStep> ReadSite(ConfigurationNode step, ConfigurationNode node, int number, PackScope scope)
    {
        ServiceSite site = scope.Faults.Read(() => node.AsOneOf(SiteStep.Sites));
        StepHead head = ReadHead(
            step, number, $"{SiteStep.Key}: {site.ToString().ToLowerInvariant()}", DefaultTimeout, scope, canMiss: false);
        scope.Faults.RejectOtherKeys(step);
        return [new SiteStep { Number = number, Name = head.Name, Timeout = head.Timeout, When = head.When, Site = site }];
    }

    private static IReadOnlyList<PackStep> ReadInventory(ConfigurationNode step, ConfigurationNode node, int number, PackScope scope)
    {
        string role = scope.ReadRoleOf(node)!;
        (DeviceStatus? status, DeviceStatus? expected) = scope.Faults.Read(() => ReadStatuses(node));
        scope.Faults.Try(() => scope.Faults.RejectOtherKeys(node));
        string what = expected is null ? $"{status}" : $"is {expected}";
        StepHead head = ReadHead(step, number, $"inventory: {role} {what}", DefaultTimeout, scope, canMiss: false);
        scope.Faults.RejectOtherKeys(step);
        return
        [
            new InventoryStep
            {
                Number = number,
                Name = head.Name,
                Timeout = head.Timeout,
                When = head.When,
                DeviceRole = role,
                Status = status,
                Expected = expected,
            },
        ];
    }

    private static (DeviceStatus? Status, DeviceStatus? Expected) ReadStatuses(ConfigurationNode node)
    {
        DeviceStatus? status = node.Find("status") is { } set ? ReadStatus(set) : null;
        DeviceStatus? expected = node.Find("is") is { } seen ? ReadStatus(seen) : null;
        return status is null != expected is null
            ? (status, expected)
            : throw node.Fault(PackFaults.StepKind, $"the keys {string.Join(", ", node.Keys)}", "one of status and is");
    }

    private static IReadOnlyList<PackStep> ReadStatusLog(ConfigurationNode step, ConfigurationNode node, int number, PackScope scope)
    {
        RequestStatus status = RequestStatus.Complete;
        ConfigurationNode? repeat = step.Find(RepeatReader.Key);

        // A log that is read again and again is looked at once in each round.
        TimeSpan within = repeat is null ? StatusLogStep.DefaultWithin : TimeSpan.Zero;
        if (node.IsMapping)
        {
            status = scope.Faults.Read(() => node.Require("status").AsOneOf(RequestStatuses));
            within = scope.Faults.Read(() => ReadLogTime(node.Find("within"), repeat)) ?? within;
            scope.Faults.RejectOtherKeys(node);
        }
        else
        {
            status = scope.Faults.Read(() => node.AsOneOf(RequestStatuses));
        }

        StepHead head = ReadHead(step, number, $"status log: {status}", within + WaitMargin, scope, canMiss: true);
        scope.Faults.RejectOtherKeys(step);
        return
        [
            new StatusLogStep
            {
                Number = number,
                Name = head.Name,
                Timeout = head.Timeout,
                When = head.When,
                OnMiss = head.OnMiss,
                Repeat = head.Repeat,
                Status = status,
                Within = within,
            },
        ];
    }

    private static TimeSpan? ReadLogTime(ConfigurationNode? within, ConfigurationNode? repeat) => within is null || repeat is null
        ? within?.AsDuration(TimeSpan.Zero, MaximumTime)
        : throw within.Fault(PackFaults.StepReference, "'within' beside 'repeat'", "one of them: 'repeat' has a 'within' of its own");
}
