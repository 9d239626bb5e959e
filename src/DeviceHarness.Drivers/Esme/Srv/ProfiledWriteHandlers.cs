using DeviceHarness.Drivers.Esme.Reads;
using DeviceHarness.Drivers.Esme.Writes;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>The handlers of requests that change a device at objects that the profile names.</summary>
internal static class ProfiledWriteHandlers
{
    /// <summary>One handler of each.</summary>
    internal static IReadOnlyList<SrvHandler> Of(WriteObjects objects, ReadObjects reads) =>
    [
        new UpdateImportTariffPrimaryElementHandler(objects),
        new UpdatePricePrimaryElementHandler(objects),
        new UpdateMeterBalanceHandler(objects),
        new UpdatePaymentModeHandler(objects),
        new UpdatePrepayConfigurationHandler(objects),
        new TopUpDeviceHandler(objects, reads),
        new UpdateDebtHandler(objects),
        new ActivateEmergencyCreditHandler(objects),
        new DisplayMessageHandler(objects),
        new RestrictAccessForChangeOfTenancyHandler(objects),
        new ClearEventLogHandler(objects),
        new UpdateLoadLimitHandler(objects),
        new ResetLoadLimitCounterHandler(objects),
        new UpdateVoltageHandler(objects),
        new UpdateBillingCalendarHandler(objects),
        new ResetVoltageCountersHandler(objects),
        new ArmSupplyHandler(objects),
        new ActivateAuxiliaryLoadHandler(objects),
        new DeactivateAuxiliaryLoadHandler(objects),
        new ResetAuxiliaryLoadHandler(objects),
        new AddAuxiliaryLoadToBoostButtonHandler(objects),
        new RemoveAuxiliaryLoadFromBoostButtonHandler(objects),
    ];
}
