namespace DeviceHarness.Duis.Bodies.Prepayment;

/// <summary>How a gas meter collects a debt by time.</summary>
/// <param name="Rate">What is collected in a period, in thousandths of a penny as far as it is known.</param>
/// <param name="Period">The period; null when not known.</param>
/// <remarks>Spec: DUIS XML schema 5.1, GasDebtRecovery.</remarks>
public sealed record GasDebtRecovery(long Rate, DebtRecoveryPeriod? Period);
