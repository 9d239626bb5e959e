using DeviceHarness.Packs.Variables;

namespace DeviceHarness.Packs.Steps;

/// <summary>An element of a request's body.</summary>
/// <param name="Name">Its local name in the ServiceUserGateway namespace.</param>
/// <param name="Value">Its text; null when it has children or is empty.</param>
/// <param name="Attributes">Its attributes, in order.</param>
/// <param name="Children">Its children, in order.</param>
public sealed record BodyElement(
    string Name, TextTemplate? Value, IReadOnlyList<XmlAttributeText> Attributes, IReadOnlyList<BodyElement> Children)
{
    /// <summary>Elements with all that they hold, in document order.</summary>
    public static IEnumerable<BodyElement> AllOf(IReadOnlyList<BodyElement> elements) =>
        elements.SelectMany(element => AllOf(element.Children).Prepend(element));
}
