using System.Collections.Frozen;

namespace DeviceHarness.Drivers.Profiles;

/// <summary>Which values a profile may name for a request that changes a device: elements of the request, and what puts them into
/// force.</summary>
internal static class WriteFields
{
    private static readonly string[] BoostControls =
    [
        "BoostFunctionControl1", "BoostFunctionControl2", "BoostFunctionControl3", "BoostFunctionControl4", "BoostFunctionControl5",
    ];

    /// <summary>The values, by variant.</summary>
    internal static FrozenDictionary<string, string[]> ByVariant { get; } = new Dictionary<string, string[]>
    {
        ["1.1.1"] =
        [
            "CurrencyUnits", "DayProfiles", "WeekProfiles", "Seasons", "SpecialDays", "Thresholds1", "Thresholds2",
            "Thresholds3", "Thresholds4", "Thresholds5", "Thresholds6", "Thresholds7", "Thresholds8", "Prices", "StandingCharge",
            "CalendarTime", "PricesTime", "StandingChargeTime", "ActivateCalendar", "ActivatePrices", "ActivateStandingCharge",
        ],
        ["1.2.1"] =
            ["Prices", "StandingCharge", "PricesTime", "StandingChargeTime", "ActivatePrices", "ActivateStandingCharge"],
        ["1.5"] = ["AdjustMeterBalance", "ResetMeterBalance"],
        ["1.6"] =
        [
            "SuspendDebtDisabled", "SuspendDebtEmergency", "DisablementThreshold", "PaymentMode", "PaymentModeTime",
            "ActivatePaymentMode",
        ],
        ["2.1"] =
        [
            "DebtRecoveryRateCap", "EmergencyCreditLimit", "EmergencyCreditThreshold", "LowCreditThreshold", "ElectricitySpecialDays",
            "ElectricityNonDisablementSchedule", "MaxMeterBalance", "MaxCreditThreshold",
        ],
        ["2.2"] = ["UTRN"],
        ["2.3"] =
        [
            "DebtRecoveryRate1", "DebtRecoveryRatePeriod1", "DebtRecoveryRate2", "DebtRecoveryRatePeriod2", "DebtRecoveryPerPayment",
            "TimeDebtRegister1", "TimeDebtRegister2", "PaymentDebtRegister",
        ],
        ["2.5"] = ["ActivateEmergencyCredit"],
        ["3.1"] = ["SupplierMessage"],
        ["3.2"] = ["RestrictionDateTime"],
        ["3.3"] = ["ESME", "ALCS"],
        ["6.4.1"] = ["LoadLimitPeriod", "LoadLimitPowerThreshold", "LoadLimitRestorationPeriod", "LoadLimitSupplyState"],
        ["6.4.2"] = ["LoadLimitCounter"],
        ["6.5"] =
        [
            "RMSExtremeOverVoltageMeasurementPeriod", "RMSExtremeOverVoltageThreshold", "RMSExtremeUnderVoltageMeasurementPeriod",
            "RMSExtremeUnderVoltageThreshold", "RMSVoltageSagMeasurementPeriod", "RMSVoltageSagThreshold",
            "RMSVoltageSwellMeasurementPeriod", "RMSVoltageSwellThreshold", "AverageRMSOverVoltageThreshold",
            "AverageRMSUnderVoltageThreshold", "AverageRMSVoltageMeasurementPeriod", "AvgRMSOverVoltageCounter",
            "AvgRMSUnderVoltageCounter",
        ],
        ["6.8"] = ["BillingCalendar"],
        ["6.27"] = ["AvgRMSOverVoltageCounter", "AvgRMSUnderVoltageCounter"],
        ["7.3"] = ["ArmSupply"],
        ["7.5"] = ["ActivateALCSHCALCS", "Duration"],
        ["7.6"] = ["DeactivateALCSHCALCS", "Duration"],
        ["7.8"] = ["ResetALCSHCALCS"],
        ["7.9"] = BoostControls,
        ["7.10"] = BoostControls,
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
