namespace DeviceHarness.Duis.Bodies.Prepayment;

/// <summary>The request of SRV 1.6: change the payment mode.</summary>
/// <param name="Prepayment">The settings of prepayment mode; null for credit mode.</param>
/// <param name="ExecutionDateTime">From when on the device has it in force; null for at once.</param>
/// <remarks>Spec: DUIS XML schema 5.1, UpdatePaymentMode.</remarks>
public sealed record UpdatePaymentMode(PrepaymentModeSettings? Prepayment, DateTimeOffset? ExecutionDateTime = null)
    : SrvRequestBody, IDeviceDated
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "1.6";

    /// <inheritdoc/>
    public override string ElementName => "UpdatePaymentMode";
}
