using System.Text.RegularExpressions;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Packs.Variables;

namespace DeviceHarness.Packs.Loader;

/// <summary>Reads the rows for each of which a case, or a group of steps, is written once.</summary>
internal static partial class ForEachReader
{
    /// <summary>The key of a case and of a group of steps.</summary>
    public const string Key = "for-each";

    /// <summary>The most rows of one <c>for-each</c>.</summary>
    public const int MaximumRows = 500;

    private const string IdKey = "id";

    private static readonly IReadOnlyDictionary<string, ConfigurationNode> NoParts = new Dictionary<string, ConfigurationNode>();

    /// <summary>Reads the rows.</summary>
    /// <param name="node">The value of <c>for-each</c>.</param>
    /// <param name="isTaken">Whether a name stands for something else already.</param>
    /// <param name="faults">Where to list what is wrong.</param>
    public static IReadOnlyList<ForEachRow> Read(ConfigurationNode node, Func<string, bool> isTaken, FaultList faults)
    {
        string? name = faults.Read(() => ReadName(node.Require("name"), isTaken));
        IReadOnlyList<ConfigurationNode> items = faults.Read(() => ReadItems(node.Require("in"))) ?? [];
        faults.RejectOtherKeys(node);
        if (name is null)
        {
            return [];
        }

        List<ForEachRow> rows = [];
        HashSet<string> ids = new(StringComparer.OrdinalIgnoreCase);
        foreach (ConfigurationNode item in items)
        {
            if (faults.Read(() => ReadRow(name, item)) is not { } row)
            {
                continue;
            }

            if (ids.Add(row.Id))
            {
                rows.Add(row);
            }
            else
            {
                faults.Add(item.Fault(PackFaults.Duplicate, $"the row '{row.Id}' a second time", "an 'id' of its own for each row"));
            }
        }

        return rows;
    }

    private static string ReadName(ConfigurationNode node, Func<string, bool> isTaken)
    {
        string name = node.AsText();
        return !NameForm().IsMatch(name)
            ? throw node.Fault(PackFaults.UnknownVariable, $"the name '{name}'", "letters, digits, _ and -, a letter first")
            : isTaken(name)
                ? throw node.Fault(PackFaults.Duplicate, $"the name '{name}'", "a name of no device role, capture or built-in value")
                : name;
    }

    private static IReadOnlyList<ConfigurationNode> ReadItems(ConfigurationNode node)
    {
        IReadOnlyList<ConfigurationNode> items = node.Items();
        return items.Count is > 0 and <= MaximumRows ? items : throw node.Wrong($"{items.Count} rows", $"1 to {MaximumRows} rows");
    }

    private static ForEachRow ReadRow(string name, ConfigurationNode node)
    {
        if (!node.IsMapping)
        {
            // The value is its own name: the row keeps its id whatever stands before it.
            string text = node.AsText();
            string id = OtherCharacters().Replace(text, "-").Trim('-');
            return id.Length > 0
                ? new ForEachRow(node, name, id, new Dictionary<string, string> { [name] = text }, NoParts)
                : throw node.Wrong($"'{text}'", "a value with a letter or a digit, or a mapping with an 'id'");
        }

        string stated = node.Require(IdKey).AsText();
        if (!IdForm().IsMatch(stated))
        {
            throw node.Require(IdKey).Wrong($"'{stated}'", "letters, digits and hyphens");
        }

        ILookup<bool, string> keys = node.Keys.ToLookup(key => node.Require(key).IsScalar);
        return new ForEachRow(node, name, stated,
            keys[true].ToDictionary(key => $"{name}.{ReadKey(node, key)}", key => node.Require(key).AsText()),
            keys[false].ToDictionary(key => $"${{{name}.{ReadKey(node, key)}}}", node.Require));
    }

    private static string ReadKey(ConfigurationNode node, string key) => VariableReference.TryParse($"row.{key}", out _)
        ? key
        : throw node.Require(key).Fault(PackFaults.UnknownVariable, $"the key '{key}'", "letters, digits and hyphens, a letter first");

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex NameForm();

    [GeneratedRegex(@"\A[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex IdForm();

    [GeneratedRegex("[^A-Za-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex OtherCharacters();
}
