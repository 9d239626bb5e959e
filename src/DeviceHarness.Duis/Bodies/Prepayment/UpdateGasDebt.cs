namespace DeviceHarness.Duis.Bodies.Prepayment;

/// <summary>The request of SRV 2.3 to a gas meter: change the debts and how they are collected.</summary>
/// <param name="TimeDebtRegister1">The change of the first debt collected by time, in thousandths of a penny as far as it is known.</param>
/// <param name="TimeDebtRegister2">The change of the second.</param>
/// <param name="PaymentDebtRegister">The change of the debt collected from payments.</param>
/// <param name="DebtRecoveryPerPayment">The share of a payment that pays it, 0 to 10,000 hundredths of a percent.</param>
/// <param name="DebtRecovery1">How the first debt is collected.</param>
/// <param name="DebtRecovery2">How the second is.</param>
/// <remarks>Spec: DUIS XML schema 5.1, UpdateDebt, GasDebtRecovery.</remarks>
public sealed record UpdateGasDebt(
    int TimeDebtRegister1, int TimeDebtRegister2, int PaymentDebtRegister, int DebtRecoveryPerPayment, GasDebtRecovery DebtRecovery1,
    GasDebtRecovery DebtRecovery2)
    : SrvRequestBody
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "2.3";

    /// <inheritdoc/>
    public override string ElementName => "UpdateDebt";

    /// <inheritdoc/>
    public override string DeviceType => Gas;
}
