namespace DeviceHarness.Duis.Bodies.Prepayment;

/// <summary>A meter's answer to SRV 4.13. Each value may be absent; amounts are in thousandths of a penny, as far as it is
/// known.</summary>
/// <remarks>Spec: MMC XML schema 5.1, ReadPrepaymentConfigurationRsp.</remarks>
public sealed record ReadPrepaymentConfigurationRsp : SrvResponseBody
{
    /// <summary>The share of a payment that pays the payment debt, in hundredths of a percent; null when absent.</summary>
    public long? DebtRecoveryPerPayment { get; init; }

    /// <summary>The most that is collected of debts; null when absent.</summary>
    public long? DebtRecoveryRateCap { get; init; }

    /// <summary>The balance at which the supply is disabled; null when absent.</summary>
    public long? DisablementThreshold { get; init; }

    /// <summary>The emergency credit; null when absent.</summary>
    public long? EmergencyCreditLimit { get; init; }

    /// <summary>Below which balance it is offered; null when absent.</summary>
    public long? EmergencyCreditThreshold { get; init; }

    /// <summary>Below which balance the meter warns; null when absent.</summary>
    public long? LowCreditThreshold { get; init; }

    /// <summary>The highest payment; null when absent.</summary>
    public long? CreditMaxCreditThreshold { get; init; }

    /// <summary>The highest balance that a payment may bring; null when absent.</summary>
    public long? MaxCreditMaxMeterBalance { get; init; }

    /// <summary>Whether debts are not collected while the supply is disabled; null when absent.</summary>
    public bool? SuspendDebtDisabled { get; init; }

    /// <summary>Whether debts are not collected while emergency credit is used; null when absent.</summary>
    public bool? SuspendDebtEmergency { get; init; }

    /// <summary>The payment mode; null when absent.</summary>
    public PaymentMode? PaymentMode { get; init; }

    /// <summary>When the supply stays on without credit; null when absent.</summary>
    public NonDisablementCalendar? NonDisablement { get; init; }

    /// <summary>How the first debt is collected by time; null when absent.</summary>
    public DebtRecovery? DebtRecovery1 { get; init; }

    /// <summary>How the second is; null when absent.</summary>
    public DebtRecovery? DebtRecovery2 { get; init; }

    /// <summary>What a gas meter alone tells; null of an electricity meter.</summary>
    public GasPrepaymentReading? Gas { get; init; }

    /// <inheritdoc/>
    public override string ElementName => "ReadPrepaymentConfigurationRsp";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values
    {
        get
        {
            BodyValues values = BodyValues.Of(this)
                .Add("DebtRecoveryPerPayment", DebtRecoveryPerPayment)
                .Add("DebtRecoveryRateCap", DebtRecoveryRateCap)
                .Add("DisablementThreshold", DisablementThreshold)
                .Add("EmergencyCreditLimit", EmergencyCreditLimit)
                .Add("EmergencyCreditThreshold", EmergencyCreditThreshold)
                .Add("LowCreditThreshold", LowCreditThreshold)
                .Add("CreditMaxCreditThreshold", CreditMaxCreditThreshold)
                .Add("MaxCreditMaxMeterBalance", MaxCreditMaxMeterBalance)
                .Add("SuspendDebtDisabled", SuspendDebtDisabled)
                .Add("SuspendDebtEmergency", SuspendDebtEmergency)
                .Add("Electricity.PaymentMode", PaymentMode?.ToString())
                .Add("Electricity.NonDisablementCalendar.SpecialDay.Count", NonDisablement?.SpecialDays.Count)
                .Add("Electricity.NonDisablementCalendar.Switch.Count", NonDisablement?.Switches.Count);
            Add(values, "Electricity.DebtRecovery1", DebtRecovery1);
            Add(values, "Electricity.DebtRecovery2", DebtRecovery2);
            values.Add("Gas.NonDisablementCalendar.Day.Count", (long?)Gas?.NonDisablement?.Days.Count)
                .Add("Gas.NonDisablementCalendar.SpecialDay.Count", (long?)Gas?.NonDisablement?.SpecialDays.Count);
            Add(values, "Gas.DebtRecovery1", Gas?.DebtRecovery1);
            Add(values, "Gas.DebtRecovery2", Gas?.DebtRecovery2);
            return values.Entries;
        }
    }

    private static void Add(BodyValues values, string path, GasDebtRecovery? recovery) => values
        .Add($"{path}.DebtRecoveryRate", recovery?.Rate)
        .Add($"{path}.DebtRecoveryRatePeriod", recovery?.Period?.ToString().ToUpperInvariant());

    private static void Add(BodyValues values, string path, DebtRecovery? recovery) => values
        .Add($"{path}.DebtRecoveryRate", recovery?.Rate)
        .Add($"{path}.DebtRecoveryRatePriceScale", (long?)recovery?.PriceScale)
        .Add($"{path}.DebtRecoveryRatePeriod", recovery?.Period?.ToString().ToUpperInvariant());
}
