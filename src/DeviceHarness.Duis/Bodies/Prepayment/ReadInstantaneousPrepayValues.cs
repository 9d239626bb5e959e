namespace DeviceHarness.Duis.Bodies.Prepayment;

/// <summary>The request of SRV 4.3: read balances and debts as they stand.</summary>
/// <param name="ExecutionDateTime">When the service is to send it to the device; null for at once.</param>
/// <remarks>Spec: DUIS XML schema 5.4, ReadInstantaneousPrepayValues.</remarks>
public sealed record ReadInstantaneousPrepayValues(DateTimeOffset? ExecutionDateTime = null) : SrvRequestBody, IFutureDatable
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "4.3";

    /// <inheritdoc/>
    public override string ElementName => "ReadInstantaneousPrepayValues";
}
