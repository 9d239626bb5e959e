using System.Xml;
using System.Xml.Linq;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Duis.Xml;

/// <summary>Turns text into elements, within limits and without looking outside the text.</summary>
internal static class DuisXmlParser
{
    /// <summary>The longest message: a firmware image of 10,240,000 octets in base64 and its list of devices fit.</summary>
    public const int MaxCharacters = 16 * 1024 * 1024;

    /// <summary>Parses a message.</summary>
    /// <returns>The root element, with line information and with all white space kept.</returns>
    /// <exception cref="DuisFormatException">The text is not well-formed, declares a document type, or passes a limit.</exception>
    public static XElement Parse(string xml) =>
        Load(xml, reader => XElement.Load(reader, LoadOptions.SetLineInfo | LoadOptions.PreserveWhitespace));

    /// <summary>Parses a message into a document, as the platform's canonicalisation needs it.</summary>
    /// <returns>The document, with all white space kept.</returns>
    /// <exception cref="DuisFormatException">The text is not well-formed, declares a document type, or passes a limit.</exception>
    public static XmlDocument ParseDocument(string xml) => Load(xml, reader =>
    {
        XmlDocument document = new() { PreserveWhitespace = true, XmlResolver = null };
        document.Load(reader);
        return document;
    });

    private static T Load<T>(string xml, Func<XmlReader, T> load)
    {
        ArgumentNullException.ThrowIfNull(xml);
        string text = xml.Length > 0 && xml[0] == '\uFEFF' ? xml[1..] : xml;
        if (text.Length > MaxCharacters)
        {
            throw new DuisFormatException($"found {text.Length} characters; allowed are {MaxCharacters}", "/", 1, 1);
        }

        TagScanner.Bound(text);
        try
        {
            using XmlReader reader = Reader(text);
            T root = load(reader);
            while (reader.Read())
            {
                // What follows the root must be well-formed too.
            }

            return root;
        }
        catch (XmlException exception)
        {
            throw new DuisFormatException(
                $"not well-formed XML: {exception.Message}", PathOfFault(text), exception.LineNumber, exception.LinePosition, exception);
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

    /// <summary>The elements that are open where the text breaks off; it is walked again, since only a fault needs them.</summary>
    private static string PathOfFault(string text)
    {
        Stack<string> open = new();
        try
        {
            using XmlReader reader = Reader(text);
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.EndElement)
                {
                    open.Pop();
                }
                else if (reader.NodeType == XmlNodeType.Element && !reader.IsEmptyElement)
                {
                    open.Push(reader.LocalName);
                }
            }
        }
        catch (XmlException)
        {
            // Expected: this is the fault whose place is looked for.
        }

        return "/" + string.Join('/', open.Reverse());
    }
}
