namespace DeviceHarness.Agent.Tests.Rig;

/// <summary>Every read of a profile with every element that it may have. What the objects are does not matter here.</summary>
internal static class ProfileReadsSample
{
    public const string Text = """
        {
          "4.2": {
            "ActiveExportRegister": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2, "unit": "Wh", "part": "3.1" },
            "ReactiveExportRegister": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 }
          },
          "4.3": {
            "EmergencyCreditBalance": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "AccumulatedDebtRegister": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "PaymentDebtRegister": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "TimeDebtRegister1": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "TimeDebtRegister2": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "MeterBalance": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 }
          },
          "4.6.2": {
            "log": { "class": 7, "name": "0-0:98.1.9.255", "selection": "entry" },
            "ActiveExportRegisterValue": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 }
          },
          "4.8.1": {
            "log": { "class": 7, "name": "0-0:98.1.9.255", "selection": "range" },
            "PrimaryValue": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "SecondaryValue": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 }
          },
          "4.8.2": {
            "log": { "class": 7, "name": "0-0:98.1.9.255", "selection": "entry" },
            "ReactiveEnergyImportedValue": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 }
          },
          "4.8.3": {
            "log": { "class": 7, "name": "0-0:98.1.9.255", "selection": "range" },
            "ActiveEnergyExportedValue": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "ReactiveEnergyExportedValue": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 }
          },
          "4.10": {
            "log": { "class": 7, "name": "0-0:98.1.9.255", "selection": "entry" },
            "Value": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "AvgRMSOverVoltageCounter": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "AvgRMSUnderVoltageCounter": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 }
          },
          "4.14": {
            "log": { "class": 7, "name": "0-0:98.1.9.255", "selection": "range" },
            "AccumulatedDebtRegister": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "EmergencyCreditBalance": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "MeterBalance": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "PaymentDebtRegister": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "TimeDebtRegisters1": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "TimeDebtRegisters2": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 }
          },
          "4.15": {
            "LoadLimitCounterValue": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "LoadLimitPowerThreshold": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "LoadLimitPeriod": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "LoadLimitRestorationPeriod": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "LoadLimitSupplyState": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 }
          },
          "4.16": {
            "ActivePowerImport": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "PrimaryActivePowerImportValue": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 }
          },
          "4.17": {
            "log": { "class": 7, "name": "0-0:98.1.9.255", "selection": "entry" },
            "Value": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 }
          },
          "4.18": {
            "MeterBalance": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 }
          },
          "6.2.1": {
            "AverageRMSOverVoltageThreshold": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "AverageRMSUnderVoltageThreshold": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "RMSExtremeOverVoltageMeasurementPeriod": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "RMSExtremeOverVoltageThreshold": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "RMSExtremeUnderVoltageMeasurementPeriod": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "RMSExtremeUnderVoltageThreshold": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "RMSVoltageSagMeasurementPeriod": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "RMSVoltageSagThreshold": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "RMSVoltageSwellMeasurementPeriod": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "RMSVoltageSwellThreshold": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 }
          },
          "6.2.2": {
            "RandomisedOffset": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "RandomisedOffsetNumber": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "RandomisedOffsetLimit": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 }
          },
          "6.2.4": {
            "DeviceIdentifier": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "ModelType": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "ManufacturerIdentifier": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "SupplyTamperState": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "MeterVariant": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 }
          },
          "6.2.5": {
            "LowMediumPowerThreshold": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "MediumHighPowerThreshold": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 }
          },
          "6.2.7": {
            "ImportMPAN": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "SecondaryImportMPAN": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "ExportMPAN": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 }
          },
          "6.2.9": {
            "PaymentMode": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "SuspendDebtEmergency": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "SuspendDebtDisabled": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 }
          },
          "7.7": {
            "Description1": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "Description2": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "Description3": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "Description4": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "Description5": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "State1": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "State2": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "State3": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "State4": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "State5": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 }
          },
          "7.11": {
            "BoostFunctionAvailability": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "BoostFunctionControl1Value": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "BoostFunctionControl2Value": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "BoostFunctionControl3Value": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "BoostFunctionControl4Value": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 },
            "BoostFunctionControl5Value": { "class": 3, "name": "1-0:1.8.0.255", "attribute": 2 }
          }
        }
        """;
}
