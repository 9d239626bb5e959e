namespace DeviceHarness.Duis.Bodies;

/// <summary>The body of a variant that the catalogue knows and this harness has no type for. It can be checked and written again.</summary>
/// <param name="Variant">The service reference variant, such as <c>8.2</c>.</param>
/// <param name="Element">The element's local name in the ServiceUserGateway namespace.</param>
/// <param name="Xml">The whole element, with the namespaces that it uses.</param>
public sealed record UnmodelledRequestBody(string Variant, string Element, string Xml) : SrvRequestBody
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => Variant;

    /// <inheritdoc/>
    public override string ElementName => Element;
}
