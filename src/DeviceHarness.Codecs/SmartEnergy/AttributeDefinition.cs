using System.Globalization;
using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Codecs.SmartEnergy;

/// <summary>An attribute of a cluster.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Side">The side that holds it.</param>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name, in lower case with underscores.</param>
/// <param name="Type">Its type.</param>
/// <param name="Access">What may be done with it.</param>
/// <param name="Unit">
/// The unit, such as <c>s</c>; <c>summation</c>, <c>demand</c> and <c>price</c> are scaled by other attributes; empty for none.
/// </param>
public sealed record AttributeDefinition(
    ushort Cluster, ZclSide Side, ushort Id, string Name, ZclDataType Type, AttributeAccess Access, string Unit)
{
    /// <summary>Which list of words names the values; null when there is none.</summary>
    internal string? Words { get; init; }

    /// <summary>
    /// Reads attributes, one or a regular row of them in a line: <c>number [+ step x count [+ step x count]] name type access [unit]</c>,
    /// all numbers hexadecimal. <c>{}</c> in the name counts from 1, <c>{16}</c> from 16, <c>{x0}</c> in hexadecimal from 0.
    /// </summary>
    /// <exception cref="FormatException">A line breaks the form.</exception>
    internal static IEnumerable<AttributeDefinition> Parse(ushort cluster, ZclSide side, string text)
    {
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string[] type = parts[2].TrimEnd(')').Split('(');
            string? words = type.Length < 2 ? null : ValueWords.Has(type[1]) ? type[1] : throw new FormatException($"no list '{type[1]}'");
            string[] row = parts[0].Split('+', 'x');
            int[] numbers = [.. row.Select(digits => int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture)), 0, 1, 0, 1];
            for (int outer = 0; outer < numbers[2]; outer++)
            {
                for (int inner = 0; inner < numbers[4]; inner++)
                {
                    int id = numbers[0] + (outer * numbers[1]) + (inner * numbers[3]);
                    string name = Numbered(Numbered(parts[1], outer), inner);
                    yield return new(
                        cluster, side, (ushort)id, name, LayoutParser.TypeOf(type[0]), AccessOf(parts[3]), parts.Length > 4 ? parts[4] : "")
                    {
                        Words = words,
                    };
                }
            }
        }
    }

    private static string Numbered(string name, int index)
    {
        int open = name.IndexOf('{', StringComparison.Ordinal);
        if (open < 0)
        {
            return name;
        }

        int close = name.IndexOf('}', StringComparison.Ordinal);
        string first = name[(open + 1)..close];
        bool isHexadecimal = first.StartsWith('x');
        int start = isHexadecimal ? int.Parse(first[1..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : first.Length == 0 ? 1 : int.Parse(first, CultureInfo.InvariantCulture);
        string number = (start + index).ToString(isHexadecimal ? "X2" : "D", CultureInfo.InvariantCulture);
        return name[..open] + number + name[(close + 1)..];
    }

    private static AttributeAccess AccessOf(string letters) => (letters.Contains('r') ? AttributeAccess.Read : 0)
        | (letters.Contains('w') ? AttributeAccess.Write : 0) | (letters.Contains('p') ? AttributeAccess.Report : 0);
}
