namespace DeviceHarness.Duis.Bodies.Prepayment;

/// <summary>The request of SRV 2.3 to an electricity meter: change the debts and how they are collected.</summary>
/// <param name="TimeDebtRegister1">The change of the first debt collected by time, in thousandths of a penny as far as it is known.</param>
/// <param name="TimeDebtRegister2">The change of the second.</param>
/// <param name="PaymentDebtRegister">The change of the debt collected from payments.</param>
/// <param name="DebtRecoveryPerPayment">The share of a payment that pays it, 0 to 10,000 hundredths of a percent.</param>
/// <param name="DebtRecovery1">How the first debt is collected.</param>
/// <param name="DebtRecovery2">How the second is.</param>
/// <remarks>Spec: DUIS XML schema 5.1, UpdateDebt.</remarks>
public sealed record UpdateDebt(
    int TimeDebtRegister1, int TimeDebtRegister2, int PaymentDebtRegister, int DebtRecoveryPerPayment, DebtRecovery DebtRecovery1,
    DebtRecovery DebtRecovery2)
    : SrvRequestBody
{
    /// <summary>The whole of a payment, in hundredths of a percent.</summary>
    public const int WholePayment = 10_000;

    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "2.3";

    /// <inheritdoc/>
    public override string ElementName => "UpdateDebt";

    /// <inheritdoc/>
    public override string DeviceType => Electricity;
}
