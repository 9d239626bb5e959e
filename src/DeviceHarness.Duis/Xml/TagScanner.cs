using DeviceHarness.Duis.Service;

namespace DeviceHarness.Duis.Xml;

/// <summary>Bounds a text's tags before the platform's reader sees them.</summary>
/// <remarks>The reader builds what it reads, and slows down with the square of a tag's attributes before anyone can count them. This
/// scanner agrees with it up to the first place that is not well-formed, where the reader stops, and says nothing
/// about well-formedness itself.</remarks>
internal static class TagScanner
{
    /// <summary>The deepest nesting; the schema's own is below 20.</summary>
    public const int MaxDepth = 32;

    /// <summary>The most elements; the longest log of the schema has fewer.</summary>
    public const int MaxElements = 100_000;

    /// <summary>The longest tag.</summary>
    public const int MaxTagCharacters = 16 * 1024;

    /// <summary>Looks for tags that are too long, too deep or too many.</summary>
    /// <exception cref="DuisFormatException">A limit is passed: line and column say where.</exception>
    public static void Bound(ReadOnlySpan<char> text)
    {
        int at = 0;
        int depth = 0;
        int elements = 0;
        while (at < text.Length)
        {
            int start = text[at..].IndexOf('<');
            if (start < 0)
            {
                return;
            }

            at += start;
            ReadOnlySpan<char> rest = text[at..];
            int length = Length(rest);
            if (rest is not (['<', '!', ..] or ['<', '?', ..]))
            {
                bool closes = rest is ['<', '/', ..];
                bool empty = length > 1 && rest[length - 2] == '/';
                depth += closes ? -1 : 1;
                elements += closes ? 0 : 1;
                Limit(length, MaxTagCharacters, "characters in a tag", text, at);
                Limit(depth, MaxDepth, "levels of nesting", text, at);
                Limit(elements, MaxElements, "elements", text, at);
                depth -= !closes && empty ? 1 : 0;
            }

            at += length;
        }
    }

    private static int Length(ReadOnlySpan<char> rest) => rest switch
    {
        ['<', '!', '-', '-', ..] => Through(rest, "-->"),
        ['<', '!', '[', ..] => Through(rest, "]]>"),
        ['<', '?', ..] => Through(rest, "?>"),
        _ => TagLength(rest),
    };

    private static int Through(ReadOnlySpan<char> rest, string end)
    {
        int found = rest.IndexOf(end, StringComparison.Ordinal);
        return found < 0 ? rest.Length : found + end.Length;
    }

    /// <summary>The length of a tag, up to one character beyond the limit.</summary>
    private static int TagLength(ReadOnlySpan<char> rest)
    {
        char quote = '\0';
        int bound = Math.Min(rest.Length, MaxTagCharacters + 1);
        for (int length = 0; length < bound; length++)
        {
            char character = rest[length];
            if (quote != '\0')
            {
                quote = character == quote ? '\0' : quote;
            }
            else if (character is '"' or '\'')
            {
                quote = character;
            }
            else if (character == '>')
            {
                return length + 1;
            }
        }

        return bound;
    }

    private static void Limit(int found, int allowed, string what, ReadOnlySpan<char> text, int at)
    {
        if (found > allowed)
        {
            ReadOnlySpan<char> before = text[..at];
            int line = before.Count('\n') + 1;
            throw new DuisFormatException($"found more than {allowed} {what}", "/", line, before.Length - before.LastIndexOf('\n'));
        }
    }
}
