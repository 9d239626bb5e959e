using System.Xml.Linq;
using DeviceHarness.Duis.Xml;

namespace DeviceHarness.Duis.Bodies;

/// <summary>A response body that this harness has no type for: kept as it came.</summary>
/// <param name="Element">The element's local name in the ResponseAndAlert namespace.</param>
/// <param name="Xml">The whole element, with the namespaces that it uses.</param>
public sealed record UnmodelledResponseBody(string Element, string Xml) : SrvResponseBody
{
    /// <inheritdoc/>
    public override string ElementName => Element;

    /// <inheritdoc/>
    /// <remarks>The text of each element without children, and its attributes, by the names on the way to it; the first of several of one
    /// path.</remarks>
    public override IReadOnlyDictionary<string, string> Values
    {
        get
        {
            Dictionary<string, string> values = new(BodyValues.Of(this).Entries, StringComparer.Ordinal);
            Collect(DuisXmlText.Element(Xml), string.Empty, values);
            return values;
        }
    }

    private static void Collect(XElement parent, string path, Dictionary<string, string> values)
    {
        foreach (XElement element in parent.Elements())
        {
            string name = path + element.Name.LocalName;
            foreach (XAttribute attribute in element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration))
            {
                values.TryAdd($"{name}.{attribute.Name.LocalName}", attribute.Value);
            }

            if (element.HasElements)
            {
                Collect(element, $"{name}.", values);
            }
            else
            {
                values.TryAdd(name, element.Value);
            }
        }
    }
}
