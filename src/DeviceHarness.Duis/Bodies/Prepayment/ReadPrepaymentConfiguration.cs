namespace DeviceHarness.Duis.Bodies.Prepayment;

/// <summary>The request of SRV 4.13: read how prepayment works.</summary>
/// <param name="ExecutionDateTime">When the service is to send it to the device; null for at once.</param>
/// <remarks>Spec: DUIS XML schema 5.1, ReadPrepaymentConfiguration.</remarks>
public sealed record ReadPrepaymentConfiguration(DateTimeOffset? ExecutionDateTime = null) : SrvRequestBody, IFutureDatable
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "4.13";

    /// <inheritdoc/>
    public override string ElementName => "ReadPrepaymentConfiguration";
}
