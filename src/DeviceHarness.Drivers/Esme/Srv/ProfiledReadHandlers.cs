using DeviceHarness.Drivers.Esme.Reads;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>The handlers of reads whose objects the profile names.</summary>
internal static class ProfiledReadHandlers
{
    /// <summary>One handler of each.</summary>
    internal static IReadOnlyList<SrvHandler> Of(ReadObjects objects) =>
    [
        new ReadInstantaneousExportRegistersHandler(objects),
        new ReadInstantaneousPrepayValuesHandler(objects),
        new RetrieveExportDailyReadLogHandler(objects),
        new ReadActiveImportProfileDataHandler(objects),
        new ReadReactiveImportProfileDataHandler(objects),
        new ReadExportProfileDataHandler(objects),
        new ReadNetworkDataHandler(objects),
        new ReadTariffPrimaryElementHandler(objects),
        new ReadPrepaymentConfigurationHandler(objects),
        new ReadPrepaymentDailyReadLogHandler(objects),
        new ReadLoadLimitDataHandler(objects),
        new ReadActivePowerImportHandler(objects),
        new RetrieveDailyConsumptionLogHandler(objects),
        new ReadMeterBalanceHandler(objects),
        new ReadDeviceConfigurationVoltageHandler(objects),
        new ReadDeviceConfigurationRandomisationHandler(objects),
        new ReadDeviceConfigurationBillingCalendarHandler(objects),
        new ReadDeviceConfigurationIdentityExcMPxNHandler(objects),
        new ReadDeviceConfigurationInstantaneousPowerThresholdsHandler(objects),
        new ReadDeviceConfigurationMPxNHandler(objects),
        new ReadDeviceConfigurationPaymentModeHandler(objects),
        new ReadALCSDataHandler(objects),
        new ReadBoostButtonDetailsHandler(objects),
    ];
}
