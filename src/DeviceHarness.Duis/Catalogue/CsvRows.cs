using System.Diagnostics;
using System.Reflection;
using System.Text;

namespace DeviceHarness.Duis.Catalogue;

/// <summary>Reads the catalogue's own comma-separated files, which are part of this assembly.</summary>
/// <remarks>Lines that begin with # are provenance. The first other line names the columns. A field in double quotes may hold commas and
/// doubled quotes;
/// no field spans lines.</remarks>
internal static class CsvRows
{
    /// <summary>The rows of an embedded file, each by column name.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Read(string fileName)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"DeviceHarness.Duis.Catalogue.{fileName}")
            ?? throw new UnreachableException($"{fileName} is not embedded");
        using StreamReader reader = new(stream, Encoding.UTF8);
        List<IReadOnlyDictionary<string, string>> rows = [];
        List<string>? columns = null;
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            List<string> fields = Fields(line);
            if (columns is null)
            {
                columns = fields;
                continue;
            }

            if (fields.Count != columns.Count)
            {
                throw new UnreachableException($"{fileName}: '{fields[0]}' has {fields.Count} fields, not {columns.Count}");
            }

            rows.Add(columns.Zip(fields).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal));
        }

        return rows;
    }

    private static List<string> Fields(string line)
    {
        List<string> fields = [];
        StringBuilder field = new();
        bool quoted = false;
        for (int index = 0; index < line.Length; index++)
        {
            char character = line[index];
            if (character == '"' && quoted && index + 1 < line.Length && line[index + 1] == '"')
            {
                field.Append('"');
                index++;
            }
            else if (character == '"')
            {
                quoted = !quoted;
            }
            else if (character == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(character);
            }
        }

        fields.Add(field.ToString());
        return fields;
    }
}
