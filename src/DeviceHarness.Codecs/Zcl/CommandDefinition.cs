namespace DeviceHarness.Codecs.Zcl;

/// <summary>A command or message: its number, its name, its fields.</summary>
/// <param name="Id">The number: of a command 00 to FF, of a ZDO message its cluster.</param>
/// <param name="Name">The standard's name.</param>
/// <param name="Layout">The fields.</param>
public sealed record CommandDefinition(ushort Id, string Name, MessageLayout Layout)
{
    /// <summary>
    /// Reads definitions, one in a line: <c>number name: fields</c>; a line that begins with a blank goes on with the one before.
    /// </summary>
    /// <exception cref="FormatException">A line breaks the form.</exception>
    internal static IEnumerable<CommandDefinition> Parse(string text)
    {
        foreach (string line in text.ReplaceLineEndings("\n").Replace("\n ", " ", StringComparison.Ordinal).Split('\n'))
        {
            string[] parts = line.Split(':', 2);
            string[] head = parts[0].Split(' ', 2);
            if (head.Length == 2)
            {
                yield return new(Convert.ToUInt16(head[0], 16), head[1], new MessageLayout(parts[1]));
            }
        }
    }
}
