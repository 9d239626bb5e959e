namespace DeviceHarness.Duis.Bodies.Prepayment;

/// <summary>What a gas meter alone tells of its prepayment settings. Each value may be absent.</summary>
/// <param name="NonDisablement">When the supply stays on without credit; null when absent.</param>
/// <param name="DebtRecovery1">How the first debt is collected by time; null when absent.</param>
/// <param name="DebtRecovery2">How the second is; null when absent.</param>
/// <remarks>Spec: MMC XML schema 5.1, ReadPrepaymentConfigurationRsp, Gas.</remarks>
public sealed record GasPrepaymentReading(
    GasNonDisablementCalendar? NonDisablement = null, GasDebtRecovery? DebtRecovery1 = null, GasDebtRecovery? DebtRecovery2 = null);
