namespace DeviceHarness.Duis.Bodies.Auxiliary;

/// <summary>The request of SRV 7.7: read the auxiliary load control switches.</summary>
/// <param name="ExecutionDateTime">When the service is to send it to the device; null for at once.</param>
/// <remarks>Spec: DUIS XML schema 5.4, ReadALCSData.</remarks>
public sealed record ReadALCSData(DateTimeOffset? ExecutionDateTime = null) : SrvRequestBody, IFutureDatable
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "7.7";

    /// <inheritdoc/>
    public override string ElementName => "ReadALCSData";
}
