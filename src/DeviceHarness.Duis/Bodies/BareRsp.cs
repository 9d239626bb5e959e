namespace DeviceHarness.Duis.Bodies;

/// <summary>The answer to a request whose answer has no content but <see cref="SrvResponseBody.MessageSuccess"/>.</summary>
/// <param name="Element">The element's local name in the ResponseAndAlert namespace, such as <c>TopUpDeviceRsp</c>.</param>
/// <remarks>Spec: MMC XML schema 5.1, the response elements of type ServiceRequestBaseType.</remarks>
public sealed record BareRsp(string Element) : SrvResponseBody
{
    /// <inheritdoc/>
    public override string ElementName => Element;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values => BodyValues.Of(this).Entries;
}
