using System.Text.RegularExpressions;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Steps;

namespace DeviceHarness.Packs.Loader;

/// <summary>Reads one case.</summary>
internal static partial class CaseReader
{
    private static readonly TimeSpan DefaultBudget = TimeSpan.FromMinutes(2);

    /// <summary>The words for whether a case may be run again by itself.</summary>
    public static IReadOnlyDictionary<string, RepeatPolicy> RepeatPolicies { get; } =
        new Dictionary<string, RepeatPolicy>(StringComparer.Ordinal)
        {
            ["allowed"] = RepeatPolicy.Allowed,
            ["never"] = RepeatPolicy.Never,
        };

    /// <summary>Reads a case, or one for each row of its data; what is wrong is listed.</summary>
    public static IEnumerable<TestCase> ReadAll(ConfigurationNode node, PackFrame frame, FaultList faults)
    {
        if (!node.IsMapping || node.Find(ForEachReader.Key) is not { } forEach)
        {
            return faults.Read(() => Read(node, row: null, frame, faults)) is { } testCase ? [testCase] : [];
        }

        Dictionary<string, string> captures = CapturesOf(node, faults);
        IReadOnlyList<ForEachRow> rows = faults.Read(() => ForEachReader.Read(
            forEach, name => PackScope.IsTaken(name, frame.Roles, captures), faults)) ?? [];
        return rows.Select(row => faults.Read(() => Read(row.Fill(node), row, frame, faults))).OfType<TestCase>();
    }

    private static TestCase Read(ConfigurationNode node, ForEachRow? row, PackFrame frame, FaultList faults)
    {
        // The key is read by whoever asks for a case for each row; here it is known, and no more.
        _ = node.Find(ForEachReader.Key);
        string? written = faults.Read(() => ReadId(node.Require("id"), frame.Prefix));
        string? id = row is null || written is null ? written : faults.Read(() => ReadId(row, written));
        string? device = faults.Read(() => frame.Roles.Read(node.Require("device")));
        IReadOnlyList<ConfigurationNode> steps = faults.Read(() => ReadList(node.Require("steps"), minimum: 1)) ?? [];
        IReadOnlyList<ConfigurationNode> cleanup =
            faults.Read(() => node.Find("cleanup") is { } list ? ReadList(list, minimum: 0) : []) ?? [];
        PackScope scope = new(frame.Roles, device, CapturesOf(node, faults), faults);
        TestCase testCase = new()
        {
            Id = id!,
            Row = row is null ? null : new CaseRow(written ?? string.Empty, row.Variable, row.Id, row.Values),
            Source = frame.Source,
            Needs = frame.Roles.Needs,
            Parameters = frame.Values,
            Tags = faults.Read(() => ReadTags(node.Find("tags"))) ?? [],
            Title = faults.Read(() => node.Require("title").AsText())!,
            Device = device!,
            ServiceReferenceVariant =
                faults.Read(() => node.Find("srv") is { } srv ? CatalogueReader.ReadVariant(srv).Srv : string.Empty)!,
            Repeat = faults.Read(() => node.Find("repeat")?.AsOneOf(RepeatPolicies) ?? RepeatPolicy.Allowed),
            Budget = faults.Read(() =>
                node.Find("budget")?.AsDuration(TimeSpan.FromMilliseconds(1), PackLoader.MaximumBudget) ?? DefaultBudget),
            Preconditions = faults.Read(() => ReadPreconditions(node.Find("preconditions"), scope)) ?? [],
            Steps = ReadSteps(steps, scope),
            Cleanup = ReadCleanup(cleanup, scope),
            Signature = faults.Read(() => ReadSignature(node.Find("signature"), scope, steps.Count)),
            Assessment = faults.Read(() => ReadAssessment(node.Find("assess"), scope, steps.Count)) ?? Assessment.None,
            Firmware = faults.Read(() => ImagePairReader.Read(node.Find(ImagePairReader.Key), faults)),
            SourceRefs = faults.Read(() => ReadTexts(node.Find("sources"))) ?? [],
        };
        if (testCase.Steps.Concat(testCase.Cleanup).Any(step => step is RequestStep))
        {
            // A case about what no Service Request does is about none.
            faults.Try(() => node.Require("srv"));
        }

        CheckCount(node, "steps", testCase.Steps, faults);
        CheckCount(node, "cleanup", testCase.Cleanup, faults);
        faults.RejectOtherKeys(node);
        return testCase;
    }

    private static string ReadId(ForEachRow row, string written)
    {
        string id = $"{written}-{row.Id}";
        return CaseIdForm().IsMatch(id)
            ? id
            : throw row.Node.Wrong($"'{id}' for the id of a case", "1 to 40 letters, digits and hyphens: a shorter 'id' of case or row");
    }

    private static void CheckCount(ConfigurationNode node, string key, IReadOnlyList<PackStep> steps, FaultList faults)
    {
        int executions = steps.Sum(step => step.Rounds);
        if (executions > PackLoader.MaximumSteps)
        {
            faults.Add(node.Require(key).Wrong($"{executions} steps with their turns and rounds", $"at most {PackLoader.MaximumSteps}"));
        }
    }

    private static string ReadId(ConfigurationNode node, string prefix) => CaseIdForm().IsMatch(prefix + node.AsText())
        ? prefix + node.AsText()
        : throw node.Wrong($"'{prefix}{node.AsText()}'", "1 to 40 letters, digits and hyphens, a letter first");

    private static string[] ReadTags(ConfigurationNode? node) => [.. node?.Items().Select(PackLoader.ReadIdentifier) ?? []];

    private static IReadOnlyList<ConfigurationNode> ReadList(ConfigurationNode node, int minimum)
    {
        IReadOnlyList<ConfigurationNode> items = node.Items();
        return items.Count >= minimum && items.Count <= PackLoader.MaximumSteps
            ? items
            : throw node.Wrong($"{items.Count} steps", Counts(minimum));
    }

    private static string Counts(int minimum) => $"{minimum} to {PackLoader.MaximumSteps} steps";

    private static string[] ReadTexts(ConfigurationNode? node) => [.. node?.Items().Select(item => item.AsText()) ?? []];

    private static List<PackStep> ReadSteps(IReadOnlyList<ConfigurationNode> nodes, PackScope scope)
    {
        List<PackStep> steps = [];
        for (int index = 0; index < nodes.Count && steps.Count <= PackLoader.MaximumSteps; index++)
        {
            ConfigurationNode node = nodes[index];
            int number = index + 1;
            IReadOnlyList<PackStep> read = scope.Faults.Read(() => StepListReader.Read(node, number, scope)) ?? [];
            scope.DefineCapturesAt(node.Path);
            if (read.Any(step => step.When != StepWhen.Always) && !steps.Exists(step => step.OnMiss == StepMiss.Continue))
            {
                scope.Faults.Add((node.Find("when") ?? node).Fault(
                    PackFaults.StepReference, "no step before that goes on when it is missed", "an earlier step with 'on-miss: continue'"));
            }

            steps.AddRange(read);
        }

        return steps;
    }

    private static List<PackStep> ReadCleanup(IReadOnlyList<ConfigurationNode> nodes, PackScope scope)
    {
        List<PackStep> steps = [];
        scope.IsCleanup = true;
        for (int index = 0; index < nodes.Count; index++)
        {
            ConfigurationNode node = nodes[index];
            int number = index + 1;
            steps.AddRange(scope.Faults.Read(() => StepListReader.Read(node, number, scope)) ?? []);
            scope.DefineCapturesAt(node.Path);
        }

        return steps;
    }

    private static Dictionary<string, string> CapturesOf(ConfigurationNode testCase, FaultList faults)
    {
        Dictionary<string, string> capturedAt = new(StringComparer.Ordinal);
        ConfigurationNode?[] lists = [testCase.Find("steps"), testCase.Find("cleanup")];
        foreach (ConfigurationNode step in lists.Where(list => list is { IsSequence: true }).SelectMany(list => list!.Items()))
        {
            foreach ((string name, ConfigurationNode capture) in StepReader.CapturesOf(step))
            {
                if (!capturedAt.TryAdd(name, step.Path))
                {
                    faults.Add(capture.Fault(PackFaults.Duplicate, $"a second capture '{name}'",
                        $"a name other than that of {capturedAt[name]}"));
                }
            }
        }

        return capturedAt;
    }

    private static List<Precondition> ReadPreconditions(ConfigurationNode? node, PackScope scope)
    {
        List<Precondition> preconditions = [];
        foreach (ConfigurationNode item in node?.Items() ?? [])
        {
            string? role = scope.ReadRoleOf(item);
            DeviceStatus? status = scope.Faults.Read<DeviceStatus?>(() => StepReader.ReadStatus(item.Require("status")));
            scope.Faults.Try(() => scope.Faults.RejectOtherKeys(item));
            if (role is not null && status is { } known)
            {
                preconditions.Add(new Precondition(role, known));
            }
        }

        return preconditions;
    }

    private static IssueSignature? ReadSignature(ConfigurationNode? node, PackScope scope, int steps)
    {
        if (node is null)
        {
            return null;
        }

        string? issue = scope.Faults.Read(() => ReadIssue(node.Require("issue")));
        List<StepMark> marks = [];
        foreach (ConfigurationNode item in scope.Faults.Read(() => node.Require("when").Items()) ?? [])
        {
            if (scope.Faults.Read(() => ReadMark(item, steps)) is { } mark)
            {
                marks.Add(mark);
            }
        }

        scope.Faults.RejectOtherKeys(node);
        return marks.Exists(mark => mark.IsMissed) || !scope.Faults.IsEmpty
            ? new IssueSignature(issue ?? string.Empty, marks)
            : throw node.Fault(PackFaults.StepReference, "a signature in which no step is missed", "at least one 'missed N'");
    }

    private static string ReadIssue(ConfigurationNode node) => CaseIdOrNumberForm().IsMatch(node.AsText())
        ? node.AsText()
        : throw node.Wrong($"'{node.AsText()}'", "the id of a Testing Issue such as 110029: 1 to 40 letters, digits and hyphens");

    private static StepMark ReadMark(ConfigurationNode node, int steps)
    {
        string[] words = node.AsText().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is ["missed" or "met", var number] && int.TryParse(number, out int step) && step >= 1 && step <= steps
            ? new StepMark(step, words[0] == "missed")
            : throw node.Fault(PackFaults.StepReference, $"'{node.AsText()}'", $"'missed N' or 'met N', N a step from 1 to {steps}");
    }

    private static Assessment ReadAssessment(ConfigurationNode? node, PackScope scope, int steps)
    {
        if (node is null)
        {
            return Assessment.None;
        }

        IReadOnlyList<int> effect = scope.Faults.Read(() => ReadStepNumbers(node.Find("effect"), steps)) ?? [];
        (int? outcome, bool isByCode) = scope.Faults.Read(() => ReadOutcome(node.Find("outcome"), effect, steps));
        scope.Faults.RejectOtherKeys(node);
        return new Assessment(effect, outcome, isByCode);
    }

    private static IReadOnlyList<int> ReadStepNumbers(ConfigurationNode? node, int steps) => node is null
        ? []
        : node.IsSequence
            ? [.. node.Items().Select(item => (int)item.AsInteger(1, steps))]
            : [(int)node.AsInteger(1, steps)];

    private static (int? Step, bool IsByCode) ReadOutcome(ConfigurationNode? node, IReadOnlyList<int> effect, int steps)
    {
        if (node is null || node.AsText() != Assessment.ByCode)
        {
            return ((int?)node?.AsInteger(1, steps), false);
        }

        return effect.Count > 0
            ? (null, true)
            : throw node.Fault(PackFaults.StepReference, $"'{Assessment.ByCode}' without 'effect'", "the steps of 'effect' beside it");
    }

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9-]{0,39}\z", RegexOptions.CultureInvariant)]
    private static partial Regex CaseIdForm();

    [GeneratedRegex(@"\A[A-Za-z0-9-]{1,40}\z", RegexOptions.CultureInvariant)]
    private static partial Regex CaseIdOrNumberForm();
}
