using System.Diagnostics.CodeAnalysis;
using System.Xml;
using System.Xml.Linq;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Duis.Xml;

/// <summary>Reads an element's children in the schema's order; whatever does not fit is a fault that says where and what is
/// allowed.</summary>
internal sealed class ElementReader
{
    private readonly XElement _element;
    private readonly XElement[] _children;
    private readonly List<string> _allowed = [];
    private int _next;
    private bool _isText;

    /// <summary>Starts before the first child.</summary>
    public ElementReader(XElement element, string parentPath)
    {
        _element = element;
        _children = [.. element.Elements()];
        Path = $"{parentPath}/{element.Name.LocalName}";
    }

    /// <summary>The element's path.</summary>
    public string Path { get; }

    /// <summary>The element's local name.</summary>
    public string LocalName => _element.Name.LocalName;

    /// <summary>The element itself.</summary>
    public XElement Element => _element;

    /// <summary>The root of a message, which must have this name.</summary>
    public static ElementReader Root(string xml, XNamespace space, string localName)
    {
        ElementReader root = new(DuisXmlParser.Parse(xml), "");
        if (root._element.Name != space + localName)
        {
            throw root.Fault($"found {Name(root._element.Name)}; allowed is {Name(space + localName)}");
        }

        return root;
    }

    /// <summary>A fault at this element.</summary>
    public DuisFormatException Fault(string message) => FaultAt(_element, Path, message);

    /// <summary>Takes the next child when it has this name.</summary>
    public bool TryTake(XNamespace space, string localName, [NotNullWhen(true)] out ElementReader? child)
    {
        XName name = space + localName;
        _allowed.Add(Name(name));
        child = null;
        if (_next == 0)
        {
            ForbidText();
        }

        if (_next >= _children.Length || _children[_next].Name != name)
        {
            return false;
        }

        child = TakeNext();
        return true;
    }

    /// <summary>Takes the next child, which must have this name.</summary>
    public ElementReader Take(XNamespace space, string localName) =>
        TryTake(space, localName, out ElementReader? child) ? child : throw Unexpected();

    /// <summary>Takes the next child, which must be in this namespace.</summary>
    public ElementReader TakeAny(XNamespace space, string what)
    {
        _allowed.Add(what);
        ForbidText();
        return _next < _children.Length && _children[_next].Name.Namespace == space ? TakeNext() : throw Unexpected();
    }

    /// <summary>Takes the next child whatever it is, when there is one.</summary>
    public bool TryTakeAny(string what, [NotNullWhen(true)] out ElementReader? child)
    {
        _allowed.Add(what);
        ForbidText();
        child = _next < _children.Length ? TakeNext() : null;
        return child is not null;
    }

    /// <summary>Ends the element: there must be no further child, and no text that was not read.</summary>
    public void End()
    {
        if (_isText)
        {
            return;
        }

        ForbidText();
        _allowed.Add($"the end of '{LocalName}'");
        if (_next < _children.Length)
        {
            throw Unexpected();
        }
    }

    /// <summary>The text of an element without children, as it stands.</summary>
    public string Text()
    {
        if (_children.Length > 0)
        {
            throw FaultAt(_children[0], $"{Path}/{_children[0].Name.LocalName}", $"found {Name(_children[0].Name)}; allowed is text");
        }

        _isText = true;
        return _element.Value;
    }

    /// <summary>The text without white space around it.</summary>
    public string Token() => Text().Trim(' ', '\t', '\r', '\n');

    /// <summary>The value of an attribute without a namespace; null when absent.</summary>
    public string? Attribute(string name) => _element.Attribute(name)?.Value.Trim(' ', '\t', '\r', '\n');

    /// <summary>Checks that there are no other attributes than these.</summary>
    public ElementReader Only(params ReadOnlySpan<string> attributes)
    {
        foreach (XAttribute attribute in _element.Attributes())
        {
            bool known = attribute.IsNamespaceDeclaration
                || attribute.Name.Namespace == DuisNames.Xsi
                || attribute.Name.Namespace == XNamespace.Xml
                || (attribute.Name.Namespace == XNamespace.None && attributes.Contains(attribute.Name.LocalName));
            if (!known)
            {
                string allowed = attributes.IsEmpty ? "none" : string.Join(", ", attributes!);
                throw FaultAt(attribute, Path, $"found attribute '{attribute.Name.LocalName}'; allowed: {allowed}");
            }
        }

        return this;
    }

    private static string Name(XName name) => name.NamespaceName.Length == 0
        ? $"element '{name.LocalName}' without a namespace"
        : $"element '{name.LocalName}' of namespace {name.NamespaceName}";

    private static DuisFormatException FaultAt(XObject node, string path, string message)
    {
        IXmlLineInfo position = node;
        return new DuisFormatException(message, path, position.LineNumber, position.LinePosition);
    }

    private ElementReader TakeNext()
    {
        _allowed.Clear();
        return new ElementReader(_children[_next++], Path);
    }

    private DuisFormatException Unexpected()
    {
        string allowed = string.Join(", or ", _allowed);
        if (_next >= _children.Length)
        {
            return Fault($"'{LocalName}' ends; allowed here: {allowed}");
        }

        XElement found = _children[_next];
        return FaultAt(found, $"{Path}/{found.Name.LocalName}", $"found {Name(found.Name)}; allowed here: {allowed}");
    }

    private void ForbidText()
    {
        foreach (XNode node in _element.Nodes())
        {
            if (node is XText text && !string.IsNullOrWhiteSpace(text.Value))
            {
                throw FaultAt(text, Path, $"found text in '{LocalName}'; allowed are elements");
            }
        }
    }
}
