using System.Globalization;
using System.Text;
using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Drivers.Profiles;

/// <summary>Writes the mapping <c>reads</c> of a profile, as <see cref="DeviceProfileLoader"/> reads it.</summary>
public static class ReadMapWriter
{
    /// <summary>Writes those values of a map whose place somebody has seen. A variant none of whose values was seen is left out, and so is
    /// one whose log was not; schedules of auxiliary loads are always.</summary>
    /// <param name="map">The map.</param>
    /// <param name="isSeen">Whether an attribute is there.</param>
    /// <returns>YAML lines, indented to stand below <c>reads:</c>, each value marked; empty when nothing was seen.</returns>
    public static IReadOnlyList<string> Write(ReadMap map, Func<CosemAttributeDescriptor, bool> isSeen)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(isSeen);
        List<string> lines = [];
        foreach ((string variant, IReadOnlyDictionary<string, ReadObject> values) in map.Variants)
        {
            bool isWhole = !values.TryGetValue(ReadFields.Log, out ReadObject? log) || isSeen(log.Attribute);
            string[] seen =
            [
                .. values.Where(value => isWhole && value.Value.Scripts is null && isSeen(value.Value.Attribute))
                    .Select(value => $"    {value.Key}: {Text(value.Key, value.Value)}    # seen; that it is this value is a GUESS"),
            ];
            if (seen.Length > (log is null ? 0 : 1))
            {
                lines.Add($"  \"{variant}\":");
                lines.AddRange(seen);
            }
        }

        return lines;
    }

    private static string Text(string field, ReadObject value)
    {
        StringBuilder text = new();
        CosemAttributeDescriptor place = value.Attribute;
        _ = text.Append(CultureInfo.InvariantCulture, $"{{ class: {place.ClassId}, name: \"{place.LogicalName}\"");
        if (field != ReadFields.Log)
        {
            _ = text.Append(CultureInfo.InvariantCulture, $", attribute: {place.AttributeId}");
        }

        if (value.Unit is { } unit)
        {
            _ = text.Append(CultureInfo.InvariantCulture, $", unit: {ReadMapReader.NameOf(unit)}");
        }

        if (value.Part is { Count: > 0 } part)
        {
            _ = text.Append(CultureInfo.InvariantCulture, $", part: \"{string.Join('.', part)}\"");
        }

        return text.Append(value.SelectsEntries ? ", selection: entry }" : " }").ToString();
    }
}
