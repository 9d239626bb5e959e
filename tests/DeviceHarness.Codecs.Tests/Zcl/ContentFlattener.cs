using System.Globalization;
using System.Text.Json;
using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Codecs.Tests.Zcl;

/// <summary>A message as a list of names and values, in the form of the vector file.</summary>
internal static class ContentFlattener
{
    public static IReadOnlyList<string> Lines(MessageContent content)
    {
        List<string> lines = [];
        Add(lines, content);
        return lines;
    }

    public static IReadOnlyList<string> Lines(JsonElement payload) =>
    [
        .. payload.EnumerateArray().Select(item =>
            $"{item.GetProperty("field").GetString()} = {Text(item.GetProperty("value"))}"),
    ];

    private static void Add(List<string> lines, MessageContent content)
    {
        foreach (LayoutField field in content.Fields)
        {
            foreach (MessageContent item in content.Items(field.Name))
            {
                Add(lines, item);
            }

            if (field.Kind == LayoutFieldKind.Group || !content.Has(field.Name) || !field.IsThere(content))
            {
                continue;
            }

            ZclData value = content.Value(field.Name);
            if (field.Kind == LayoutFieldKind.TypedValue)
            {
                lines.Add($"type = {(byte)value.Type}");
            }

            lines.Add($"{field.Name} = {Text(value)}");
        }
    }

    private static string Text(ZclData value)
    {
        if (value.Type is ZclDataType.CharacterString)
        {
            return value.Text!;
        }

        if (value.Type == ZclDataType.IeeeAddress)
        {
            return value.ToString().Split(' ')[^1];
        }

        return value.Type != ZclDataType.Date && value.View.TryGetInt64(out long number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : Convert.ToHexStringLower(value.Octets.Span);
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "1",
        JsonValueKind.False => "0",
        JsonValueKind.Number => value.GetInt64().ToString(CultureInfo.InvariantCulture),
        _ => value.GetString()!,
    };
}
