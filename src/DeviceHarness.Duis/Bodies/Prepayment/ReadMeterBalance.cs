namespace DeviceHarness.Duis.Bodies.Prepayment;

/// <summary>The request of SRV 4.18: read the meter balance.</summary>
/// <param name="ExecutionDateTime">When the service is to send it to the device; null for at once.</param>
/// <remarks>Spec: DUIS XML schema 5.4, ReadMeterBalance.</remarks>
public sealed record ReadMeterBalance(DateTimeOffset? ExecutionDateTime = null) : SrvRequestBody, IFutureDatable
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "4.18";

    /// <inheritdoc/>
    public override string ElementName => "ReadMeterBalance";
}
