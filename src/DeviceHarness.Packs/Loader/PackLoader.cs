using System.Text.RegularExpressions;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Variables;

namespace DeviceHarness.Packs.Loader;

/// <summary>Reads a pack and checks all of it before any of it runs.</summary>
public static partial class PackLoader
{
    /// <summary>The most cases that a pack may have.</summary>
    public const int MaximumCases = 5_000;

    /// <summary>The most steps that a case may have, clean-up apart.</summary>
    public const int MaximumSteps = 500;

    private static readonly TimeSpan MaximumBudget = TimeSpan.FromDays(7);
    private static readonly TimeSpan DefaultCaseBudget = TimeSpan.FromMinutes(2);

    private static readonly Dictionary<string, PackKind> Kinds = new(StringComparer.Ordinal)
    {
        ["smoke"] = PackKind.Smoke,
        ["srv"] = PackKind.Srv,
        ["migration"] = PackKind.Migration,
        ["srvt"] = PackKind.Srvt,
        ["regression"] = PackKind.Regression,
    };

    private static readonly Dictionary<string, RepeatPolicy> RepeatPolicies = new(StringComparer.Ordinal)
    {
        ["allowed"] = RepeatPolicy.Allowed,
        ["never"] = RepeatPolicy.Never,
    };

    /// <summary>Reads a pack file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ConfigurationException">The pack is wrong: file, line, column and key say where.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<TestPack> LoadFileAsync(string path, CancellationToken cancellationToken) =>
        Load(await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false), path);

    /// <summary>Reads the text of a pack.</summary>
    /// <param name="text">The YAML text.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="ConfigurationException">The pack is wrong: file, line, column and key say where, for the first thing that is
    /// wrong.</exception>
    public static TestPack Load(string text, string file)
    {
        ConfigurationNode root = ConfigurationNode.Parse(text, file);
        string name = ReadIdentifier(root.Require("pack"));
        IReadOnlyList<DeviceNeed> needs = ReadNeeds(root.Require("needs"));
        Dictionary<string, DeviceNeed> needsByRole = needs.ToDictionary(need => need.Role, StringComparer.Ordinal);
        TestPack pack = new()
        {
            Name = name,
            Title = root.Require("title").AsText(),
            Version = root.Require("version").AsText(),
            Purpose = root.Require("purpose").AsText().Trim(),
            Kind = root.Require("kind").AsOneOf(Kinds),
            Owner = root.Require("owner").AsText(),
            Budget = root.Require("budget").AsDuration(TimeSpan.FromSeconds(1), MaximumBudget),
            Needs = needs,
            Cases = ReadCases(root.Require("cases"), needsByRole),
            Text = text,
            Hash = TestPack.HashOf(text),
        };
        root.RejectOtherKeys();
        return pack;
    }

    private static List<DeviceNeed> ReadNeeds(ConfigurationNode node)
    {
        List<DeviceNeed> needs = [];
        foreach (string role in node.Keys)
        {
            ConfigurationNode value = node.Require(role);
            if (!IdentifierForm().IsMatch(role) || BuiltInVariables.Reserved.Contains(role))
            {
                throw value.Fault(PackFaults.UnknownDeviceRole, $"the role '{role}'",
                    "lower-case letters, digits and hyphens, a letter first, no reserved name");
            }

            if (value.IsScalar)
            {
                needs.Add(new DeviceNeed(role, CatalogueReader.ReadDeviceType(value), Device: null, Facts: []));
                continue;
            }

            string type = CatalogueReader.ReadDeviceType(value.Require("type"));
            string? device = value.Find("device")?.AsText();
            string[] facts = [.. value.Find("facts")?.Items().Select(ReadFact) ?? []];
            value.RejectOtherKeys();
            needs.Add(new DeviceNeed(role, type, device, facts));
        }

        return needs;
    }

    private static string ReadFact(ConfigurationNode node)
    {
        string fact = ReadIdentifier(node);
        return BuiltInVariables.DeviceProperties.Contains(fact)
            ? throw node.Fault(PackFaults.Duplicate, $"'{fact}'", "a name that is not one of a device's own properties")
            : fact;
    }

    private static List<TestCase> ReadCases(ConfigurationNode node, Dictionary<string, DeviceNeed> needs)
    {
        IReadOnlyList<ConfigurationNode> items = node.Items();
        if (items.Count is 0 or > MaximumCases)
        {
            throw node.Wrong($"{items.Count} cases", $"1 to {MaximumCases} cases");
        }

        List<TestCase> cases = [];
        Dictionary<string, string> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach (ConfigurationNode item in items)
        {
            TestCase testCase = ReadCase(item, needs);
            if (!seen.TryAdd(testCase.Id, item.Path))
            {
                throw item.Require("id").Fault(PackFaults.Duplicate, $"'{testCase.Id}' a second time",
                    $"an id other than that of {seen[testCase.Id]}");
            }

            cases.Add(testCase);
        }

        return cases;
    }

    private static TestCase ReadCase(ConfigurationNode node, Dictionary<string, DeviceNeed> needs)
    {
        ConfigurationNode id = node.Require("id");
        if (!CaseIdForm().IsMatch(id.AsText()))
        {
            throw id.Wrong($"'{id.AsText()}'", "1 to 40 letters, digits and hyphens, a letter first");
        }

        string device = PackScope.ReadDeviceRole(node.Require("device"), needs);
        ConfigurationNode steps = node.Require("steps");
        IReadOnlyList<ConfigurationNode> stepNodes = steps.Items();
        IReadOnlyList<ConfigurationNode> cleanupNodes = node.Find("cleanup")?.Items() ?? [];
        if (stepNodes.Count is 0 or > MaximumSteps || cleanupNodes.Count > MaximumSteps)
        {
            throw steps.Wrong($"{stepNodes.Count} steps and {cleanupNodes.Count} clean-up steps",
                $"1 to {MaximumSteps} steps, at most {MaximumSteps} for clean-up");
        }

        PackScope scope = new(needs, device, CapturesOf([.. stepNodes, .. cleanupNodes]));
        TestCase testCase = new()
        {
            Id = id.AsText(),
            Title = node.Require("title").AsText(),
            Device = device,
            ServiceReferenceVariant = CatalogueReader.ReadVariant(node.Require("srv")).Srv,
            Repeat = node.Find("repeat")?.AsOneOf(RepeatPolicies) ?? RepeatPolicy.Allowed,
            Budget = node.Find("budget")?.AsDuration(TimeSpan.FromMilliseconds(1), MaximumBudget) ?? DefaultCaseBudget,
            Preconditions = [.. node.Find("preconditions")?.Items().Select(item => ReadPrecondition(item, scope)) ?? []],
            Steps = [.. stepNodes.Select(step => StepReader.Read(step, scope))],
            Cleanup = [.. cleanupNodes.Select(step => StepReader.Read(step, scope))],
            SourceRefs = [.. node.Find("sources")?.Items().Select(item => item.AsText()) ?? []],
        };
        node.RejectOtherKeys();
        return testCase;
    }

    private static Dictionary<string, string> CapturesOf(IReadOnlyList<ConfigurationNode> steps)
    {
        Dictionary<string, string> capturedAt = new(StringComparer.Ordinal);
        foreach (ConfigurationNode step in steps)
        {
            foreach ((string name, ConfigurationNode capture) in StepReader.CapturesOf(step))
            {
                if (!capturedAt.TryAdd(name, step.Path))
                {
                    throw capture.Fault(PackFaults.Duplicate, $"a second capture '{name}'",
                        $"a name other than that of {capturedAt[name]}");
                }
            }
        }

        return capturedAt;
    }

    private static Precondition ReadPrecondition(ConfigurationNode node, PackScope scope)
    {
        string role = node.Find("device") is { } device ? scope.ReadDeviceRole(device) : scope.Device;
        Precondition precondition = new(role, StepReader.ReadStatus(node.Require("status")));
        node.RejectOtherKeys();
        return precondition;
    }

    private static string ReadIdentifier(ConfigurationNode node)
    {
        string text = node.AsText();
        return IdentifierForm().IsMatch(text) ? text : throw node.Wrong($"'{text}'",
            "1 to 40 lower-case letters, digits and hyphens, a letter first");
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,39}\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdentifierForm();

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9-]{0,39}\z", RegexOptions.CultureInvariant)]
    private static partial Regex CaseIdForm();
}
