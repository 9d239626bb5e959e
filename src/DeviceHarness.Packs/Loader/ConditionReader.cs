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

    private const string Keys = "equals, one-of, matches, at-least, at-most, within with of, advanced, present";

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
        List<ValueCondition> parts = [];
        if (node.Find("equals") is { } equal)
        {
            parts.Add(new OneOfCondition([scope.ReadText(equal)]));
        }

        if (node.Find("one-of") is { } oneOf)
        {
            parts.Add(new OneOfCondition([.. oneOf.Items().Select(item => scope.ReadText(item))]));
        }

        if (node.Find("matches") is { } matches)
        {
            parts.Add(new MatchesCondition(ReadPattern(matches)));
        }

        if (node.Find("at-least") is { } lower)
        {
            parts.Add(new BoundCondition(ReadQuantity(lower, scope), isLower: true));
        }

        if (node.Find("at-most") is { } upper)
        {
            parts.Add(new BoundCondition(ReadQuantity(upper, scope), isLower: false));
        }

        if (node.Find("within") is { } within)
        {
            parts.Add(new WithinCondition(ReadQuantity(node.Require("of"), scope), ReadTolerance(within, scope)));
        }

        if (node.Find("advanced") is { } advanced)
        {
            parts.Add(ReadAdvanced(advanced, scope));
        }

        if (node.Find("present") is { } present)
        {
            parts.Add(new PresentCondition(present.AsBoolean()));
        }

        node.RejectOtherKeys();
        return parts switch
        {
            [] => throw node.Fault(PackFaults.Expectation, "no condition", Keys),
            [var only] => only,
            _ => new AllOfCondition(parts),
        };
    }

    private static AdvancedCondition ReadAdvanced(ConfigurationNode node, PackScope scope)
    {
        AdvancedCondition condition = new(
            ReadQuantity(node.Require("from"), scope),
            ReadQuantity(node.Require("since"), scope),
            ReadQuantity(node.Require("at-most-per-hour"), scope),
            ReadQuantity(node.Require("resolution"), scope));
        node.RejectOtherKeys();
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
