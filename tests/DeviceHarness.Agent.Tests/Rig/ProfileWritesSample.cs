using System.Globalization;

namespace DeviceHarness.Agent.Tests.Rig;

/// <summary>Every request of a profile's writes with every value that it may have. What the objects are does not matter here.</summary>
internal static class ProfileWritesSample
{
    private static readonly string[] Values =
    [
        "1.1.1 CurrencyUnits DayProfiles WeekProfiles Seasons SpecialDays Thresholds1 Thresholds2 Thresholds3 " +
            "Thresholds4 Thresholds5 Thresholds6 Thresholds7 Thresholds8 Prices StandingCharge CalendarTime PricesTime " +
            "StandingChargeTime ActivateCalendar ActivatePrices ActivateStandingCharge",
        "1.2.1 Prices StandingCharge PricesTime StandingChargeTime ActivatePrices ActivateStandingCharge",
        "1.5 AdjustMeterBalance ResetMeterBalance",
        "1.6 SuspendDebtDisabled SuspendDebtEmergency DisablementThreshold PaymentMode PaymentModeTime " +
            "ActivatePaymentMode",
        "2.1 DebtRecoveryRateCap EmergencyCreditLimit EmergencyCreditThreshold LowCreditThreshold " +
            "ElectricitySpecialDays ElectricityNonDisablementSchedule MaxMeterBalance MaxCreditThreshold",
        "2.2 UTRN",
        "2.3 DebtRecoveryRate1 DebtRecoveryRatePeriod1 DebtRecoveryRate2 DebtRecoveryRatePeriod2 " +
            "DebtRecoveryPerPayment TimeDebtRegister1 TimeDebtRegister2 PaymentDebtRegister",
        "2.5 ActivateEmergencyCredit",
        "3.1 SupplierMessage",
        "3.2 RestrictionDateTime",
        "3.3 ESME ALCS",
        "6.4.1 LoadLimitPeriod LoadLimitPowerThreshold LoadLimitRestorationPeriod LoadLimitSupplyState",
        "6.4.2 LoadLimitCounter",
        "6.5 RMSExtremeOverVoltageMeasurementPeriod RMSExtremeOverVoltageThreshold " +
            "RMSExtremeUnderVoltageMeasurementPeriod RMSExtremeUnderVoltageThreshold RMSVoltageSagMeasurementPeriod " +
            "RMSVoltageSagThreshold RMSVoltageSwellMeasurementPeriod RMSVoltageSwellThreshold " +
            "AverageRMSOverVoltageThreshold AverageRMSUnderVoltageThreshold AverageRMSVoltageMeasurementPeriod " +
            "AvgRMSOverVoltageCounter AvgRMSUnderVoltageCounter",
        "6.8 BillingCalendar",
        "6.27 AvgRMSOverVoltageCounter AvgRMSUnderVoltageCounter",
        "7.3 ArmSupply",
        "7.5 ActivateALCSHCALCS Duration",
        "7.6 DeactivateALCSHCALCS Duration",
        "7.8 ResetALCSHCALCS",
        "7.9 BoostFunctionControl1 BoostFunctionControl2 BoostFunctionControl3 BoostFunctionControl4 " +
            "BoostFunctionControl5",
        "7.10 BoostFunctionControl1 BoostFunctionControl2 BoostFunctionControl3 BoostFunctionControl4 " +
            "BoostFunctionControl5",
    ];

    private static readonly string[] Forms =
    [
        """{ "class": 3, "name": "1-0:1.8.0.255", "attribute": 2, "form": "structure{enum value, enum 1}", "words": { "Credit": 1 } }""",
        """{ "class": 9, "name": "0-0:10.0.106.255", "method": 1, "script": "0-0:10.0.100.255", "early": true }""",
        "\"left out\"",
        "\"always GBP\"",
    ];

    /// <summary>The writes as JSON; each form of a value is in it.</summary>
    public static string Text { get; } = $"{{ {string.Join(",\n", Values.Select(Write))} }}";

    private static string Write(string line)
    {
        string[] words = line.Split(' ');
        IEnumerable<string> members = words.Skip(1).Select((value, index) => $"\"{value}\": {Forms[index % Forms.Length]}");
        return string.Create(CultureInfo.InvariantCulture, $"\"{words[0]}\": {{ {string.Join(", ", members)} }}");
    }
}
