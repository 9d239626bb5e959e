namespace DeviceHarness.Duis.Bodies.Prepayment;

/// <summary>Balances and debts at the end of one day, in thousandths of a penny, as far as it is known. Each value may be absent.</summary>
/// <param name="Timestamp">The end of its period, or when it was taken.</param>
/// <param name="AccumulatedDebtRegister">The accumulated debt.</param>
/// <param name="EmergencyCreditBalance">What is left of the emergency credit.</param>
/// <param name="MeterBalance">The meter balance.</param>
/// <param name="PaymentDebtRegister">The debt that is collected from payments.</param>
/// <param name="TimeDebtRegisters1">The first debt that is collected by time.</param>
/// <param name="TimeDebtRegisters2">The second debt that is collected by time.</param>
/// <remarks>Spec: MMC XML schema 5.4, PrepaymentOperationalDataType.</remarks>
public sealed record PrepaymentDailyEntry(
    DateTimeOffset? Timestamp,
    long? AccumulatedDebtRegister,
    long? EmergencyCreditBalance,
    long? MeterBalance,
    long? PaymentDebtRegister,
    long? TimeDebtRegisters1,
    long? TimeDebtRegisters2);
