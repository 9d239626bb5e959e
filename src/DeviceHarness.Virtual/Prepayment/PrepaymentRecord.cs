namespace DeviceHarness.Virtual.Prepayment;

/// <summary>An account as it is kept in flash.</summary>
internal sealed record PrepaymentRecord(
    PaymentMode Mode,
    PaymentMode PassiveMode,
    DateTimeOffset? ModeTime,
    long Balance,
    int EmergencyLimit,
    int EmergencyThreshold,
    long EmergencyUsed,
    bool IsEmergencyActivated,
    long AccumulatedDebt,
    TimeDebt[] TimeDebts,
    long PaymentDebt,
    int PaymentShare,
    int LowCreditThreshold,
    int DisablementThreshold,
    int MaximumVend,
    int MaximumBalance,
    long EnergyPaid,
    long StandingPaid,
    bool IsHeld,
    bool IsLowTold,
    bool IsEmergencyTold,
    bool IsOutTold,
    bool IsSuspendedTold);
