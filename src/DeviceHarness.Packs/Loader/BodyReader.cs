using System.Xml;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Packs.Steps;
using DeviceHarness.Packs.Variables;

namespace DeviceHarness.Packs.Loader;

/// <summary>Reads the body of a Service Request: a key is an element, a list is one element for each item, <c>@name</c> is an attribute
/// and <c>#</c> the text of an element that has attributes.</summary>
internal static class BodyReader
{
    private const char AttributeMark = '@';
    private const string TextKey = "#";

    /// <summary>Reads the elements of a mapping.</summary>
    public static IReadOnlyList<BodyElement> Read(ConfigurationNode node, PackScope scope)
    {
        List<BodyElement> elements = [];
        foreach (string name in node.Keys)
        {
            elements.AddRange(scope.Faults.Read(() => ReadAll(name, node.Require(name), scope)) ?? []);
        }

        return elements;
    }

    private static IReadOnlyList<BodyElement> ReadAll(string name, ConfigurationNode value, PackScope scope)
    {
        if (!IsName(name))
        {
            throw value.Fault(PackFaults.RequestBody, $"the key '{name}'", "the name of an XML element");
        }

        return value.IsSequence
            ? [.. value.Items().Select(item => scope.Faults.Read(() => ReadOne(name, item, scope))).OfType<BodyElement>()]
            : [ReadOne(name, value, scope)];
    }

    private static BodyElement ReadOne(string name, ConfigurationNode value, PackScope scope)
    {
        if (!value.IsMapping)
        {
            return new BodyElement(name, scope.ReadElementText(name, value), Attributes: [], Children: []);
        }

        IReadOnlyList<string> keys = value.Keys;
        XmlAttributeText[] attributes =
            [.. keys.Where(key => key.StartsWith(AttributeMark)).Select(key => ReadAttribute(key, value.Require(key), scope))];
        TextTemplate? text = value.Find(TextKey) is { } own ? scope.ReadElementText(name, own) : null;
        List<BodyElement> children = [];
        foreach (string key in keys.Where(key => key != TextKey && !key.StartsWith(AttributeMark)))
        {
            children.AddRange(scope.Faults.Read(() => ReadAll(key, value.Require(key), scope)) ?? []);
        }

        return text is null || children.Count == 0
            ? new BodyElement(name, text, attributes, children)
            : throw value.Fault(PackFaults.RequestBody, $"'{TextKey}' beside elements", "one of them");
    }

    private static XmlAttributeText ReadAttribute(string key, ConfigurationNode value, PackScope scope) => IsName(key[1..])
        ? new XmlAttributeText(key[1..], scope.ReadText(value))
        : throw value.Fault(PackFaults.RequestBody, $"the key '{key}'", "@ and the name of an XML attribute");

    private static bool IsName(string name) =>
        name.Length > 0 && XmlConvert.IsStartNCNameChar(name[0]) && name.All(XmlConvert.IsNCNameChar);
}
