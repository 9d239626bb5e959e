using System.Collections.Frozen;

namespace DeviceHarness.Drivers.Profiles;

/// <summary>Which values a profile may name for a read: the elements of the answer, and <see cref="Log"/>;
/// for a top-up what the device says became of it.</summary>
internal static class ReadFields
{
    /// <summary>The log that a read takes its rows from.</summary>
    internal const string Log = "log";

    /// <summary>The schedule of auxiliary loads, whose scripts the profile tells apart.</summary>
    internal const string Schedule = "ALCSScheduler";

    /// <summary>The special days of that schedule.</summary>
    internal const string ScheduleSpecialDays = "ALCSHCALCSSpecialDays";

    /// <summary>The values, by variant.</summary>
    internal static FrozenDictionary<string, string[]> ByVariant { get; } = new Dictionary<string, string[]>
    {
        ["2.2"] = ["TokenStatus"],
        ["4.2"] = ["ActiveExportRegister", "ReactiveExportRegister"],
        ["4.3"] =
        [
            "EmergencyCreditBalance", "AccumulatedDebtRegister", "PaymentDebtRegister", "TimeDebtRegister1", "TimeDebtRegister2",
            "MeterBalance",
        ],
        ["4.6.2"] = [Log, "ActiveExportRegisterValue"],
        ["4.8.1"] = [Log, "PrimaryValue", "SecondaryValue"],
        ["4.8.2"] = [Log, "ReactiveEnergyImportedValue"],
        ["4.8.3"] = [Log, "ActiveEnergyExportedValue", "ReactiveEnergyExportedValue"],
        ["4.10"] = [Log, "Value", "AvgRMSOverVoltageCounter", "AvgRMSUnderVoltageCounter"],
        ["4.11.1"] =
        [
            "PrimaryActiveTariffPrice", "CurrencyUnitsLabel", "StandingCharge", "StandingChargeScale", "PriceScale", "Prices",
            "DayProfiles", "WeekProfiles", "Seasons", "SpecialDays", "Thresholds1", "Thresholds2", "Thresholds3", "Thresholds4",
            "Thresholds5", "Thresholds6", "Thresholds7", "Thresholds8",
        ],
        ["4.13"] =
        [
            "DebtRecoveryPerPayment", "DebtRecoveryRateCap", "DisablementThreshold", "EmergencyCreditLimit", "EmergencyCreditThreshold",
            "LowCreditThreshold", "CreditMaxCreditThreshold", "MaxCreditMaxMeterBalance", "SuspendDebtDisabled",
            "SuspendDebtEmergency", "PaymentMode", "ElectricitySpecialDays", "ElectricityNonDisablementSchedule", "DebtRecoveryRate1",
            "DebtRecoveryRatePriceScale1", "DebtRecoveryRatePeriod1", "DebtRecoveryRate2", "DebtRecoveryRatePriceScale2",
            "DebtRecoveryRatePeriod2",
        ],
        ["4.14"] =
        [
            Log, "AccumulatedDebtRegister", "EmergencyCreditBalance", "MeterBalance", "PaymentDebtRegister", "TimeDebtRegisters1",
            "TimeDebtRegisters2",
        ],
        ["4.15"] =
        [
            "LoadLimitCounterValue", "LoadLimitPowerThreshold", "LoadLimitPeriod", "LoadLimitRestorationPeriod", "LoadLimitSupplyState",
        ],
        ["4.16"] = ["ActivePowerImport", "PrimaryActivePowerImportValue"],
        ["4.17"] = [Log, "Value"],
        ["4.18"] = ["MeterBalance"],
        ["6.2.1"] =
        [
            "AverageRMSOverVoltageThreshold", "AverageRMSUnderVoltageThreshold",
            "RMSExtremeOverVoltageMeasurementPeriod", "RMSExtremeOverVoltageThreshold",
            "RMSExtremeUnderVoltageMeasurementPeriod", "RMSExtremeUnderVoltageThreshold",
            "RMSVoltageSagMeasurementPeriod", "RMSVoltageSagThreshold",
            "RMSVoltageSwellMeasurementPeriod", "RMSVoltageSwellThreshold",
        ],
        ["6.2.2"] = ["RandomisedOffset", "RandomisedOffsetNumber", "RandomisedOffsetLimit"],
        ["6.2.3"] = ["BillingCalendar"],
        ["6.2.4"] = ["DeviceIdentifier", "ModelType", "ManufacturerIdentifier", "SupplyTamperState", "MeterVariant"],
        ["6.2.5"] = ["LowMediumPowerThreshold", "MediumHighPowerThreshold"],
        ["6.2.7"] = ["ImportMPAN", "SecondaryImportMPAN", "ExportMPAN"],
        ["6.2.9"] = ["PaymentMode", "SuspendDebtEmergency", "SuspendDebtDisabled"],
        ["7.7"] =
        [
            "Description1", "Description2", "Description3", "Description4", "Description5",
            "State1", "State2", "State3", "State4", "State5", ScheduleSpecialDays, Schedule,
        ],
        ["7.11"] =
        [
            "BoostFunctionAvailability", "BoostFunctionControl1Value", "BoostFunctionControl2Value", "BoostFunctionControl3Value",
            "BoostFunctionControl4Value", "BoostFunctionControl5Value",
        ],
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
