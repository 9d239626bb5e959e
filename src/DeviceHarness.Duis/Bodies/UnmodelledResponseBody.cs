namespace DeviceHarness.Duis.Bodies;

/// <summary>A response body that this harness has no type for: kept as it came.</summary>
/// <param name="Element">The element's local name in the ResponseAndAlert namespace.</param>
/// <param name="Xml">The whole element, with the namespaces that it uses.</param>
public sealed record UnmodelledResponseBody(string Element, string Xml) : SrvResponseBody
{
    /// <inheritdoc/>
    public override string ElementName => Element;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values => BodyValues.Of(this).Entries;
}
