using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using DeviceHarness.Duis.Bodies;

namespace DeviceHarness.Duis.Undo;

/// <summary>Requests as texts of the undo ledger. They are not DUIS: a meter may hold what no request of a User can say, such as a calendar
/// without days.</summary>
internal static class RequestText
{
    private const int ShownDifferences = 3;

    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new ValueListConverter(), new JsonStringEnumConverter() },
    };

    /// <summary>Writes a request.</summary>
    public static string Write(SrvRequestBody request) => JsonSerializer.Serialize(request, request.GetType(), Options);

    /// <summary>Reads a request; null when the text is not of one.</summary>
    public static T? Read<T>(string text)
        where T : SrvRequestBody
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, Options);
        }
        catch (JsonException)
        {
            // Another process may have written it: an older one, or nobody who knew the rule. The caller says what that means.
            return null;
        }
    }

    /// <summary>Names the values in which two requests differ.</summary>
    public static string Difference(string state, string baseline)
    {
        Dictionary<string, string> found = Leaves(state);
        Dictionary<string, string> wanted = Leaves(baseline);
        string[] differing =
        [
            .. wanted.Keys.Union(found.Keys).Where(path => wanted.GetValueOrDefault(path) != found.GetValueOrDefault(path))
                .Order(StringComparer.Ordinal),
        ];
        IEnumerable<string> shown = differing.Take(ShownDifferences)
            .Select(path => $"{path} is {found.GetValueOrDefault(path, "absent")} and not {wanted.GetValueOrDefault(path, "there")}");
        string more = differing.Length > ShownDifferences
            ? string.Create(CultureInfo.InvariantCulture, $" and {differing.Length - ShownDifferences} more")
            : string.Empty;
        return differing.Length == 0 ? "nothing that is read differs" : string.Join(", ", shown) + more;
    }

    /// <summary>The values of a text by their paths.</summary>
    /// <exception cref="JsonException">The text is not one of these.</exception>
    internal static Dictionary<string, string> Leaves(string text)
    {
        Dictionary<string, string> leaves = new(StringComparer.Ordinal);
        Collect(JsonNode.Parse(text), string.Empty, leaves);
        return leaves;
    }

    private static void Collect(JsonNode? node, string path, Dictionary<string, string> leaves)
    {
        switch (node)
        {
            case JsonObject parts:
                foreach (KeyValuePair<string, JsonNode?> part in parts)
                {
                    Collect(part.Value, path.Length == 0 ? part.Key : $"{path}.{part.Key}", leaves);
                }

                break;
            case JsonArray items:
                for (int index = 0; index < items.Count; index++)
                {
                    Collect(items[index], string.Create(CultureInfo.InvariantCulture, $"{path}[{index + 1}]"), leaves);
                }

                break;
            case not null:
                leaves[path] = node.ToString();
                break;
        }
    }

    /// <summary>Writes and reads lists of values.</summary>
    private sealed class ValueListConverter : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) =>
            typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(ValueList<>);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(ItemsConverter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;
    }

    private sealed class ItemsConverter<T> : JsonConverter<ValueList<T>>
    {
        public override ValueList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            [.. JsonSerializer.Deserialize<T[]>(ref reader, options) ?? []];

        public override void Write(Utf8JsonWriter writer, ValueList<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.ToArray(), options);
    }
}
