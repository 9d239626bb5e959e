using DeviceHarness.Agent.Tests.Firmware;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Auxiliary;
using DeviceHarness.Duis.Bodies.Clock;
using DeviceHarness.Duis.Bodies.Configuration;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Bodies.Logs;
using DeviceHarness.Duis.Bodies.Network;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Bodies.Tariff;
using DeviceHarness.Duis.Service;
using DeviceHarness.Virtual.Prepayment;

namespace DeviceHarness.Agent.Tests.Served;

/// <summary>The table of all that an electricity meter is asked.</summary>
internal static class ServedRequests
{
    private const string Serial = "26E0000001";
    private const string TokenKey = "virtual-esme-01";

    private static readonly Eui64 Meter = Eui64.Parse("90-B3-D5-1F-30-00-00-A0");
    private static readonly ValueList<bool> FirstLoad = [true, false, false, false, false];

    private static readonly DebtRecovery Recovery = new(11, -5, DebtRecoveryPeriod.Daily);

    /// <summary>By variant.</summary>
    public static IReadOnlyDictionary<string, ServedRequest> All { get; } = new Dictionary<string, ServedRequest>
    {
        ["1.1.1"] = Change(Undo.UndoRoundTripTests.Tariff),
        ["1.2.1"] = Change(new UpdatePricePrimaryElement(Undo.UndoRoundTripTests.Tariff.Prices)),
        ["1.5"] = Change(new UpdateMeterBalance(BalanceMode.PrepaymentMode, 1_000)),
        ["1.6"] = Change(new UpdatePaymentMode(Prepayment: null)),
        ["2.1"] = Change(new UpdatePrepayConfiguration(
            0, 700_000, 200_000, 300_000, new NonDisablementCalendar([], []), 9_000_000, 8_000_000)),
        ["2.2"] = Change((_, number) => new TopUpDevice(new Utrn(100, number).Write(Serial, TokenKey))) with
        {
            Repeated = DeviceOutcomeKind.Refused,
        },
        ["2.3"] = Change(new UpdateDebt(5_000, 600, 70, 1_234, Recovery, Recovery)),
        ["2.5"] = Change(new ActivateEmergencyCredit()) with { Repeated = DeviceOutcomeKind.Refused },
        ["3.1"] = Change(new DisplayMessage("call us")),
        ["3.2"] = Change((bench, _) => new RestrictAccessForChangeOfTenancy(bench.Now)),
        ["3.3"] = Change(new ClearEventLog()),
        ["4.1.1"] = Read(new ReadInstantaneousImportRegisters()),
        ["4.2"] = Read(new ReadInstantaneousExportRegisters()),
        ["4.3"] = Read(new ReadInstantaneousPrepayValues()),
        ["4.6.1"] = OfPeriod(period => new RetrieveImportDailyReadLog(period)),
        ["4.6.2"] = OfPeriod(period => new RetrieveExportDailyReadLog(period)),
        ["4.8.1"] = OfPeriod(period => new ReadActiveImportProfileData(period)),
        ["4.8.2"] = OfPeriod(period => new ReadReactiveImportProfileData(period)),
        ["4.8.3"] = OfPeriod(period => new ReadExportProfileData(period)),
        ["4.10"] = OfPeriod(period => new ReadNetworkData(period)),
        ["4.11.1"] = Read(new ReadTariffPrimaryElement()),
        ["4.13"] = Read(new ReadPrepaymentConfiguration()),
        ["4.14"] = OfPeriod(period => new ReadPrepaymentDailyReadLog(period)),
        ["4.15"] = Read(new ReadLoadLimitData()),
        ["4.16"] = Read(new ReadActivePowerImport()),
        ["4.17"] = OfPeriod(period => new RetrieveDailyConsumptionLog(period)),
        ["4.18"] = Read(new ReadMeterBalance()),
        ["6.2.1"] = Read(new ReadDeviceConfigurationVoltage()),
        ["6.2.2"] = Read(new ReadDeviceConfigurationRandomisation()),
        ["6.2.3"] = Read(new ReadDeviceConfigurationBillingCalendar()),
        ["6.2.4"] = OfIdentity(new ReadDeviceConfigurationIdentityExcMPxN()),
        ["6.2.5"] = Read(new ReadDeviceConfigurationInstantaneousPowerThresholds()),
        ["6.2.7"] = OfIdentity(new ReadDeviceConfigurationMPxN()),
        ["6.2.9"] = Read(new ReadDeviceConfigurationPaymentMode()),
        ["6.4.1"] = Change(new UpdateDeviceConfigurationLoadLimitingGeneralSettings(45, 9_000, 700, LoadLimitSupplyState.Unchanged)),
        ["6.4.2"] = Change(new UpdateDeviceConfigurationLoadLimitingCounterReset()),
        ["6.5"] = Change(new UpdateDeviceConfigurationVoltage(Undo.UndoRoundTripTests.Voltage, AreCountersReset: false)),
        ["6.8"] = Change(new UpdateDeviceConfigurationBillingCalendar(
            new BillingCalendar(new TimeOnly(0, 0), BillingPeriodicity.Monthly, 1))),
        ["6.11"] = Change((bench, _) => new SynchroniseClock(bench.Now, 10)),
        ["6.13"] = OfPeriod(period => new ReadEventOrSecurityLog(period, EventLog.Event)),
        ["6.27"] = Change(new UpdateDeviceConfigurationRMSVoltageCounterReset()),
        ["7.1"] = Change(new EnableSupply()),
        ["7.2"] = Change(new DisableSupply()),
        ["7.3"] = Change(new ArmSupply()),
        ["7.4"] = Read(new ReadSupplyStatus()),
        ["7.5"] = Change(new ActivateAuxiliaryLoad(1, 60)),
        ["7.6"] = Change(new DeactivateAuxiliaryLoad(1, 60)),
        ["7.7"] = Read(new ReadALCSData()),
        ["7.8"] = Change(new ResetAuxiliaryLoad(1)),
        ["7.9"] = Change(new AddAuxiliaryLoadToBoostButton(FirstLoad)),
        ["7.10"] = Change(new RemoveAuxiliaryLoadFromBoostButton(FirstLoad)),
        ["7.11"] = OfPeriod(period => new ReadBoostButtonDetails(period)),
        ["8.1.1"] = Change((bench, _) => new CommissionDeviceSynchroniseClock(bench.Now, 10)),
        ["11.1"] = Change((_, number) => Update(number)),
        ["11.2"] = OfIdentity(new ReadFirmwareVersion()),
        ["11.3"] = Change((_, number) => new ActivateFirmware(ImageOf(number).Hash)) with
        {
            Refused = RefusedTo.WhoBroughtNoImage,
            Code = 1,
            Before = (bench, number) => bench.RunAsync(Update(number)),
            Repeated = DeviceOutcomeKind.Refused,
        },
    };

    private static ServedRequest Change(SrvRequestBody body) => Change((_, _) => body);

    private static ServedRequest Change(Func<ServedBench, int, SrvRequestBody> make) =>
        new(make) { Changes = true, Refused = RefusedTo.WhoAsksForAnother, Code = 4 };

    private static ServedRequest Read(SrvRequestBody body) => new((_, _) => body);

    private static ServedRequest OfPeriod(Func<ReadLogPeriod, SrvRequestBody> make) =>
        new((bench, _) => make(new ReadLogPeriod(bench.Now.AddDays(-3), bench.Now.AddDays(-2))));

    /// <summary>What every client may read: the meter refuses it only by lacking it.</summary>
    private static ServedRequest OfIdentity(SrvRequestBody body) =>
        Read(body) with { Refused = RefusedTo.WhoAsksForAnother, Code = 4 };

    private static FirmwareImage ImageOf(int number) => TestImage.Of(200, $"4.3.{number}");

    private static UpdateFirmware Update(int number) => new(ImageOf(number), $"4.3.{number}", [Meter]);
}
