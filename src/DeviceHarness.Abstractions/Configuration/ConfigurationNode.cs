using System.Buffers;
using System.Globalization;
using DeviceHarness.Abstractions.Errors;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace DeviceHarness.Abstractions.Configuration;

/// <summary>A place in a configuration file, read with the exact position of every value.</summary>
/// <remarks>Each reader names its keys; <see cref="RejectOtherKeys"/> then refuses a key that nobody read, so that a misspelt key is an
/// error and never a silent default.</remarks>
public sealed class ConfigurationNode
{
    /// <summary>The largest configuration file in characters: far above any real rig or pack, small enough to read whole.</summary>
    public const int MaximumCharacters = 4 * 1024 * 1024;

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    private readonly YamlNode _node;
    private readonly HashSet<string> _knownKeys = new(StringComparer.Ordinal);

    private readonly Func<string, string>? _read;
    private readonly Func<string, ConfigurationNode?>? _replace;
    private readonly ConfigurationNode? _basis;
    private readonly IReadOnlyCollection<string> _joined = [];

    private ConfigurationNode(
        YamlNode node, string file, string path, Func<string, string>? read, Func<string, ConfigurationNode?>? replace)
    {
        _node = node;
        _read = read;
        _replace = replace;
        File = file;
        Path = path;
    }

    private ConfigurationNode(ConfigurationNode own, ConfigurationNode basis, IReadOnlyCollection<string> joined)
        : this(own._node, own.File, own.Path, own._read, own._replace)
    {
        _basis = basis;
        _joined = joined;
        _knownKeys.UnionWith(own._knownKeys);
    }

    /// <summary>The file, for messages.</summary>
    public string File { get; }

    /// <summary>The key's path from the root, such as <c>cases[3].steps[0]</c>; empty at the root.</summary>
    public string Path { get; }

    /// <summary>The line, from 1.</summary>
    public int Line => (int)_node.Start.Line;

    /// <summary>The column, from 1.</summary>
    public int Column => (int)_node.Start.Column;

    /// <summary>Whether the node is a single value.</summary>
    public bool IsScalar => _node is YamlScalarNode;

    /// <summary>Whether the node is a list.</summary>
    public bool IsSequence => _node is YamlSequenceNode;

    /// <summary>Whether the node is a mapping.</summary>
    public bool IsMapping => _node is YamlMappingNode;

    /// <summary>The keys of a mapping, in file order.</summary>
    public IReadOnlyList<string> Keys => [.. AsMapping().Children.Keys.Select(key =>
        (key as YamlScalarNode)?.Value ?? throw Wrong("a key that is not a single value", "single values as keys"))];

    /// <summary>Reads the one document of a file.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="ConfigurationException">The text is not one YAML mapping.</exception>
    public static ConfigurationNode Parse(string text, string file)
    {
        if (text.Length > MaximumCharacters)
        {
            throw new ConfigurationException("CONF-005", file, 0, 0, "file", $"{text.Length} characters", $"at most {MaximumCharacters}");
        }

        YamlStream stream = [];
        try
        {
            using StringReader reader = new(text);
            stream.Load(reader);
        }
        catch (YamlException exception)
        {
            throw new ConfigurationException(
                "CONF-001", file, (int)exception.Start.Line, (int)exception.Start.Column, "file", exception.Message, "well-formed YAML");
        }

        if (stream.Documents.Count != 1 || stream.Documents[0].RootNode is not YamlMappingNode root)
        {
            throw new ConfigurationException("CONF-001", file, 1, 1, "file", $"{stream.Documents.Count} documents", "one YAML mapping");
        }

        return new ConfigurationNode(root, file, string.Empty, read: null, replace: null);
    }

    /// <summary>The value of a key that must be there.</summary>
    public ConfigurationNode Require(string key) =>
        Find(key) ?? throw new ConfigurationException("CONF-002", File, Line, Column, PathOf(key), "nothing", $"the key '{key}'");

    /// <summary>The value of a key, or null when the key is absent or empty.</summary>
    public ConfigurationNode? Find(string key)
    {
        _knownKeys.Add(key);
        foreach ((YamlNode name, YamlNode value) in AsMapping().Children)
        {
            if (name is YamlScalarNode scalar && scalar.Value == key)
            {
                return value is YamlScalarNode { Style: ScalarStyle.Plain, Value: "" or "~" or "null" }
                    ? null
                    : Joined(key, Child(value, PathOf(key)));
            }
        }

        return _basis?.Find(key);
    }

    /// <summary>The items of a list.</summary>
    public IReadOnlyList<ConfigurationNode> Items()
    {
        if (_node is not YamlSequenceNode sequence)
        {
            throw Wrong(Describe(), "a list");
        }

        return [.. sequence.Children.Select((child, index) => Child(child, $"{Path}[{index}]"))];
    }

    /// <summary>The same place with its single values, and those of everything in it, read through a function; keys stay as they
    /// are.</summary>
    /// <param name="read">Makes of the text of a value the one that <see cref="AsText"/> and all other readings see.</param>
    /// <param name="replace">Gives the place that stands there instead of a value with a text, or null where the value stays; null
    /// replaces none. What it gives keeps its own position for messages.</param>
    public ConfigurationNode Through(Func<string, string> read, Func<string, ConfigurationNode?>? replace = null)
    {
        ArgumentNullException.ThrowIfNull(read);
        ConfigurationNode own = new(
            _node, File, Path,
            _read is { } former ? text => read(former(text)) : read,
            _replace is { } earlier ? text => earlier(text) ?? replace?.Invoke(text) : replace);
        return _basis is null ? own : own.Over(_basis.Through(read, replace), _joined);
    }

    /// <summary>The same mapping, where a key that it leaves out has the value that another gives it. A key that stands here without a
    /// value is absent.</summary>
    /// <param name="basis">The other mapping; its own keys are checked by whoever reads it for itself.</param>
    /// <param name="joined">Keys whose values are mappings that are joined in the same way, one level deep; the values of all other keys
    /// are taken whole from one side.</param>
    public ConfigurationNode Over(ConfigurationNode basis, IReadOnlyCollection<string> joined)
    {
        ArgumentNullException.ThrowIfNull(basis);
        ArgumentNullException.ThrowIfNull(joined);
        return new ConfigurationNode(this, basis, joined);
    }

    /// <summary>Refuses keys that no one asked for.</summary>
    public void RejectOtherKeys()
    {
        if (OtherKeys() is [var first, ..])
        {
            throw first;
        }
    }

    /// <summary>An error for each key that no one asked for, in file order.</summary>
    public IReadOnlyList<ConfigurationException> OtherKeys()
    {
        string allowed = string.Join(", ", _knownKeys.Order(StringComparer.Ordinal));
        return [.. AsMapping().Children.Keys
            .Select(name => (Key: (name as YamlScalarNode)?.Value ?? name.ToString(), name.Start))
            .Where(name => !_knownKeys.Contains(name.Key))
            .Select(name => new ConfigurationException(
                "CONF-003", File, (int)name.Start.Line, (int)name.Start.Column, PathOf(name.Key), $"the key '{name.Key}'", allowed))];
    }

    /// <summary>The text of a single value.</summary>
    public string AsText() => _node is YamlScalarNode scalar
        ? _read?.Invoke(scalar.Value ?? string.Empty) ?? scalar.Value ?? string.Empty
        : throw Wrong(Describe(), "a single value");

    /// <summary>A whole number within bounds.</summary>
    public long AsInteger(long minimum, long maximum)
    {
        string text = AsText();
        bool isHexadecimal = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        bool isNumber = isHexadecimal
            ? long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long value)
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
        return isNumber && value >= minimum && value <= maximum
            ? value
            : throw Wrong($"'{text}'", $"a whole number from {minimum} to {maximum}");
    }

    /// <summary>A decimal number within bounds.</summary>
    public double AsNumber(double minimum, double maximum)
    {
        string text = AsText();
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && value >= minimum && value <= maximum
            ? value
            : throw Wrong($"'{text}'", string.Create(CultureInfo.InvariantCulture, $"a number from {minimum} to {maximum}"));
    }

    /// <summary>A truth value, written <c>true</c> or <c>false</c>.</summary>
    public bool AsBoolean() => AsText() switch
    {
        "true" => true,
        "false" => false,
        var text => throw Wrong($"'{text}'", "true, false"),
    };

    /// <summary>A duration, written <c>250ms</c>, <c>5s</c>, <c>2m</c> or <c>1h</c>.</summary>
    public TimeSpan AsDuration(TimeSpan minimum, TimeSpan maximum)
    {
        string text = AsText();
        return TryParseDuration(text, out TimeSpan value) && value >= minimum && value <= maximum
            ? value
            : throw Wrong($"'{text}'", $"a duration such as 250ms, 5s, 2m or 1h, from {minimum} to {maximum}");
    }

    /// <summary>One of a set of names, exactly as written.</summary>
    public T AsOneOf<T>(IReadOnlyDictionary<string, T> allowed)
    {
        string text = AsText();
        return allowed.TryGetValue(text, out T? value) ? value : throw Wrong($"'{text}'", string.Join(", ", allowed.Keys));
    }

    /// <summary>An error about this node.</summary>
    public ConfigurationException Wrong(string found, string allowed) =>
        new("CONF-004", File, Line, Column, Path.Length == 0 ? "file" : Path, found, allowed);

    private static bool TryParseDuration(string text, out TimeSpan value)
    {
        value = default;
        int unitAt = text.AsSpan().IndexOfAnyExcept(NumberCharacters);
        if (unitAt <= 0
            || !double.TryParse(text.AsSpan(0, unitAt), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number))
        {
            return false;
        }

        double milliseconds = text[unitAt..] switch { "ms" => 1, "s" => 1000, "m" => 60_000, "h" => 3_600_000, _ => -1 };
        if (milliseconds < 0 || number * milliseconds > TimeSpan.MaxValue.TotalMilliseconds / 2)
        {
            return false;
        }

        value = TimeSpan.FromMilliseconds(number * milliseconds);
        return true;
    }

    private ConfigurationNode Child(YamlNode child, string path) =>
        (child is YamlScalarNode { Value: { } text } ? _replace?.Invoke(text) : null)
            ?? new ConfigurationNode(child, File, path, _read, _replace);

    private ConfigurationNode Joined(string key, ConfigurationNode own) =>
        _joined.Contains(key) && _basis?.Find(key) is { IsMapping: true } basis && own.IsMapping ? own.Over(basis, []) : own;

    private YamlMappingNode AsMapping() => _node as YamlMappingNode ?? throw Wrong(Describe(), "a mapping");

    private string PathOf(string key) => Path.Length == 0 ? key : $"{Path}.{key}";

    private string Describe() => _node switch
    {
        YamlScalarNode scalar => $"'{scalar.Value}'",
        YamlSequenceNode => "a list",
        _ => "a mapping",
    };
}
