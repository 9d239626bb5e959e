using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Variables;

namespace DeviceHarness.Packs.Loader;

/// <summary>Reads the parameters of a pack with the values that are in force.</summary>
internal static class ParameterReader
{
    /// <summary>The key of a pack.</summary>
    public const string Key = "parameters";

    /// <summary>The most parameters of a pack.</summary>
    public const int MaximumParameters = 100;

    /// <summary>The most characters of a value.</summary>
    public const int MaximumCharacters = 1_000;

    private const double Largest = 1e15;

    /// <summary>The words for the kind of a parameter.</summary>
    public static IReadOnlyDictionary<string, ParameterKind> Kinds { get; } =
        new Dictionary<string, ParameterKind>(StringComparer.Ordinal)
        {
            ["text"] = ParameterKind.Text,
            ["integer"] = ParameterKind.Integer,
            ["number"] = ParameterKind.Number,
            ["duration"] = ParameterKind.Duration,
            ["boolean"] = ParameterKind.Boolean,
        };

    /// <summary>Reads them.</summary>
    /// <param name="node">The value of <c>parameters</c>; null when the pack has none.</param>
    /// <param name="given">The values that were given, a mapping; null when none was.</param>
    /// <param name="faults">Where to list what is wrong.</param>
    public static IReadOnlyList<PackParameter> Read(ConfigurationNode? node, ConfigurationNode? given, FaultList faults)
    {
        List<PackParameter> parameters = [];
        IReadOnlyList<string> names = node is null ? [] : faults.Read(() => node.Keys) ?? [];
        if (names.Count > MaximumParameters)
        {
            faults.Add(node!.Wrong($"{names.Count} parameters", $"at most {MaximumParameters}"));
        }

        foreach (string name in names)
        {
            if (faults.Read(() => ReadOne(name, node!.Require(name), given, faults)) is { } parameter)
            {
                parameters.Add(parameter);
            }
        }

        string known = names.Count == 0 ? "none: the pack has no parameters" : string.Join(", ", names);
        foreach (string name in faults.Read(() => given?.Keys ?? []) ?? [])
        {
            if (!names.Contains(name))
            {
                faults.Add(given!.Require(name).Fault(PackFaults.Parameter, $"the parameter '{name}'", known));
            }
        }

        return parameters;
    }

    private static PackParameter ReadOne(string name, ConfigurationNode node, ConfigurationNode? given, FaultList faults)
    {
        if (!VariableReference.TryParse($"{BuiltInVariables.Parameter}.{name}", out _))
        {
            throw node.Fault(PackFaults.Parameter, $"the name '{name}'", "letters, digits and hyphens, a letter first");
        }

        ParameterKind kind = faults.Read(() => node.Require("type").AsOneOf(Kinds));
        ConfigurationNode usual = node.Require("default");
        string[] choices = faults.Read(() => node.Find("one-of")?.Items().Select(item => item.AsText()).ToArray()) ?? [];
        (ConfigurationNode? least, ConfigurationNode? most) = (node.Find("at-least"), node.Find("at-most"));
        string description = faults.Read(() => node.Require("description").AsText().Trim()) ?? string.Empty;
        faults.RejectOtherKeys(node);
        Bounds bounds = new(kind, choices, least?.AsText(), most?.AsText());
        foreach (ConfigurationNode bound in new[] { least, most }.OfType<ConfigurationNode>())
        {
            faults.Try(() => ReadBound(bound, kind));
        }

        _ = faults.Read(() => Check(usual, bounds));
        ConfigurationNode? chosen = given?.Find(name);
        if (chosen is not null && faults.Read(() => Check(chosen, bounds)) is null)
        {
            // One fault is enough: what the value would have been put into is read with the default.
            chosen = null;
        }

        return new PackParameter(
            name, kind, (chosen ?? usual).AsText(), usual.AsText(), chosen is not null, bounds.Describe(), description);
    }

    private static void ReadBound(ConfigurationNode bound, ParameterKind kind)
    {
        if (kind is not (ParameterKind.Integer or ParameterKind.Number or ParameterKind.Duration))
        {
            throw bound.Fault(PackFaults.Parameter, "a bound", "none for this type: 'one-of' lists what is allowed");
        }

        _ = Size(bound, kind);
    }

    private static string Check(ConfigurationNode value, Bounds bounds)
    {
        string text = value.AsText();
        bool fits = text.Length <= MaximumCharacters && !text.Contains("${", StringComparison.Ordinal)
            && text.AsSpan().IndexOfAny('\r', '\n') < 0
            && (bounds.Choices.Count == 0 || bounds.Choices.Contains(text))
            && (bounds.Kind != ParameterKind.Boolean || text is "true" or "false")
            && IsWithin(text, bounds);
        return fits ? text : throw value.Fault(PackFaults.Parameter, $"'{text}'", bounds.Describe());
    }

    private static bool IsWithin(string text, Bounds bounds) => bounds.Kind is ParameterKind.Text or ParameterKind.Boolean
        || (Size(text, bounds.Kind) is { } size
            && (bounds.Least is null || Size(bounds.Least, bounds.Kind) is not { } least || size >= least)
            && (bounds.Most is null || Size(bounds.Most, bounds.Kind) is not { } most || size <= most));

    private static double Size(ConfigurationNode node, ParameterKind kind) => Size(node.AsText(), kind)
        ?? throw node.Fault(PackFaults.Parameter, $"'{node.AsText()}'", new Bounds(kind, [], Least: null, Most: null).Describe());

    private static double? Size(string text, ParameterKind kind) => kind switch
    {
        ParameterKind.Duration => Quantity.TryParseDuration(text, out TimeSpan time) ? time.TotalSeconds : null,
        ParameterKind.Integer or ParameterKind.Number => Quantity.TryParseNumber(text, out decimal number)
            && Math.Abs((double)number) <= Largest && (kind == ParameterKind.Number || decimal.IsInteger(number)) ? (double)number : null,
        _ => null,
    };

    private sealed record Bounds(ParameterKind Kind, IReadOnlyList<string> Choices, string? Least, string? Most)
    {
        public string Describe()
        {
            string kind = Kind switch
            {
                ParameterKind.Integer => "a whole number",
                ParameterKind.Number => "a decimal number",
                ParameterKind.Duration => "a duration such as 250ms, 5s, 2m or 1h",
                ParameterKind.Boolean => "true or false",
                _ => $"a text of one line, at most {MaximumCharacters} characters",
            };
            return Choices.Count > 0
                ? $"one of {string.Join(", ", Choices)}"
                : kind + (Least is null ? string.Empty : $", at least {Least}") + (Most is null ? string.Empty : $", at most {Most}");
        }
    }
}
