using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Errors;

namespace DeviceHarness.Packs.Loader;

/// <summary>The text of a pack together with the packs that it includes and the values that were given for its parameters: what is frozen,
/// sent to a rig and hashed, and needs no other file.</summary>
/// <remarks>Each included text follows as a YAML document of its own after a line <c>--- # pack NAME</c>, the given values after
/// <c>--- # parameters</c>. A pack that includes none and was given none is its own text, octet for octet.</remarks>
public sealed partial class PackBundle
{
    /// <summary>The most packs that one may include, by others or at once.</summary>
    public const int MaximumIncludes = 50;

    /// <summary>The key of an entry of <c>cases</c> that takes in another pack.</summary>
    internal const string IncludeKey = "include";

    /// <summary>What stands for a file in messages about values that were given with a run.</summary>
    internal const string GivenFile = "--parameter";

    private readonly Dictionary<string, string> _included = new(StringComparer.Ordinal);
    private readonly HashSet<string> _missing = new(StringComparer.Ordinal);

    /// <summary>Takes the text of a pack apart.</summary>
    /// <param name="text">The pack's own text, or one that has the packs with it already.</param>
    /// <param name="file">Its name for messages.</param>
    public PackBundle(string text, string file)
    {
        ArgumentNullException.ThrowIfNull(text);
        File = file;
        MatchCollection marks = Mark().Matches(text);
        Root = marks.Count == 0 ? text : text[..marks[0].Index];
        for (int index = 0; index < marks.Count; index++)
        {
            int begin = marks[index].Index + marks[index].Length;
            string section = text[begin..(index + 1 < marks.Count ? marks[index + 1].Index : text.Length)];
            if (marks[index].Groups["key"] is { Success: true } key)
            {
                _included[key.Value] = section;
            }
            else
            {
                Given = section;
            }
        }
    }

    /// <summary>The name of the pack's file, for messages.</summary>
    public string File { get; }

    /// <summary>The pack's own text.</summary>
    public string Root { get; }

    /// <summary>The values that were given for its parameters, a YAML mapping; empty when none was.</summary>
    public string Given { get; private set; } = string.Empty;

    /// <summary>The whole text.</summary>
    public string Text
    {
        get
        {
            StringBuilder text = new(Root);
            foreach ((string key, string section) in _included.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                Append(text, $"--- # pack {key}", section);
            }

            if (Given.Length > 0)
            {
                Append(text, "--- # parameters", Given);
            }

            return text.ToString();
        }
    }

    /// <summary>The key of a pack that is included and not here yet: a built-in name, or a path from the pack's own folder; null when none
    /// is left to add.</summary>
    public string? Wanted() => _included.Count + _missing.Count > MaximumIncludes
        ? null
        : _included.Select(entry => (entry.Key, entry.Value)).Prepend((Key: string.Empty, Value: Root))
            .SelectMany(section => IncludesOf(section.Value).Select(reference => KeyOf(section.Key, reference)))
            .FirstOrDefault(key => !_included.ContainsKey(key) && !_missing.Contains(key));

    /// <summary>Adds the text of a pack that is wanted; null when there is none, which is a fault of the pack that includes it.</summary>
    public void Add(string key, string? text)
    {
        if (text is null)
        {
            _missing.Add(key);
        }
        else
        {
            _included[key] = text;
        }
    }

    /// <summary>Gives values for the pack's parameters; one that was given before is replaced.</summary>
    public void Give(IReadOnlyDictionary<string, string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count > 0)
        {
            Given = string.Concat(values.OrderBy(value => value.Key, StringComparer.Ordinal)
                .Select(value => $"{JsonSerializer.Serialize(value.Key)}: {JsonSerializer.Serialize(value.Value)}\n"));
        }
    }

    /// <summary>Whether a pack is named by the path of its file and not as a built-in one.</summary>
    public static bool IsPath(string reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return reference.EndsWith(".yaml", StringComparison.Ordinal) || reference.EndsWith(".yml", StringComparison.Ordinal)
            || reference.Contains('/', StringComparison.Ordinal);
    }

    /// <summary>Finds the text of a pack that is included.</summary>
    internal string? Find(string key) => _included.GetValueOrDefault(key);

    /// <summary>The key of a pack under the name that another one gives it: paths are meant from the other's folder.</summary>
    internal static string KeyOf(string from, string reference)
    {
        if (!IsPath(reference) || reference.StartsWith('/'))
        {
            return reference;
        }

        List<string> parts = IsPath(from) ? [.. from.Split('/')[..^1]] : [];
        foreach (string part in reference.Split('/').Where(part => part is not ("." or "")))
        {
            if (part == ".." && parts.Count > 0 && parts[^1] is not ".." and not "")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }

    private static string[] IncludesOf(string text)
    {
        try
        {
            return
            [
                .. ConfigurationNode.Parse(text, string.Empty).Require("cases").Items()
                    .Where(item => item.IsMapping).Select(item => item.Find(IncludeKey)).Where(node => node is { IsScalar: true })
                    .Select(node => node!.AsText()),
            ];
        }
        catch (ConfigurationException)
        {
            // What is wrong with it the loader tells, with the place.
            return [];
        }
    }

    private static void Append(StringBuilder text, string mark, string section)
    {
        if (text.Length > 0 && text[^1] != '\n')
        {
            text.Append('\n');
        }

        text.Append(mark).Append('\n').Append(section);
    }

    [GeneratedRegex(@"^--- \# (pack (?<key>\S[^\r\n]*?)|parameters)\r?\n",
        RegexOptions.CultureInvariant | RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Mark();
}
