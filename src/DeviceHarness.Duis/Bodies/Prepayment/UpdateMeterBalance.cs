namespace DeviceHarness.Duis.Bodies.Prepayment;

/// <summary>The request of SRV 1.5: change the meter balance, or reset it.</summary>
/// <param name="Mode">The payment mode that the request is for.</param>
/// <param name="Adjustment">What is added, in thousandths of a penny as far as it is known; null to reset the balance.</param>
/// <remarks>Spec: DUIS XML schema 5.1, UpdateMeterBalance.</remarks>
public sealed record UpdateMeterBalance(BalanceMode Mode, int? Adjustment) : SrvRequestBody
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "1.5";

    /// <inheritdoc/>
    public override string ElementName => "UpdateMeterBalance";
}
