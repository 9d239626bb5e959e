namespace DeviceHarness.Duis.Bodies.Prepayment;

/// <summary>How a debt is collected by time.</summary>
/// <param name="Rate">What is collected in a period, to be scaled.</param>
/// <param name="PriceScale">The power of ten of the rate.</param>
/// <param name="Period">The period; null when not known.</param>
/// <remarks>Spec: DUIS XML schema 5.1, ElecDebtRecovery.</remarks>
public sealed record DebtRecovery(long Rate, sbyte PriceScale, DebtRecoveryPeriod? Period);

/// <summary>How often a debt is collected.</summary>
public enum DebtRecoveryPeriod
{
    /// <summary>Every hour.</summary>
    Hourly,

    /// <summary>Every day.</summary>
    Daily,
}
