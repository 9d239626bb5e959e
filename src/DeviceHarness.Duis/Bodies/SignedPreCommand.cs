namespace DeviceHarness.Duis.Bodies;

/// <summary>A command that the User signed after the service had transformed it. SMETS2 and later only.</summary>
/// <param name="Variant">The service reference variant of the request that was transformed.</param>
/// <param name="GbcsPayload">The signed command, base64 text.</param>
/// <param name="ExecutionDateTime">When it is to be carried out; null for at once.</param>
/// <remarks>Spec: DUIS XML schema 5.4, SignedPreCommand.</remarks>
public sealed record SignedPreCommand(string Variant, string GbcsPayload, DateTimeOffset? ExecutionDateTime = null)
    : SrvRequestBody, IFutureDatable
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => Variant;

    /// <inheritdoc/>
    public override string ElementName => "SignedPreCommand";
}
