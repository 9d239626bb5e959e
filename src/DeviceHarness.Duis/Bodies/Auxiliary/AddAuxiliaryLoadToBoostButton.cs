namespace DeviceHarness.Duis.Bodies.Auxiliary;

/// <summary>The request of SRV 7.9: let the boost button act on more loads.</summary>
/// <param name="Loads">For each of five loads whether it is meant.</param>
/// <param name="ExecutionDateTime">When the service is to send it to the device; null for at once.</param>
/// <remarks>Spec: DUIS XML schema 5.1, AddAuxiliaryLoadToBoostButton.</remarks>
public sealed record AddAuxiliaryLoadToBoostButton(ValueList<bool> Loads, DateTimeOffset? ExecutionDateTime = null)
    : SrvRequestBody, IFutureDatable
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "7.9";

    /// <inheritdoc/>
    public override string ElementName => "AddAuxiliaryLoadToBoostButton";
}
