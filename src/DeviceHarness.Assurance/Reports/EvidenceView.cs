using System.Text.Json;

namespace DeviceHarness.Assurance.Reports;

/// <summary>A JSON value of somebody else's making, read without ever failing: what is missing or of another kind is empty.</summary>
/// <remarks>Evidence is written by whatever version of the runner ran the case; a report shows what it finds.</remarks>
internal readonly struct EvidenceView
{
    private readonly JsonElement _element;

    private EvidenceView(JsonElement element) => _element = element;

    /// <summary>Whether there is anything.</summary>
    public bool IsPresent => _element.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>Whether it is a JSON object.</summary>
    public bool IsObject => _element.ValueKind == JsonValueKind.Object;

    /// <summary>The items of a list; none when it is no list.</summary>
    public IEnumerable<EvidenceView> Items =>
        _element.ValueKind == JsonValueKind.Array ? _element.EnumerateArray().Select(item => new EvidenceView(item)) : [];

    /// <summary>The names and values of an object; none when it is no object.</summary>
    public IEnumerable<(string Name, EvidenceView Value)> Members => _element.ValueKind == JsonValueKind.Object
        ? _element.EnumerateObject().Select(member => (member.Name, new EvidenceView(member.Value)))
        : [];

    /// <summary>Its text: of a string the string, of anything else its JSON; empty when it is absent.</summary>
    public string Text => _element.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => string.Empty,
        JsonValueKind.String => TextOf(_element),
        _ => _element.GetRawText(),
    };

    /// <summary>Whether it is true.</summary>
    public bool IsTrue => _element.ValueKind == JsonValueKind.True;

    /// <summary>A member of an object; absent when there is none.</summary>
    public EvidenceView this[string name] =>
        IsObject && _element.TryGetProperty(name, out JsonElement member) ? new EvidenceView(member) : default;

    /// <summary>Reads a document.</summary>
    /// <returns>Absent when it is not one JSON object.</returns>
    public static EvidenceView Read(ReadOnlyMemory<byte> content)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(content);
            EvidenceView view = new(document.RootElement.Clone());
            return view.IsObject ? view : default;
        }
        catch (JsonException)
        {
            // Not JSON, or a cut one: the report shows the octets as text instead.
            return default;
        }
    }

    /// <summary>The member as a number of microseconds.</summary>
    public TimeSpan Microseconds(string name) =>
        this[name]._element is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out double value)
        && Math.Abs(value) < TimeSpan.MaxValue.TotalMicroseconds / 2
            ? TimeSpan.FromMicroseconds(value)
            : TimeSpan.Zero;

    // A string may hold an escaped half of a surrogate pair, which the framework refuses to transcode.
    private static string TextOf(JsonElement element)
    {
        try
        {
            return element.GetString() ?? string.Empty;
        }
        catch (InvalidOperationException)
        {
            return element.GetRawText();
        }
    }
}
