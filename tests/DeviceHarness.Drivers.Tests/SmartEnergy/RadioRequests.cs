using DeviceHarness.Drivers.Tests.ZigBeeAdapter.Ota;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Clock;
using DeviceHarness.Duis.Bodies.Configuration;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Bodies.Logs;
using DeviceHarness.Duis.Bodies.Network;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Bodies.Tariff;

namespace DeviceHarness.Drivers.Tests.SmartEnergy;

/// <summary>A request of each variant that the drivers of gas meters, their proxies and displays serve.</summary>
internal static class RadioRequests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);
    private static readonly ReadLogPeriod LastDays = new(Now.AddDays(-2), Now);
    private static readonly ValueList<TariffWeek> Weeks = [new TariffWeek(1, [1, 1, 1, 1, 1, 1, 1])];
    private static readonly ValueList<GasSeason> Seasons = [new GasSeason(new CalendarDate(null, 1, 1, null), 1)];
    private static readonly GasPrices Prices = new("GBP", 30_000, [new GasPrice(1, 7000)], NumberOfThresholds: null);
    private static readonly GasDebtRecovery Recovery = new(11, DebtRecoveryPeriod.Daily);
    private static readonly GasNonDisablementCalendar Hours = new(
        [new GasNonDisablementDay(1, [new GasNonDisablementAction(new TimeOnly(0, 0), true)])], Weeks, Seasons, []);

    private static readonly FirmwareImage Image = new(OtaClientByHand.Offer().Octets);
    private static readonly Eui64[] Devices = [new(Han.HanBench.Meter)];

    private static readonly SrvRequestBody[] Requests =
    [
        new UpdateGasImportTariffPrimaryElement(new GasTariff([new GasTariffDay(1, 1)], Weeks, Seasons, [], [1000]), Prices),
        new UpdateGasPricePrimaryElement(Prices),
        new UpdateMeterBalance(BalanceMode.PrepaymentMode, 1_000),
        new UpdatePaymentMode(Prepayment: null),
        new UpdateGasPrepayConfiguration(5_000, 700_000, 200_000, 300_000, Hours, 9_000_000, 8_000_000),
        new TopUpDevice("12345678901234567890"),
        new UpdateGasDebt(5_000, 600, 70, 1_234, Recovery, Recovery),
        new ActivateEmergencyCredit(),
        new DisplayMessage("Credit is low"),
        new ClearEventLog(),
        new ReadInstantaneousImportRegisters(),
        new ReadInstantaneousPrepayValues(),
        new RetrieveImportDailyReadLog(LastDays),
        new ReadActiveImportProfileData(LastDays),
        new ReadNetworkData(LastDays),
        new RetrieveDailyConsumptionLog(LastDays),
        new ReadTariffPrimaryElement(),
        new ReadPrepaymentConfiguration(),
        new ReadMeterBalance(),
        new ReadDeviceConfigurationBillingCalendar(),
        new ReadDeviceConfigurationIdentityExcMPxN(),
        new ReadDeviceConfigurationMPxN(),
        new ReadDeviceConfigurationPaymentMode(),
        new UpdateDeviceConfigurationGasBillingCalendar(new GasBillingCalendar(Now, BillingPeriodicity.Quarterly)),
        new SynchroniseClock(Now, 60),
        new ReadEventOrSecurityLog(new ReadLogPeriod(Now.AddHours(-1), Now), EventLog.Event),
        new DisableSupply(),
        new ArmSupply(),
        new ReadSupplyStatus(),
        new CommissionDeviceSynchroniseClock(Now, 60),
        new UpdateFirmware(Image, "01020003", Devices),
        new ReadFirmwareVersion(),
        new ActivateFirmware(Image.Hash),
        new UpdatePpmidFirmware(Image, "01020003", Devices),
    ];

    /// <summary>By variant.</summary>
    public static IReadOnlyDictionary<string, SrvRequestBody> All { get; } =
        Requests.ToDictionary(request => request.ServiceReferenceVariant);
}
