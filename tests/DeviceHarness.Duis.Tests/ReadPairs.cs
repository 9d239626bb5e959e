using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Auxiliary;
using DeviceHarness.Duis.Bodies.Configuration;
using DeviceHarness.Duis.Bodies.Logs;
using DeviceHarness.Duis.Bodies.Network;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Bodies.Tariff;

namespace DeviceHarness.Duis.Tests;

/// <summary>Reads of meters with their answers.</summary>
internal static class ReadPairs
{
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly CalendarDate Any = new(null, null, null, null);
    private static readonly Eui64 Meter = Eui64.Parse("90-B3-D5-1F-30-00-00-A0");

    /// <summary>Each read with an answer that has all values that it can have.</summary>
    internal static IEnumerable<(SrvRequestBody Request, SrvResponseBody Response)> All()
    {
        ReadLogPeriod period = new(Now.AddDays(-1), Now);
        yield return (new ReadInstantaneousExportRegisters(Now), new ReadInstantaneousExportRegistersRsp
        {
            ActiveExportRegister = new(1),
            ReactiveExportRegister = new(2),
        });
        yield return (new ReadInstantaneousPrepayValues(Now), new ReadInstantaneousPrepayValuesRsp
        {
            EmergencyCreditBalance = 1,
            AccumulatedDebtRegister = 2,
            PaymentDebtRegister = 3,
            TimeDebtRegister1 = 4,
            TimeDebtRegister2 = 5,
            MeterBalance = -6,
        });
        yield return (new RetrieveExportDailyReadLog(period, Now), new RetrieveExportDailyReadLogRsp { Entries = [new(Now, 1)] });
        yield return (new ReadActiveImportProfileData(period, Now), new ReadActiveImportProfileDataRsp
        {
            Entries = [new(Now, 1, 2), new(null, null)],
        });
        yield return (new ReadReactiveImportProfileData(period), new ReadReactiveImportProfileDataRsp { Entries = [new(Now, 1)] });
        yield return (new ReadExportProfileData(period), new ReadExportProfileDataRsp { Entries = [new(Now, 1, 2)] });
        yield return (new ReadNetworkData(period), new ReadNetworkDataRsp
        {
            AvgRmsOverVoltageCounter = 1,
            AvgRmsUnderVoltageCounter = 2,
            Entries = [new(Now, 239.5m)],
            MeasurementPeriod = 1800,
        });
        yield return (new ReadPrepaymentDailyReadLog(period), new ReadPrepaymentDailyReadLogRsp
        {
            Entries = [new(Now, 1, 2, -3, 4, 5, 6)],
        });
        yield return (new RetrieveDailyConsumptionLog(period), new RetrieveDailyConsumptionLogRsp { Entries = [new(Now, 1)] });
        yield return (new ReadLoadLimitData(Now), new ReadLoadLimitDataRsp
        {
            LoadLimitCounterValue = 1,
            LoadLimitPowerThreshold = 2,
            LoadLimitPeriod = 3,
            LoadLimitRestorationPeriod = 4,
            LoadLimitSupplyState = LoadLimitSupplyState.Disable,
        });
        yield return (new ReadActivePowerImport(), new ReadActivePowerImportRsp
        {
            ActivePowerImport = 1,
            PrimaryActivePowerImportValue = 2,
        });
        yield return (new ReadMeterBalance(Now), new ReadMeterBalanceRsp { MeterBalance = -1, GasMeterBalancePrepaymentMode = 2 });
        yield return (new ReadBoostButtonDetails(period), new ReadBoostButtonDetailsRsp
        {
            Events = [new(Now.AddHours(-1), Now)],
            BoostFunctionAvailability = true,
            BoostFunctionControlValues = [true, null, false],
        });
        foreach ((SrvRequestBody, SrvResponseBody) pair in ConfigurationPairs().Concat(AuxiliaryPairs()).Concat(GasLogPairs(period)))
        {
            yield return pair;
        }
    }

    private static IEnumerable<(SrvRequestBody Request, SrvResponseBody Response)> GasLogPairs(ReadLogPeriod period)
    {
        yield return (new ReadActiveImportProfileData(period), new ReadActiveImportProfileDataRsp
        {
            Entries = [new(Now, null) { IsGas = true, GasValue = 1.8m }, new(Now.AddMinutes(30), null) { IsGas = true }],
        });
        yield return (new ReadNetworkData(period), new ReadNetworkDataRsp { GasEntries = [new(Now, 0.36m), new(Now.AddMinutes(6), null)] });
        yield return (new ReadNetworkData(period), new ReadNetworkDataRsp { GasEntries = [] });
        yield return (new RetrieveDailyConsumptionLog(period), new RetrieveDailyConsumptionLogRsp
        {
            IsGas = true,
            Entries = [new(Now, 86.4m), new(Now.AddDays(1), null)],
        });
        yield return (new RetrieveDailyConsumptionLog(period), new RetrieveDailyConsumptionLogRsp { IsGas = true });
    }

    private static IEnumerable<(SrvRequestBody Request, SrvResponseBody Response)> AuxiliaryPairs()
    {
        yield return (new ReadALCSData(Now), new ReadALCSDataRsp { Switches = [new(1, "HEATER", true), new(5)] });
        yield return (new ReadALCSData(Now), new ReadALCSDataRsp { Calendar = new AuxiliaryLoadCalendar([], []) });
        yield return (new ReadALCSData(Now), new ReadALCSDataRsp
        {
            Switches = [new(1, "HEATER", true)],
            Calendar = new AuxiliaryLoadCalendar(
                [
                    new AuxiliaryLoadSpecialDay(1, new CalendarDate(2027, 12, 25, null)),
                    new AuxiliaryLoadSpecialDay(2, new CalendarDate(null, null, CalendarDate.LastDay, 7)),
                ],
                [
                    new AuxiliaryLoadSwitchTime(1, true, [], [DayOfWeek.Monday], new TimeOnly(0, 30), Any, Any),
                    new AuxiliaryLoadSwitchTime(
                        5, false, [1, 2], [], new TimeOnly(4, 30, 15), new CalendarDate(null, 6, 21, null),
                        new CalendarDate(2027, 9, 21, null)),
                ]),
        });
    }

    private static IEnumerable<(SrvRequestBody Request, SrvResponseBody Response)> ConfigurationPairs()
    {
        yield return (new ReadDeviceConfigurationVoltage(), new ReadDeviceConfigurationVoltageRsp
        {
            AverageRmsOverVoltageThreshold = 2530,
            AverageRmsUnderVoltageThreshold = 2160,
            RmsExtremeOverVoltageMeasurementPeriod = 1,
            RmsExtremeOverVoltageThreshold = 2760,
            RmsExtremeUnderVoltageMeasurementPeriod = 2,
            RmsExtremeUnderVoltageThreshold = 1800,
            RmsVoltageSagMeasurementPeriod = 3,
            RmsVoltageSagThreshold = 2000,
            RmsVoltageSwellMeasurementPeriod = 4,
            RmsVoltageSwellThreshold = 2650,
        });
        yield return (new ReadDeviceConfigurationRandomisation(), new ReadDeviceConfigurationRandomisationRsp
        {
            RandomisedOffset = 1,
            RandomisedOffsetNumber = 2,
            RandomisedOffsetLimit = 3,
        });
        yield return (new ReadDeviceConfigurationIdentityExcMPxN(), new ReadDeviceConfigurationIdentityExcMPxNRsp
        {
            DeviceIdentifier = Meter,
            ModelType = "MODEL-12",
            ManufacturerIdentifier = "MAKER",
            SupplyTamperState = SupplyTamperState.Locked,
            MeterVariant = "A",
        });
        yield return (new ReadDeviceConfigurationBillingCalendar(), new ReadDeviceConfigurationDataBillingCalendarRsp());
        foreach (BillingCalendar calendar in (BillingCalendar[])
            [
                new(new TimeOnly(0, 0), BillingPeriodicity.Daily), new(new TimeOnly(6, 30), BillingPeriodicity.Weekly, 7),
                new(new TimeOnly(0, 0), BillingPeriodicity.SixMonthly, 28, 4),
            ])
        {
            yield return (
                new ReadDeviceConfigurationBillingCalendar(), new ReadDeviceConfigurationDataBillingCalendarRsp { Calendar = calendar });
        }

        yield return (new ReadDeviceConfigurationInstantaneousPowerThresholds(), new ReadDeviceConfigurationInstantaneousPowerThresholdsRsp
        {
            LowMediumPowerThreshold = 1000,
            MediumHighPowerThreshold = 3000,
        });
        yield return (new ReadDeviceConfigurationMPxN(), new ReadDeviceConfigurationMPxNRsp
        {
            ImportMpan = "1200001234567",
            SecondaryImportMpan = "1200001234568",
            ExportMpan = "1200001234569",
        });
        yield return (new ReadDeviceConfigurationPaymentMode(), new ReadDeviceConfigurationPaymentModeRsp
        {
            PaymentMode = PaymentMode.Prepayment,
            SuspendDebtEmergency = true,
            SuspendDebtDisabled = false,
        });
    }
}
