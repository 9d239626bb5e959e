namespace DeviceHarness.Duis.Bodies.Prepayment;

/// <summary>What comes with a change to prepayment mode.</summary>
/// <param name="SuspendDebtDisabled">Whether debts are not collected while the supply is disabled.</param>
/// <param name="SuspendDebtEmergency">Whether debts are not collected while emergency credit is used.</param>
/// <param name="DisablementThreshold">The balance at which the supply is disabled, in thousandths of a penny as far as it is
/// known.</param>
/// <remarks>Spec: DUIS XML schema 5.1, UpdatePaymentMode.</remarks>
public sealed record PrepaymentModeSettings(bool SuspendDebtDisabled, bool SuspendDebtEmergency, int DisablementThreshold);
