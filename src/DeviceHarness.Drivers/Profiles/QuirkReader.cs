using System.Text.RegularExpressions;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Drivers.Profiles;

/// <summary>Reads the list <c>quirks</c> of a profile.</summary>
internal static partial class QuirkReader
{
    private const int MaximumVariants = 64;

    /// <summary>Reads it.</summary>
    /// <param name="node">The list; null when the profile has none.</param>
    /// <exception cref="Abstractions.Errors.ConfigurationException">A key or value is not allowed, or a reason or source is
    /// missing.</exception>
    internal static IReadOnlyList<ProfileQuirk> Read(ConfigurationNode? node)
    {
        List<ProfileQuirk> quirks = [];
        foreach (ConfigurationNode item in node?.Items() ?? [])
        {
            ProfileQuirk quirk = new(
                Matching(item.Require("quirk"), NamePattern(), "lower-case letters, digits and hyphens, at most 40"),
                Variants(item.Find("srvs")),
                Said(item.Require("reason")),
                Said(item.Require("source")),
                Expected(item.Find("expect"), item.Find("srvs")));
            item.RejectOtherKeys();
            quirks.Add(quirks.All(other => other.Name != quirk.Name)
                ? quirk
                : throw item.Require("quirk").Wrong($"'{quirk.Name}' again", "each quirk once"));
        }

        return quirks.Count <= ProfileQuirk.MaximumCount
            ? quirks
            : throw node!.Wrong($"{quirks.Count} quirks", $"at most {ProfileQuirk.MaximumCount} quirks");
    }

    private static string[] Variants(ConfigurationNode? node)
    {
        IReadOnlyList<ConfigurationNode> items = node?.Items() ?? [];
        return items.Count <= MaximumVariants
            ? [.. items.Select(item => Matching(item, VariantPattern(), "a service reference variant in quotes, such as \"7.11\""))]
            : throw node!.Wrong($"{items.Count} variants", $"at most {MaximumVariants} variants");
    }

    private static DepartureKind? Expected(ConfigurationNode? node, ConfigurationNode? variants) => node?.AsText() switch
    {
        null => null,
        _ when variants is null => throw node.Wrong($"'{node.AsText()}' of no request", "srvs beside it"),
        "refused" => DepartureKind.Refused,
        "may-refuse" => DepartureKind.MayRefuse,
        string other => throw node.Wrong($"'{other}'", "refused, may-refuse"),
    };

    private static string Said(ConfigurationNode node) =>
        node.AsText().Trim() is { Length: > 0 } text ? text : throw node.Wrong("nothing", "a reason, and who says so");

    private static string Matching(ConfigurationNode node, Regex pattern, string allowed) =>
        pattern.IsMatch(node.AsText()) ? node.AsText() : throw node.Wrong($"'{node.AsText()}'", allowed);

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,39}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^[0-9]{1,2}(\.[0-9]{1,2}){1,2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex VariantPattern();
}
