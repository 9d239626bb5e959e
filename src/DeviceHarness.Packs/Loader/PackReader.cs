using System.Text.RegularExpressions;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Packs.Model;

namespace DeviceHarness.Packs.Loader;

/// <summary>Reads a pack with those that it includes.</summary>
internal sealed partial class PackReader(PackBundle bundle, FaultList faults)
{
    /// <summary>How deep packs may include packs.</summary>
    public const int MaximumDepth = 8;

    private const int MostListed = 20;

    private static readonly PackRoles NoRoles = new([], new HashSet<string>());

    /// <summary>Reads the pack of a bundle.</summary>
    /// <param name="text">The whole text, which is what is frozen.</param>
    public TestPack Read(string text)
    {
        ConfigurationNode? given = bundle.Given.Length == 0 ? null : ConfigurationNode.Parse(bundle.Given, PackBundle.GivenFile);
        ConfigurationNode root = ConfigurationNode.Parse(bundle.Root, bundle.File);
        return Read(new Section(root, text, Key: string.Empty, given, Prefix: string.Empty, [], new Dictionary<string, DeviceNeed>()));
    }

    private TestPack Read(Section section)
    {
        IReadOnlyList<PackParameter> parameters =
            ParameterReader.Read(section.Node.Find(ParameterReader.Key), section.Given, faults);
        PackRoles none = NoRoles with { Parameters = [.. parameters.Select(known => known.Name)] };
        PackFrame frame = new(none, parameters, Source: string.Empty, section.Prefix);
        ConfigurationNode root = section.Node.Through(frame.Fill);
        _ = root.Find(ParameterReader.Key);
        string? name = faults.Read(() => PackLoader.ReadIdentifier(root.Require("pack")));
        bool hasNoOwnCase = root.Find("cases") is { IsSequence: true } list && list.Items().All(IsInclude);
        if (!hasNoOwnCase || root.Find("needs") is not null)
        {
            PackRoles roles = faults.Read(() => NeedsReader.Read(root.Require("needs"), faults)) ?? NoRoles;
            frame = frame with
            {
                Roles = roles with { Needs = [.. roles.Needs.Select(section.Bind)], Parameters = frame.Roles.Parameters },
            };
        }

        string version = faults.Read(() => root.Require("version").AsText())!;
        List<IncludedPack> includes = [];
        IReadOnlyList<ConfigurationNode> items = faults.Read(() => ReadItems(root.Require("cases"))) ?? [];
        frame = frame with { Source = section.Key.Length == 0 ? string.Empty : $"{name} {version}" };
        IReadOnlyList<TestCase> cases = faults.Read(() => ReadCases(root, items, frame, section, includes)) ?? [];
        TestPack pack = new()
        {
            Name = name!,
            Title = faults.Read(() => root.Require("title").AsText())!,
            Version = version,
            Purpose = faults.Read(() => root.Require("purpose").AsText().Trim())!,
            Kind = faults.Read(() => root.Require("kind").AsOneOf(PackLoader.Kinds)),
            Owner = faults.Read(() => root.Require("owner").AsText())!,
            Budget = faults.Read(() => root.Require("budget").AsDuration(TimeSpan.FromSeconds(1), PackLoader.MaximumBudget)),
            Needs = [.. frame.Roles.Needs.Concat(cases.SelectMany(NeedsOf))
                .DistinctBy(need => (need.Role, need.DeviceType, need.Device, string.Join(' ', need.Facts)))],
            Cases = cases,
            Parameters = parameters,
            Includes = includes,
            Declared = DeclarationReader.Read(root.Find(DeclarationReader.Key), cases, faults),
            Text = section.Text,
            Hash = TestPack.HashOf(section.Text),
        };
        faults.RejectOtherKeys(root);
        return pack;
    }

    private static IEnumerable<DeviceNeed> NeedsOf(TestCase testCase)
    {
        IReadOnlyList<string> roles = testCase.DeviceRoles;
        return testCase.Needs.Where(need => roles.Contains(need.Role));
    }

    private static IReadOnlyList<ConfigurationNode> ReadItems(ConfigurationNode node)
    {
        IReadOnlyList<ConfigurationNode> items = node.Items();
        return items.Count is > 0 and <= PackLoader.MaximumCases
            ? items
            : throw node.Wrong($"{items.Count} cases", $"1 to {PackLoader.MaximumCases} cases");
    }

    private List<TestCase> ReadCases(
        ConfigurationNode root, IReadOnlyList<ConfigurationNode> items, PackFrame frame, Section section, List<IncludedPack> includes)
    {
        List<TestCase> cases = [];
        Dictionary<string, string> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach (ConfigurationNode item in items)
        {
            IEnumerable<TestCase> read = IsInclude(item)
                ? faults.Read(() => ReadInclude(item, frame, section, includes)) ?? []
                : CaseReader.ReadAll(item, frame, faults);
            foreach (TestCase testCase in read)
            {
                // A case for each row keeps the id that the pack writes too: it stands for all of them.
                Claim(testCase.Id, item, seen, isOfRow: false);
                Claim(testCase.Row?.CaseId, item, seen, isOfRow: true);
                cases.Add(testCase);
                if (cases.Count > PackLoader.MaximumCases)
                {
                    throw root.Require("cases").Wrong(
                        $"more than {PackLoader.MaximumCases} cases, one for each row", $"1 to {PackLoader.MaximumCases} cases");
                }
            }
        }

        return cases;
    }

    private static bool IsInclude(ConfigurationNode item) => item.IsMapping && item.Keys.Contains(PackBundle.IncludeKey);

    private void Claim(string? id, ConfigurationNode item, Dictionary<string, string> seen, bool isOfRow)
    {
        if (id is not null && !seen.TryAdd(id, item.Path) && !(isOfRow && seen[id] == item.Path))
        {
            faults.Add(item.Require(IsInclude(item) ? PackBundle.IncludeKey : "id").Fault(
                PackFaults.Duplicate, $"'{id}' a second time", $"an id other than that of {seen[id]}"));
        }
    }

    private IReadOnlyList<TestCase> ReadInclude(ConfigurationNode item, PackFrame frame, Section from, List<IncludedPack> includes)
    {
        ConfigurationNode reference = item.Require(PackBundle.IncludeKey);
        string source = reference.AsText();
        ConfigurationNode? given = item.Find(ParameterReader.Key);
        string prefix = frame.Prefix + (faults.Read(() => ReadPrefix(item.Find("prefix"))) ?? string.Empty);
        IReadOnlyList<ConfigurationNode> only = faults.Read(() => item.Find("only")?.Items()) ?? [];
        IReadOnlyList<ConfigurationNode> tags = faults.Read(() => item.Find("tags")?.Items()) ?? [];
        IReadOnlyDictionary<string, DeviceNeed> bound = faults.Read(() => ReadBound(item.Find("needs"), frame))
            ?? new Dictionary<string, DeviceNeed>();
        faults.RejectOtherKeys(item);
        string key = PackBundle.KeyOf(from.Key, source);
        if (from.Chain.Contains(key) || from.Chain.Count >= MaximumDepth)
        {
            throw reference.Fault(
                PackFaults.IncludeCycle, string.Join(" includes ", from.Chain.Append(key)),
                $"packs that do not include themselves, {MaximumDepth} deep at most");
        }

        string text = bundle.Find(key) ?? throw reference.Fault(
            PackFaults.IncludeMissing, $"the pack '{source}'",
            $"a built-in pack, or the path of a file from the folder of this one; {PackBundle.MaximumIncludes} packs at most");
        ConfigurationNode root = ConfigurationNode.Parse(text, FileOf(key));
        TestPack pack = Read(new Section(root, text, key, given, prefix, [.. from.Chain, key], bound));
        foreach ((string role, DeviceNeed need) in bound.Where(pair => !pack.Needs.Any(need => Fits(need, pair.Key, pair.Value))))
        {
            faults.Add(item.Require("needs").Require(role).Fault(
                PackFaults.UnknownDeviceRole, $"'{role}' for {need.DeviceType}",
                string.Join(", ", pack.Needs.Select(known => $"{known.Role} ({known.DeviceType})").Distinct())));
        }

        IReadOnlyList<TestCase> chosen = Choose(pack, prefix, only, tags);
        includes.Add(new IncludedPack(pack.Name, pack.Version, source, pack.Hash, chosen.Count));
        return chosen;
    }

    private static bool Fits(DeviceNeed need, string role, DeviceNeed bound) => need.Role == role && need.DeviceType == bound.DeviceType;

    private static Dictionary<string, DeviceNeed> ReadBound(ConfigurationNode? node, PackFrame frame)
    {
        Dictionary<string, DeviceNeed> bound = new(StringComparer.Ordinal);
        foreach (string role in node?.Keys ?? [])
        {
            // One that is declared wrongly is not there: one fault is enough.
            if (frame.Roles.Find(frame.Roles.Read(node!.Require(role))) is { } need)
            {
                bound[role] = need;
            }
        }

        return bound;
    }

    private string FileOf(string key) => PackBundle.IsPath(key)
        ? Path.Combine(Path.GetDirectoryName(bundle.File) ?? string.Empty, key)
        : $"built-in pack {key}";

    private IReadOnlyList<TestCase> Choose(
        TestPack pack, string prefix, IReadOnlyList<ConfigurationNode> only, IReadOnlyList<ConfigurationNode> tags)
    {
        string[] ids = [.. only.Select(node => prefix + node.AsText())];
        string[] words = [.. tags.Select(node => node.AsText())];
        foreach (ConfigurationNode node in only.Where(node => !pack.Cases.Any(testCase => testCase.IsCalled(prefix + node.AsText()))))
        {
            string[] known = [.. pack.Cases.Select(testCase => testCase.Row?.CaseId ?? testCase.Id).Distinct()];
            faults.Add(node.Fault(
                PackFaults.IncludeMissing, $"the case '{node.AsText()}'",
                string.Join(", ", known.Take(MostListed)) + (known.Length > MostListed ? ", …" : string.Empty)));
        }

        foreach (ConfigurationNode node in tags.Where(node => !pack.Cases.Any(testCase => testCase.Tags.Contains(node.AsText()))))
        {
            string known = string.Join(", ", pack.Cases.SelectMany(testCase => testCase.Tags).Distinct().Order(StringComparer.Ordinal));
            faults.Add(node.Fault(
                PackFaults.IncludeMissing, $"the tag '{node.AsText()}'", known.Length == 0 ? "none: no case of it has a tag" : known));
        }

        return ids.Length + words.Length == 0
            ? pack.Cases
            : [.. pack.Cases.Where(testCase => ids.Any(testCase.IsCalled) || testCase.Tags.Any(words.Contains))];
    }

    private static string? ReadPrefix(ConfigurationNode? node) => node is null ? null
        : PrefixForm().IsMatch(node.AsText())
            ? node.AsText()
            : throw node.Wrong($"'{node.AsText()}'", "1 to 20 letters, digits and hyphens, a letter first");

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9-]{0,19}\z", RegexOptions.CultureInvariant)]
    private static partial Regex PrefixForm();

    /// <summary>A pack's text, where it comes from, and what was given to it.</summary>
    private sealed record Section(
        ConfigurationNode Node, string Text, string Key, ConfigurationNode? Given, string Prefix, IReadOnlyList<string> Chain,
        IReadOnlyDictionary<string, DeviceNeed> Bound)
    {
        /// <summary>A role of the pack, with the device of the role that the including pack puts in its place.</summary>
        public DeviceNeed Bind(DeviceNeed need) => Bound.GetValueOrDefault(need.Role) is { } other && Fits(need, need.Role, other)
            ? need with { Device = other.Device, Facts = [.. need.Facts.Union(other.Facts)] }
            : need;
    }
}
