using System.Globalization;

namespace DeviceHarness.Agent.Tests.Rig;

/// <summary>Every read of a profile with every element that it may have. What the objects are does not matter here.</summary>
internal static class ProfileReadsSample
{
    private static readonly string[] Elements =
    [
        "2.2 TokenStatus",
        "4.2 ActiveExportRegister ReactiveExportRegister",
        "4.3 EmergencyCreditBalance AccumulatedDebtRegister PaymentDebtRegister TimeDebtRegister1 TimeDebtRegister2 " +
            "MeterBalance",
        "4.6.2 log ActiveExportRegisterValue",
        "4.8.1 log PrimaryValue SecondaryValue",
        "4.8.2 log ReactiveEnergyImportedValue",
        "4.8.3 log ActiveEnergyExportedValue ReactiveEnergyExportedValue",
        "4.10 log Value AvgRMSOverVoltageCounter AvgRMSUnderVoltageCounter",
        "4.11.1 PrimaryActiveTariffPrice CurrencyUnitsLabel StandingCharge StandingChargeScale PriceScale Prices " +
            "DayProfiles WeekProfiles Seasons SpecialDays Thresholds1 Thresholds2 Thresholds3 Thresholds4 Thresholds5 " +
            "Thresholds6 Thresholds7 Thresholds8",
        "4.13 DebtRecoveryPerPayment DebtRecoveryRateCap DisablementThreshold EmergencyCreditLimit " +
            "EmergencyCreditThreshold LowCreditThreshold CreditMaxCreditThreshold MaxCreditMaxMeterBalance " +
            "SuspendDebtDisabled SuspendDebtEmergency PaymentMode ElectricitySpecialDays " +
            "ElectricityNonDisablementSchedule DebtRecoveryRate1 DebtRecoveryRatePriceScale1 DebtRecoveryRatePeriod1 " +
            "DebtRecoveryRate2 DebtRecoveryRatePriceScale2 DebtRecoveryRatePeriod2",
        "4.14 log AccumulatedDebtRegister EmergencyCreditBalance MeterBalance PaymentDebtRegister TimeDebtRegisters1 " +
            "TimeDebtRegisters2",
        "4.15 LoadLimitCounterValue LoadLimitPowerThreshold LoadLimitPeriod LoadLimitRestorationPeriod " +
            "LoadLimitSupplyState",
        "4.16 ActivePowerImport PrimaryActivePowerImportValue",
        "4.17 log Value",
        "4.18 MeterBalance",
        "6.2.1 AverageRMSOverVoltageThreshold AverageRMSUnderVoltageThreshold RMSExtremeOverVoltageMeasurementPeriod " +
            "RMSExtremeOverVoltageThreshold RMSExtremeUnderVoltageMeasurementPeriod RMSExtremeUnderVoltageThreshold " +
            "RMSVoltageSagMeasurementPeriod RMSVoltageSagThreshold RMSVoltageSwellMeasurementPeriod " +
            "RMSVoltageSwellThreshold",
        "6.2.2 RandomisedOffset RandomisedOffsetNumber RandomisedOffsetLimit",
        "6.2.3 BillingCalendar",
        "6.2.4 DeviceIdentifier ModelType ManufacturerIdentifier SupplyTamperState MeterVariant",
        "6.2.5 LowMediumPowerThreshold MediumHighPowerThreshold",
        "6.2.7 ImportMPAN SecondaryImportMPAN ExportMPAN",
        "6.2.9 PaymentMode SuspendDebtEmergency SuspendDebtDisabled",
        "7.7 Description1 Description2 Description3 Description4 Description5 State1 State2 State3 State4 State5 " +
            "ALCSHCALCSSpecialDays ALCSScheduler",
        "7.11 BoostFunctionAvailability BoostFunctionControl1Value BoostFunctionControl2Value " +
            "BoostFunctionControl3Value BoostFunctionControl4Value BoostFunctionControl5Value",
    ];

    /// <summary>The reads as JSON; each form of a value and of a selection is in it.</summary>
    public static string Text { get; } = $"{{ {string.Join(",\n", Elements.Select(Read))} }}";

    private static string Read(string line, int index)
    {
        string[] words = line.Split(' ');
        string selection = index % 2 == 0 ? "range" : "entry";
        IEnumerable<string> values = words.Skip(1).Select(element => element switch
        {
            "log" => $$"""{ "class": 7, "name": "0-0:98.1.9.255", "selection": "{{selection}}" }""",
            "ALCSScheduler" => """{ "class": 10, "name": "0-0:12.0.2.255", "attribute": 2, "scripts": { "11": "1 on" } }""",
            _ => """{ "class": 3, "name": "1-0:1.8.0.255", "attribute": 2, "unit": "Wh", "part": "3.1" }""",
        });
        IEnumerable<string> members = words.Skip(1).Zip(values, (element, value) => $"\"{element}\": {value}");
        return string.Create(CultureInfo.InvariantCulture, $"\"{words[0]}\": {{ {string.Join(", ", members)} }}");
    }
}
