using DeviceHarness.Packs.Variables;

namespace DeviceHarness.Packs.Steps;

/// <summary>An attribute of an element of a request's body, such as the <c>index</c> of a price.</summary>
/// <param name="Name">Its name, in no namespace.</param>
/// <param name="Value">Its text.</param>
public sealed record XmlAttributeText(string Name, TextTemplate Value);
