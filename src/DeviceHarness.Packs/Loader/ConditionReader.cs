using System.Text.RegularExpressions;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Packs.Expectations;
using DeviceHarness.Packs.Variables;

namespace DeviceHarness.Packs.Loader;

/// <summary>Reads conditions: a text is <c>equals</c>, a list of texts is one of them, a mapping is all of its keys, a list of mappings is
/// all of them.</summary>
internal static class ConditionReader
{
    /// <summary>What stands for an answer that does not come.</summary>
    public const string None = "none";

    private const string Of = "of";
    private const string Less = "less";

    private static readonly Dictionary<string, Func<ConfigurationNode, ConfigurationNode, PackScope, ValueCondition>> Readers =
        new(StringComparer.Ordinal)
        {
            ["equals"] = (value, _, scope) => new OneOfCondition([scope.ReadText(value)]),
            ["one-of"] = (value, _, scope) => new OneOfCondition([.. value.Items().Select(item => scope.ReadText(item))]),
            ["matches"] = (value, _, _) => new MatchesCondition(ReadPattern(value)),
            ["at-least"] = (value, _, scope) => new BoundCondition(ReadQuantity(value, scope), isLower: true),
            ["at-most"] = (value, _, scope) => new BoundCondition(ReadQuantity(value, scope), isLower: false),
            ["within"] = (value, mapping, scope) => new WithinCondition(
                ReadQuantity(mapping.Require(Of), scope), ReadTolerance(value, scope),
                mapping.Find(Less) is { } less ? ReadQuantity(less, scope) : null),
            ["advanced"] = (value, _, scope) => ReadAdvanced(value, scope),
            ["present"] = (value, _, _) => new PresentCondition(value.AsBoolean()),
        };

    /// <summary>The keys of a condition, <c>of</c> and <c>less</c> apart, which belong to <c>within</c>.</summary>
    public static IReadOnlyCollection<string> Keys => Readers.Keys;

    /// <summary>Reads a condition.</summary>
    /// <param name="node">The value.</param>
    /// <param name="scope">What its texts may refer to.</param>
    /// <param name="known">The texts that can be found at all; null when any can. <c>none</c> always stands for no value then.</param>
    public static ValueCondition Read(ConfigurationNode node, PackScope scope, IReadOnlySet<string>? known = null)
    {
        if (node.IsMapping)
        {
            return ReadMapping(node, scope);
        }

        if (!node.IsSequence)
        {
            return known is not null && node.AsText() == None ? new PresentCondition(isPresent: false)
                : new OneOfCondition([ReadKnown(node, scope, known)]);
        }

        IReadOnlyList<ConfigurationNode> items = node.Items();
        if (items.Count == 0)
        {
            throw node.Fault(PackFaults.Expectation, "an empty list", "at least one value");
        }

        return items[0].IsMapping
            ? new AllOfCondition([.. items.Select(item => ReadMapping(item, scope))])
            : new OneOfCondition([.. items.Select(item => ReadKnown(item, scope, known))]);
    }

    private static TextTemplate ReadKnown(ConfigurationNode node, PackScope scope, IReadOnlySet<string>? known)
    {
        TextTemplate template = scope.ReadText(node);
        return known is null || template.References.Any() || known.Contains(template.Text)
            ? template
            : throw node.Fault(PackFaults.Expectation, $"'{template.Text}'", Few(known));
    }

    private static ValueCondition ReadMapping(ConfigurationNode node, PackScope scope)
    {
        int before = scope.Faults.Count;
        List<ValueCondition> parts = [];
        foreach ((string key, Func<ConfigurationNode, ConfigurationNode, PackScope, ValueCondition> read) in Readers)
        {
            if (node.Find(key) is { } value && scope.Faults.Read(() => read(value, node, scope)) is { } part)
            {
                parts.Add(part);
            }
        }

        foreach (string key in (string[])[Of, Less])
        {
            if (node.Find(key) is { } lone && node.Find("within") is null)
            {
                scope.Faults.Add(lone.Fault(PackFaults.Expectation, $"'{key}' without 'within'", "both"));
            }
        }

        scope.Faults.RejectOtherKeys(node);
        if (parts.Count == 0 && scope.Faults.Count == before)
        {
            throw node.Fault(PackFaults.Expectation, "no condition", string.Join(", ", Keys));
        }

        return parts.Count == 1 ? parts[0] : new AllOfCondition(parts);
    }

    private static AdvancedCondition ReadAdvanced(ConfigurationNode node, PackScope scope)
    {
        AdvancedCondition condition = new(
            ReadQuantity(node.Require("from"), scope),
            ReadQuantity(node.Require("since"), scope),
            ReadQuantity(node.Require("at-most-per-hour"), scope),
            ReadQuantity(node.Require("resolution"), scope),
            node.Find("by-at-least") is { } least ? ReadQuantity(least, scope) : null);
        scope.Faults.RejectOtherKeys(node);
        return condition;
    }

    private static Regex ReadPattern(ConfigurationNode node)
    {
        try
        {
            // Without backtracking no pattern of a pack can hold a run up.
            return new Regex(node.AsText(), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw node.Fault(PackFaults.Expectation, $"'{node.AsText()}': {exception.Message}",
                "a regular expression without look-around and back-references");
        }
    }

    private static TextTemplate ReadQuantity(ConfigurationNode node, PackScope scope)
    {
        TextTemplate template = scope.ReadText(node);
        return template.References.Any() || Quantity.TryParseNumber(template.Text, out _) || Quantity.TryParseTime(template.Text, out _)
            ? template
            : throw node.Fault(PackFaults.Expectation, $"'{template.Text}'", "a number, a time, or a ${…} that is one");
    }

    private static TextTemplate ReadTolerance(ConfigurationNode node, PackScope scope)
    {
        TextTemplate template = scope.ReadText(node);
        return template.References.Any() || Quantity.TryParseNumber(template.Text, out _) || Quantity.TryParseDuration(template.Text, out _)
            ? template
            : throw node.Fault(PackFaults.Expectation, $"'{template.Text}'", "a number, or a duration such as 10s");
    }

    private static string Few(IReadOnlySet<string> known)
    {
        const int Shown = 12;
        string list = string.Join(", ", known.Take(Shown));
        return known.Count > Shown ? $"{list}, … ({known.Count} in all), {None}" : $"{list}, {None}";
    }
}
