using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Auxiliary;
using DeviceHarness.Duis.Bodies.Configuration;
using DeviceHarness.Duis.Bodies.Logs;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Bodies.Tariff;

namespace DeviceHarness.Drivers.Tests.Esme.Writes;

/// <summary>One request of each kind that changes a device.</summary>
internal static class WriteRequests
{
    internal static readonly DateTimeOffset Later = new(2027, 3, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The tariff whose day is that of the vector <c>set-day-profile-passive</c>.</summary>
    internal static readonly ElectricityTariff Tariff = new(
        "GBP",
        [new TariffDay(1, [new TariffSwitch(new TimeOnly(0, 30), 1), new TariffSwitch(new TimeOnly(7, 30), 2)])],
        [new TariffWeek(1, [1, 1, 1, 1, 1, 1, 1])],
        [new TariffSeason("YEAR", new CalendarDate(null, 1, 1, null), 1)],
        [new TariffSpecialDay(new CalendarDate(2026, 12, 25, null), 1)],
        [.. Enumerable.Range(1, 8).Select(register => new TariffThresholds(register, [1000, 2000]))]);

    internal static readonly ElectricityPrices Prices = new(
        2500, -4, -5, TariffKind.Hybrid, [new TariffPrice(1, 2, 16), new TariffPrice(2, null, 513)]);

    internal static UpdateImportTariffPrimaryElement NewTariff(DateTimeOffset? at = null) => new(Tariff, Prices, at);

    internal static UpdatePrepayConfiguration Prepay(DateTimeOffset? at = null) => new(
        500, 5000, 1000, 2000,
        new NonDisablementCalendar(
            [new NonDisablementSpecialDay(1, new CalendarDate(2026, 12, 25, null))],
            [
                new NonDisablementSwitch(
                    true, [1], [DayOfWeek.Monday, DayOfWeek.Sunday], new TimeOnly(18, 0), new CalendarDate(2026, 1, 2, null),
                    new CalendarDate(2027, 1, 2, null)),
            ]),
        100_000, 50_000, at);

    internal static UpdateDeviceConfigurationLoadLimitingGeneralSettings LoadLimit(
        LoadLimitSupplyState state, DateTimeOffset? at = null) => new(30, 12_000, 60, state, at);

    internal static readonly VoltageSettings Voltage = new()
    {
        RmsExtremeOverVoltageMeasurementPeriod = 1,
        RmsExtremeOverVoltageThreshold = 2600,
        RmsExtremeUnderVoltageMeasurementPeriod = 2,
        RmsExtremeUnderVoltageThreshold = 1900,
        RmsVoltageSagMeasurementPeriod = 3,
        RmsVoltageSagThreshold = 2000,
        RmsVoltageSwellMeasurementPeriod = 4,
        RmsVoltageSwellThreshold = 2500,
        AverageRmsOverVoltageThreshold = 2530,
        AverageRmsUnderVoltageThreshold = 2160,
        AverageRmsVoltageMeasurementPeriod = 1800,
    };

    /// <summary>All that the model with auxiliary loads takes.</summary>
    internal static IEnumerable<SrvRequestBody> All =>
    [
        NewTariff(), new UpdatePricePrimaryElement(Prices), new UpdateMeterBalance(BalanceMode.CreditMode, 12_345),
        new UpdatePaymentMode(new PrepaymentModeSettings(false, false, 100)), Prepay(), new TopUpDevice("12345678901234567890"),
        new UpdateDebt(1, 2, 3, 2500, new(100, -5, DebtRecoveryPeriod.Hourly), new(200, -5, DebtRecoveryPeriod.Daily)),
        new ActivateEmergencyCredit(), new DisplayMessage("call us"), new RestrictAccessForChangeOfTenancy(Later), new ClearEventLog(),
        LoadLimit(LoadLimitSupplyState.Disable), new UpdateDeviceConfigurationLoadLimitingCounterReset(),
        new UpdateDeviceConfigurationVoltage(Voltage),
        new UpdateDeviceConfigurationBillingCalendar(new BillingCalendar(new TimeOnly(0, 0), BillingPeriodicity.Monthly, 1)),
        new UpdateDeviceConfigurationRMSVoltageCounterReset(), new ArmSupply(), new ActivateAuxiliaryLoad(1, 60),
        new DeactivateAuxiliaryLoad(2, 60), new ResetAuxiliaryLoad(1),
        new AddAuxiliaryLoadToBoostButton([true, false, false, false, false]),
        new RemoveAuxiliaryLoadFromBoostButton([false, true, false, false, false]),
    ];
}
