namespace DeviceHarness.Duis.Bodies.Configuration;

/// <summary>The request of SRV 3.1: show the consumer a message.</summary>
/// <param name="SupplierMessage">The message, 1 to 116 characters, blank to tilde of ASCII.</param>
/// <param name="ExecutionDateTime">When the service is to send it to the device; null for at once.</param>
/// <remarks>Spec: DUIS XML schema 5.1, DisplayMessage.</remarks>
public sealed record DisplayMessage(string SupplierMessage, DateTimeOffset? ExecutionDateTime = null) : SrvRequestBody, IFutureDatable
{
    /// <summary>The most characters of a message.</summary>
    public const int MaxCharacters = 116;

    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "3.1";

    /// <inheritdoc/>
    public override string ElementName => "DisplayMessage";
}
