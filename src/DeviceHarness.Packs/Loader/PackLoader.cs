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

    /// <summary>The most steps that a case may have, and its clean-up for itself; each turn of a step with <c>times</c> counts, and each
    /// round of one that is repeated.</summary>
    public const int MaximumSteps = 500;

    /// <summary>The longest budget of a case or pack.</summary>
    public static readonly TimeSpan MaximumBudget = TimeSpan.FromDays(7);

    /// <summary>The words for the kind of a pack.</summary>
    public static IReadOnlyDictionary<string, PackKind> Kinds { get; } = new Dictionary<string, PackKind>(StringComparer.Ordinal)
    {
        ["smoke"] = PackKind.Smoke,
        ["srv"] = PackKind.Srv,
        ["migration"] = PackKind.Migration,
        ["srvt"] = PackKind.Srvt,
        ["regression"] = PackKind.Regression,
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
    /// wrong; <see cref="Check"/> tells all.</exception>
    public static TestPack Load(string text, string file)
    {
        PackReading reading = Check(text, file);
        return reading.Pack ?? throw reading.Faults[0];
    }

    /// <summary>Reads the text of a pack, and tells everything that is wrong with it.</summary>
    /// <param name="text">The YAML text.</param>
    /// <param name="file">The file's name, for messages.</param>
    public static PackReading Check(string text, string file)
    {
        FaultList faults = new();
        TestPack? pack = faults.Read(() => Read(ConfigurationNode.Parse(text, file), text, faults));
        return new PackReading(faults.IsEmpty ? pack : null, faults.InFileOrder());
    }

    /// <summary>Reads a name: lower-case letters, digits and hyphens, a letter first.</summary>
    internal static string ReadIdentifier(ConfigurationNode node)
    {
        string text = node.AsText();
        return IsIdentifier(text) ? text : throw node.Wrong($"'{text}'", "1 to 40 lower-case letters, digits and hyphens, a letter first");
    }

    private static TestPack Read(ConfigurationNode root, string text, FaultList faults)
    {
        string? name = faults.Read(() => ReadIdentifier(root.Require("pack")));
        PackRoles roles = faults.Read(() => ReadNeeds(root.Require("needs"), faults)) ?? new PackRoles([], new HashSet<string>());
        TestPack pack = new()
        {
            Name = name!,
            Title = faults.Read(() => root.Require("title").AsText())!,
            Version = faults.Read(() => root.Require("version").AsText())!,
            Purpose = faults.Read(() => root.Require("purpose").AsText().Trim())!,
            Kind = faults.Read(() => root.Require("kind").AsOneOf(Kinds)),
            Owner = faults.Read(() => root.Require("owner").AsText())!,
            Budget = faults.Read(() => root.Require("budget").AsDuration(TimeSpan.FromSeconds(1), MaximumBudget)),
            Needs = roles.Needs,
            Cases = faults.Read(() => ReadCases(root.Require("cases"), roles, faults)) ?? [],
            Text = text,
            Hash = TestPack.HashOf(text),
        };
        faults.RejectOtherKeys(root);
        return pack;
    }

    private static PackRoles ReadNeeds(ConfigurationNode node, FaultList faults)
    {
        List<DeviceNeed> needs = [];
        HashSet<string> broken = new(StringComparer.Ordinal);
        foreach (string role in node.Keys)
        {
            if (faults.Read(() => ReadNeed(role, node.Require(role), faults)) is { } need)
            {
                needs.Add(need);
            }
            else
            {
                broken.Add(role);
            }
        }

        return new PackRoles(needs, broken);
    }

    private static DeviceNeed ReadNeed(string role, ConfigurationNode node, FaultList faults)
    {
        if (!IsIdentifier(role) || BuiltInVariables.Reserved.Contains(role))
        {
            throw node.Fault(PackFaults.UnknownDeviceRole, $"the role '{role}'",
                "lower-case letters, digits and hyphens, a letter first, no reserved name");
        }

        if (node.IsScalar)
        {
            return new DeviceNeed(role, CatalogueReader.ReadDeviceType(node), Device: null, Facts: []);
        }

        ConfigurationNode? device = node.Find("device");
        ConfigurationNode? facts = node.Find("facts");
        string type = CatalogueReader.ReadDeviceType(node.Require("type"));
        faults.RejectOtherKeys(node);
        return new DeviceNeed(role, type, device?.AsText(), [.. facts?.Items().Select(ReadFact) ?? []]);
    }

    private static string ReadFact(ConfigurationNode node)
    {
        string fact = ReadIdentifier(node);
        return BuiltInVariables.DeviceProperties.Contains(fact)
            ? throw node.Fault(PackFaults.Duplicate, $"'{fact}'", "a name that is not one of a device's own properties")
            : fact;
    }

    private static List<TestCase> ReadCases(ConfigurationNode node, PackRoles roles, FaultList faults)
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
            foreach (TestCase testCase in CaseReader.ReadAll(item, roles, faults))
            {
                // A case for each row keeps the id that the pack writes too: it stands for all of them.
                Claim(testCase.Id, item, seen, faults, isOfRow: false);
                Claim(testCase.Row?.CaseId, item, seen, faults, isOfRow: true);
                cases.Add(testCase);
                if (cases.Count > MaximumCases)
                {
                    throw node.Wrong($"more than {MaximumCases} cases, one for each row", $"1 to {MaximumCases} cases");
                }
            }
        }

        return cases;
    }

    private static void Claim(string? id, ConfigurationNode item, Dictionary<string, string> seen, FaultList faults, bool isOfRow)
    {
        if (id is not null && !seen.TryAdd(id, item.Path) && !(isOfRow && seen[id] == item.Path))
        {
            faults.Add(item.Require("id").Fault(PackFaults.Duplicate, $"'{id}' a second time", $"an id other than that of {seen[id]}"));
        }
    }

    private static bool IsIdentifier(string text) => IdentifierForm().IsMatch(text);

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,39}\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdentifierForm();
}
