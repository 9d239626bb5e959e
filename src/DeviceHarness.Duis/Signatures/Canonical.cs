using System.Security.Cryptography.Xml;
using System.Xml;

namespace DeviceHarness.Duis.Signatures;

/// <summary>Canonical octets of XML, by the platform's own transforms.</summary>
internal static class Canonical
{
    /// <summary>The canonical form of a whole document, comments left out.</summary>
    public static byte[] Of(XmlDocument document, bool exclusive)
    {
        Transform transform = exclusive ? new XmlDsigExcC14NTransform() : new XmlDsigC14NTransform();
        transform.LoadInput(document);
        using MemoryStream stream = new();
        ((Stream)transform.GetOutput(typeof(Stream))).CopyTo(stream);
        return stream.ToArray();
    }

    /// <summary>An element as a document of its own, with the namespaces that are in scope.</summary>
    public static XmlDocument Alone(XmlElement element)
    {
        XmlDocument document = new() { PreserveWhitespace = true, XmlResolver = null };
        XmlElement root = (XmlElement)document.AppendChild(document.ImportNode(element, deep: true))!;
        foreach ((string prefix, string name) in element.CreateNavigator()!.GetNamespacesInScope(XmlNamespaceScope.ExcludeXml))
        {
            string attribute = prefix.Length == 0 ? "xmlns" : $"xmlns:{prefix}";
            if (name.Length > 0 && !root.HasAttribute(attribute))
            {
                root.SetAttribute(attribute, name);
            }
        }

        return document;
    }
}
