using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace DeviceHarness.Duis.Xml;

/// <summary>Turns elements into text.</summary>
internal static class DuisXmlText
{
    /// <summary>Writes a message: UTF-8 declaration, indented, the customary prefixes declared at the root.</summary>
    public static string Write(XElement root)
    {
        using Utf8StringWriter target = new();
        XmlWriterSettings settings = new()
        {
            Indent = true,
            IndentChars = "  ",
            NewLineChars = "\n",
            NewLineHandling = NewLineHandling.Entitize,
        };
        using (XmlWriter writer = XmlWriter.Create(target, settings))
        {
            root.WriteTo(writer);
        }

        return target.ToString();
    }

    /// <summary>Writes a document or a part of one as it is: nothing indented, carriage returns as references.</summary>
    public static string Exact(XmlNode node)
    {
        using Utf8StringWriter target = new();
        XmlWriterSettings settings = new() { NewLineHandling = NewLineHandling.Entitize, OmitXmlDeclaration = node is not XmlDocument };
        using (XmlWriter writer = XmlWriter.Create(target, settings))
        {
            node.WriteTo(writer);
        }

        return target.ToString();
    }

    /// <summary>Writes one element so that the same content always gives the same text.</summary>
    /// <remarks>Comments, processing instructions and white space between elements are dropped; prefixes are the customary ones.</remarks>
    public static string Fragment(XElement element)
    {
        XElement copy = Copy(element);
        Declare(copy);
        StringBuilder text = new();
        XmlWriterSettings settings = new() { OmitXmlDeclaration = true, NewLineHandling = NewLineHandling.Entitize };
        using (XmlWriter writer = XmlWriter.Create(text, settings))
        {
            copy.WriteTo(writer);
        }

        return text.ToString();
    }

    /// <summary>An element of a fragment, for putting into a message.</summary>
    /// <exception cref="Service.DuisFormatException">The fragment is not well-formed.</exception>
    public static XElement Element(string fragment) => Copy(DuisXmlParser.Parse(fragment));

    /// <summary>Declares the customary prefixes of all namespaces within.</summary>
    public static void Declare(XElement root)
    {
        IEnumerable<string> namespaces = root.DescendantsAndSelf()
            .SelectMany(element => element.Attributes().Select(attribute => attribute.Name).Append(element.Name))
            .Select(name => name.NamespaceName)
            .Where(name => name.Length > 0 && name != XNamespace.Xml.NamespaceName)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        int unknown = 0;
        foreach (string name in namespaces)
        {
            string prefix = DuisNames.Prefix(name) ?? string.Create(CultureInfo.InvariantCulture, $"n{++unknown}");
            root.Add(new XAttribute(XNamespace.Xmlns + prefix, name));
        }
    }

    /// <summary>Text that XML can carry: characters that it cannot are replaced by U+FFFD.</summary>
    public static string Safe(string text)
    {
        StringBuilder safe = new(text.Length);
        for (int index = 0; index < text.Length; index++)
        {
            if (index + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[index + 1], text[index]))
            {
                safe.Append(text, index++, 2);
            }
            else
            {
                safe.Append(XmlConvert.IsXmlChar(text[index]) ? text[index] : '\uFFFD');
            }
        }

        return safe.ToString();
    }

    /// <summary>At most so many characters of a text, never half of a surrogate pair, and only what XML can carry.</summary>
    public static string Shortened(string text, int maxCharacters)
    {
        string safe = Safe(text);
        if (safe.Length <= maxCharacters)
        {
            return safe;
        }

        return safe[..(char.IsHighSurrogate(safe[maxCharacters - 1]) ? maxCharacters - 1 : maxCharacters)];
    }

    private static XElement Copy(XElement element)
    {
        XElement copy = new(element.Name, element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration));
        bool structured = element.HasElements;
        foreach (XNode node in element.Nodes())
        {
            if (node is XElement child)
            {
                copy.Add(Copy(child));
            }
            else if (node is XText text && !(structured && string.IsNullOrWhiteSpace(text.Value)))
            {
                copy.Add(new XText(text.Value));
            }
        }

        return copy;
    }

    private sealed class Utf8StringWriter() : StringWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}
