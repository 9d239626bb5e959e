using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DeviceHarness.TestKit;

/// <summary>Holds a JSON Schema against the loader that it describes: the same keys in every mapping, the same words in every
/// list.</summary>
/// <remarks>Samples are JSON, which is YAML too. In each mapping of a sample a key is planted that nobody knows, and in place of each
/// listed word another: what the loader then says is allowed is compared with the schema. A mapping of the schema that no sample has is a
/// difference, so that nothing is left out.</remarks>
public sealed class SchemaContract
{
    private const string Unknown = "zz-unknown";
    private const string UnknownKey = "CONF-003";

    private readonly JsonObject _schema;
    private readonly Func<string, IReadOnlyList<SchemaFault>> _check;
    private readonly int _maximumWords;
    private readonly HashSet<string> _reached = [];
    private readonly SortedSet<string> _differences = new(StringComparer.Ordinal);

    /// <summary>Creates the contract.</summary>
    /// <param name="schema">The schema's text.</param>
    /// <param name="check">The loader.</param>
    /// <param name="maximumWords">Longer lists of words are not compared: a loader does not print them whole.</param>
    public SchemaContract(string schema, Func<string, IReadOnlyList<SchemaFault>> check, int maximumWords = 12)
    {
        _schema = JsonNode.Parse(schema)!.AsObject();
        _check = check;
        _maximumWords = maximumWords;
    }

    /// <summary>Compares.</summary>
    /// <param name="samples">Files that are right, with every mapping at least once.</param>
    /// <returns>What differs; empty when nothing does.</returns>
    public IReadOnlyCollection<string> Differences(params string[] samples)
    {
        foreach (string sample in samples)
        {
            IReadOnlyList<SchemaFault> faults = _check(sample);
            _differences.UnionWith(faults.Select(fault => $"the sample itself is wrong: {fault}"));
            JsonNode root = JsonNode.Parse(sample)!;
            Walk(root, root, _schema, "#");
        }

        foreach (string mapping in Closed(_schema, "#").Where(mapping => !_reached.Contains(mapping)))
        {
            _differences.Add($"no sample has {mapping}");
        }

        return _differences;
    }

    private static IEnumerable<string> Closed(JsonNode? node, string at)
    {
        if (node is JsonObject found)
        {
            if (found["additionalProperties"] is JsonValue closed && !closed.GetValue<bool>())
            {
                yield return at;
            }

            foreach (string inner in found.SelectMany(entry => Closed(entry.Value, $"{at}/{entry.Key}")))
            {
                yield return inner;
            }
        }
        else if (node is JsonArray list)
        {
            foreach (string inner in list.SelectMany((item, index) => Closed(item, $"{at}/{index}")))
            {
                yield return inner;
            }
        }
    }

    private void Walk(JsonNode root, JsonNode node, JsonObject schema, string at)
    {
        foreach ((JsonObject fitting, string place) in Fitting(schema, node, at))
        {
            switch (node)
            {
                case JsonObject mapping:
                    CompareKeys(root, mapping, fitting, place);
                    foreach ((string key, JsonNode? value) in mapping.ToArray())
                    {
                        (JsonObject? inner, string where) = Property(fitting, key, place);
                        if (inner is not null && value is not null)
                        {
                            Walk(root, value, inner, where);
                        }
                    }

                    break;
                case JsonArray list when fitting["items"] is JsonObject items:
                    foreach (JsonNode? item in list.ToArray())
                    {
                        Walk(root, item!, items, $"{place}/items");
                    }

                    break;
                default:
                    CompareWords(root, node, fitting, place);
                    break;
            }
        }
    }

    /// <summary>The schemas that speak about a value of this shape, references followed.</summary>
    private IEnumerable<(JsonObject Schema, string At)> Fitting(JsonObject schema, JsonNode node, string at)
    {
        if ((string?)schema["$ref"] is { } reference)
        {
            JsonNode target = reference[2..].Split('/').Aggregate((JsonNode)_schema, (found, key) => found[key]!);
            return Fitting(target.AsObject(), node, reference);
        }

        return schema["anyOf"] is JsonArray choices
            ? choices.SelectMany((choice, index) => Fitting(choice!.AsObject(), node, $"{at}/anyOf/{index}"))
            : Fits(schema, node) ? [(schema, at)] : [];
    }

    private static bool Fits(JsonObject schema, JsonNode node) => node switch
    {
        JsonObject => schema["type"] is JsonValue type && type.ToString() == "object",
        JsonArray => schema["type"] is JsonValue type && type.ToString() == "array",
        _ => schema["enum"] is JsonArray || (schema["type"]?.ToString() is { } type && type != "object" && type != "array"),
    };

    private static (JsonObject? Schema, string At) Property(JsonObject schema, string key, string at) =>
        schema["properties"]?[key] is JsonObject named ? (named, $"{at}/properties/{key}")
        : (schema["additionalProperties"] as JsonObject, $"{at}/additionalProperties");

    private void CompareKeys(JsonNode root, JsonObject mapping, JsonObject schema, string at)
    {
        _reached.Add(at);
        if (schema["additionalProperties"] is not JsonValue)
        {
            return;
        }

        string path = PathOf(mapping);
        mapping[Unknown] = 1;
        IReadOnlyList<SchemaFault> faults = _check(root.ToJsonString());
        mapping.Remove(Unknown);
        string key = path.Length == 0 ? Unknown : $"{path}.{Unknown}";
        Compare($"the keys of {path} ({at})", KeysFor(schema, mapping), faults.FirstOrDefault(fault =>
            fault.Code == UnknownKey && fault.Key == key));
    }

    private static IEnumerable<string> KeysFor(JsonObject schema, JsonObject mapping)
    {
        IEnumerable<JsonObject> branches = (schema["oneOf"] as JsonArray ?? []).Select(branch => branch!.AsObject())
            .Where(branch => Matches(branch, mapping));
        HashSet<string> refused = [.. branches.SelectMany(branch => branch["properties"] as JsonObject ?? [])
            .Where(property => property.Value is JsonValue).Select(property => property.Key)];
        return schema["properties"]!.AsObject().Select(property => property.Key).Where(key => !refused.Contains(key));
    }

    private static bool Matches(JsonObject branch, JsonObject mapping) =>
        (branch["required"] as JsonArray ?? []).All(key => mapping.ContainsKey(key!.ToString()))
        && (branch["properties"] as JsonObject ?? []).All(property =>
            Matches(property.Value as JsonObject, mapping[property.Key]?.ToString() ?? string.Empty));

    private static bool Matches(JsonObject? property, string value) =>
        (property?["const"] is not { } wanted || value == wanted.ToString())
        && (property?["pattern"] is not { } pattern || Regex.IsMatch(value, pattern.ToString()));

    private void CompareWords(JsonNode root, JsonNode node, JsonObject schema, string at)
    {
        if (schema["enum"] is not JsonArray words || words.Count > _maximumWords)
        {
            return;
        }

        string path = PathOf(node);
        JsonNode planted = JsonValue.Create(Unknown);
        node.ReplaceWith(planted);
        IReadOnlyList<SchemaFault> faults = _check(root.ToJsonString());
        planted.ReplaceWith(node);
        Compare($"the words of {path} ({at})", words.Select(word => word!.ToString()), faults.FirstOrDefault(fault => fault.Key == path));
    }

    private void Compare(string what, IEnumerable<string> inSchema, SchemaFault? fault)
    {
        if (fault is null)
        {
            _differences.Add($"{what}: the loader takes {Unknown}");
            return;
        }

        HashSet<string> allowed = [.. fault.Allowed.Split(", ")];
        HashSet<string> described = [.. inSchema];
        _differences.UnionWith(allowed.Except(described).Select(word => $"{what}: the schema lacks '{word}'"));
        _differences.UnionWith(described.Except(allowed).Select(word => $"{what}: the loader lacks '{word}'"));
    }

    private static string PathOf(JsonNode node) => node.GetPath().TrimStart('$').TrimStart('.')
        .Replace("['", ".", StringComparison.Ordinal).Replace("']", string.Empty, StringComparison.Ordinal).TrimStart('.');
}
