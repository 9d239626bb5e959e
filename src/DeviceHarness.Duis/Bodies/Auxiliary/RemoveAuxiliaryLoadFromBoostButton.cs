namespace DeviceHarness.Duis.Bodies.Auxiliary;

/// <summary>The request of SRV 7.10: let the boost button act on fewer loads.</summary>
/// <param name="Loads">For each of five loads whether it is meant.</param>
/// <param name="ExecutionDateTime">When the service is to send it to the device; null for at once.</param>
/// <remarks>Spec: DUIS XML schema 5.1, RemoveAuxiliaryLoadFromBoostButton.</remarks>
public sealed record RemoveAuxiliaryLoadFromBoostButton(ValueList<bool> Loads, DateTimeOffset? ExecutionDateTime = null)
    : SrvRequestBody, IFutureDatable
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "7.10";

    /// <inheritdoc/>
    public override string ElementName => "RemoveAuxiliaryLoadFromBoostButton";
}
