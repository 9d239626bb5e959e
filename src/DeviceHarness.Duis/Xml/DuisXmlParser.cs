using System.Xml;
using System.Xml.Linq;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Duis.Xml;

/// <summary>Turns text into elements, within limits and without looking outside the text.</summary>
internal static class DuisXmlParser
{
    /// <summary>The longest message: a firmware image of 10,240,000 octets in base64 and its list of devices fit.</summary>
    public const int MaxCharacters = 16 * 1024 * 1024;

    /// <summary>The deepest nesting; the schema's own is below 20.</summary>
    public const int MaxDepth = 32;

    /// <summary>The most elements; the longest log of the schema has fewer.</summary>
    public const int MaxElements = 100_000;

    /// <summary>The most attributes of one element, namespace declarations included.</summary>
    public const int MaxAttributes = 32;

    /// <summary>The longest tag. The platform's reader slows down with the square of a tag's attributes, before anyone can count them.</summary>
    public const int MaxTagCharacters = 16 * 1024;

    /// <summary>Parses a message.</summary>
    /// <returns>The root element, with line information and with all white space kept.</returns>
    /// <exception cref="DuisFormatException">The text is not well-formed, declares a document type, or passes a limit.</exception>
    public static XElement Parse(string xml)
    {
        ArgumentNullException.ThrowIfNull(xml);
        string text = xml.Length > 0 && xml[0] == '\uFEFF' ? xml[1..] : xml;
        BoundTags(text);
        Stack<string> open = new();
        try
        {
            Bound(text, open);
            using XmlReader reader = Reader(text);
            reader.MoveToContent();
            return XElement.Load(reader, LoadOptions.SetLineInfo | LoadOptions.PreserveWhitespace);
        }
        catch (XmlException exception)
        {
            throw new DuisFormatException(
                $"not well-formed XML: {exception.Message}", PathOf(open), exception.LineNumber, exception.LinePosition, exception);
        }
    }

    private static XmlReader Reader(string text) => XmlReader.Create(
        new StringReader(text),
        new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = MaxCharacters,
            MaxCharactersFromEntities = 1024,
            CloseInput = true,
        });

    /// <summary>Looks for a tag that is too long; says nothing about whether the text is well-formed.</summary>
    private static void BoundTags(ReadOnlySpan<char> text)
    {
        int at = 0;
        while (at < text.Length)
        {
            int start = text[at..].IndexOf('<');
            if (start < 0)
            {
                return;
            }

            at += start;
            ReadOnlySpan<char> rest = text[at..];
            int length = rest switch
            {
                ['<', '!', '-', '-', ..] => Through(rest, "-->"),
                ['<', '!', '[', ..] => Through(rest, "]]>"),
                ['<', '?', ..] => Through(rest, "?>"),
                _ => TagLength(rest),
            };
            if (length == 0)
            {
                (int line, int column) = Position(text[..at]);
                throw new DuisFormatException($"found a tag of more than {MaxTagCharacters} characters", "/", line, column);
            }

            at += length;
        }

        static int Through(ReadOnlySpan<char> rest, string end)
        {
            int found = rest.IndexOf(end, StringComparison.Ordinal);
            return found < 0 ? rest.Length : found + end.Length;
        }
    }

    private static (int Line, int Column) Position(ReadOnlySpan<char> before) =>
        (before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));

    /// <summary>The length of a tag; 0 when it is too long.</summary>
    private static int TagLength(ReadOnlySpan<char> rest)
    {
        char quote = '\0';
        int bound = Math.Min(rest.Length, MaxTagCharacters);
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

        return rest.Length <= MaxTagCharacters ? rest.Length : 0;
    }

    /// <summary>Walks the text once without building anything, so that a hostile message costs no memory.</summary>
    private static void Bound(string text, Stack<string> open)
    {
        using XmlReader reader = Reader(text);
        IXmlLineInfo position = (IXmlLineInfo)reader;
        int elements = 0;
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.EndElement)
            {
                open.Pop();
            }
            else if (reader.NodeType == XmlNodeType.Element)
            {
                elements++;
                open.Push(reader.LocalName);
                Limit(elements, MaxElements, "elements", open, position);
                Limit(open.Count, MaxDepth, "levels of nesting", open, position);
                Limit(reader.AttributeCount, MaxAttributes, "attributes of one element", open, position);
                if (reader.IsEmptyElement)
                {
                    open.Pop();
                }
            }
        }
    }

    private static void Limit(int found, int allowed, string what, Stack<string> open, IXmlLineInfo position)
    {
        if (found > allowed)
        {
            throw new DuisFormatException(
                $"found more than {allowed} {what}", PathOf(open), position.LineNumber, position.LinePosition);
        }
    }

    private static string PathOf(Stack<string> open) => "/" + string.Join('/', open.Reverse());
}
