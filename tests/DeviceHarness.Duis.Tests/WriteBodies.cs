using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Auxiliary;
using DeviceHarness.Duis.Bodies.Configuration;
using DeviceHarness.Duis.Bodies.Logs;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Bodies.Tariff;

namespace DeviceHarness.Duis.Tests;

/// <summary>Requests that change a meter, in each of their forms, and the answers of their reads.</summary>
internal static class WriteBodies
{
    private static readonly DateTimeOffset Later = new(2027, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly CalendarDate Any = new(null, null, null, null);

    private static readonly ValueList<TariffDay> Days =
    [
        new TariffDay(1, [new TariffSwitch(new TimeOnly(0, 30), 48), new TariffSwitch(new TimeOnly(7, 30, 15), 8, HasBlocks: true)]),
        new TariffDay(16, [new TariffSwitch(TimeOnly.MinValue, 1)]),
    ];

    private static readonly ValueList<TariffWeek> Weeks = [new TariffWeek(4, [1, 1, 1, 1, 1, 16, 16])];
    private static readonly ValueList<TariffSeason> Seasons = [new TariffSeason("SUMMER", new CalendarDate(null, 4, 1, null), 4)];

    private static readonly ValueList<TariffSpecialDay> SpecialDays =
    [
        new TariffSpecialDay(new CalendarDate(2026, 12, 25, 5), 16),
        new TariffSpecialDay(new CalendarDate(null, 12, CalendarDate.LastDay, null), 1),
        new TariffSpecialDay(new CalendarDate(null, null, CalendarDate.SecondLastDay, null), 1),
        new TariffSpecialDay(Any, 1),
    ];

    private static readonly ValueList<TariffThresholds> Thresholds =
        [.. Enumerable.Range(1, 8).Select(register => new TariffThresholds(register, [1, 2, uint.MaxValue]))];

    private static readonly TariffPrice[] BlockPrices = [new(1, 1, 10), new(1, 4, -1), new(8, 2, short.MaxValue)];
    private static readonly TariffPrice[] RegisterPrices = [new(1, null, 0), new(48, null, short.MinValue)];

    private static readonly NonDisablementCalendar Calendar = new(
        [new NonDisablementSpecialDay(1, new CalendarDate(2026, 12, 25, null)), new NonDisablementSpecialDay(20, Any)],
        [
            new NonDisablementSwitch(
                true, [1, 20], [DayOfWeek.Monday, DayOfWeek.Sunday], new TimeOnly(18, 0), new CalendarDate(2026, 1, 2, null),
                new CalendarDate(2027, 1, 2, null)),
            new NonDisablementSwitch(
                false, [], [], new TimeOnly(9, 0), new CalendarDate(null, 4, 29, null), new CalendarDate(null, 2, 29, null)),
        ]);

    /// <summary>The requests.</summary>
    internal static IEnumerable<SrvRequestBody> Requests() =>
    [
        .. Tariffs(), .. Prepayment(), .. Configuration(), .. GasBodies.Requests(),
        new ArmSupply(), new ActivateAuxiliaryLoad(1, 0), new DeactivateAuxiliaryLoad(5, ushort.MaxValue), new ResetAuxiliaryLoad(3),
        new AddAuxiliaryLoadToBoostButton([true, false, true, false, true], Later),
        new RemoveAuxiliaryLoadFromBoostButton([false, false, false, false, false]),
    ];

    /// <summary>The answers.</summary>
    internal static IEnumerable<SrvResponseBody> Responses() =>
    [
        .. Requests().Where(request => request is not (ReadTariffPrimaryElement or ReadPrepaymentConfiguration))
            .Select(request => $"{request.ElementName}Rsp").Distinct()
            .Select(element => new BareRsp(element) { MessageSuccess = element.Length % 2 == 0 }),
        .. GasBodies.Responses(),
        new ReadTariffPrimaryElementRsp(),
        new ReadTariffPrimaryElementRsp
        {
            MessageSuccess = true,
            PrimaryActiveTariffPrice = 513,
            CurrencyUnitsLabel = "GBP",
            CurrencyUnitsName = "Millipence",
            StandingCharge = -1,
            StandingChargeScale = -4,
            PriceScale = -5,
            Prices = [.. BlockPrices, .. RegisterPrices],
            Days = Days,
            Weeks = Weeks,
            Seasons = Seasons,
            SpecialDays = SpecialDays,
            Thresholds = Thresholds,
        },
        new ReadPrepaymentConfigurationRsp(),
        new ReadPrepaymentConfigurationRsp
        {
            MessageSuccess = true,
            DebtRecoveryPerPayment = 2500,
            DebtRecoveryRateCap = 1,
            DisablementThreshold = -100,
            EmergencyCreditLimit = 2,
            EmergencyCreditThreshold = 3,
            LowCreditThreshold = 4,
            CreditMaxCreditThreshold = 5,
            MaxCreditMaxMeterBalance = 6,
            SuspendDebtDisabled = true,
            SuspendDebtEmergency = false,
            PaymentMode = PaymentMode.Prepayment,
            NonDisablement = Calendar,
            DebtRecovery1 = new DebtRecovery(100, -5, DebtRecoveryPeriod.Hourly),
            DebtRecovery2 = new DebtRecovery(0, 0, null),
        },
    ];

    private static IEnumerable<SrvRequestBody> Tariffs()
    {
        ElectricityTariff tariff = new("GBP", Days, Weeks, Seasons, SpecialDays, Thresholds);
        ElectricityPrices hybrid = new(2500, -4, -5, TariffKind.Hybrid, [.. BlockPrices, .. RegisterPrices]);
        yield return new UpdateImportTariffPrimaryElement(tariff, hybrid);
        yield return new UpdateImportTariffPrimaryElement(tariff with { CurrencyUnits = "ECB", SpecialDays = [] }, hybrid, Later);
        yield return new UpdatePricePrimaryElement(hybrid, Later);
        yield return new UpdatePricePrimaryElement(new ElectricityPrices(0, 127, -128, TariffKind.Block, [.. BlockPrices]));
        yield return new UpdatePricePrimaryElement(new ElectricityPrices(-1, 0, 0, TariffKind.TimeOfUse, [.. RegisterPrices]));
        yield return new ReadTariffPrimaryElement();
    }

    private static IEnumerable<SrvRequestBody> Prepayment() =>
    [
        new UpdateMeterBalance(BalanceMode.PrepaymentMode, int.MinValue), new UpdateMeterBalance(BalanceMode.CreditMode, null),
        new UpdatePaymentMode(null), new UpdatePaymentMode(new PrepaymentModeSettings(true, false, -1), Later),
        new UpdatePrepayConfiguration(ushort.MaxValue, 1, 2, 3, Calendar, 4, 5),
        new UpdatePrepayConfiguration(0, -1, -2, -3, Calendar with { SpecialDays = [] }, -4, -5, Later),
        new TopUpDevice("00000000000000000001"),
        new UpdateDebt(
            int.MinValue, 0, int.MaxValue, UpdateDebt.WholePayment, new(short.MinValue, -5, DebtRecoveryPeriod.Hourly),
            new(short.MaxValue, 5, DebtRecoveryPeriod.Daily)),
        new ActivateEmergencyCredit(), new ReadPrepaymentConfiguration(), new ReadPrepaymentConfiguration(Later),
    ];

    private static IEnumerable<SrvRequestBody> Configuration()
    {
        VoltageSettings voltage = new()
        {
            RmsExtremeOverVoltageMeasurementPeriod = 1,
            RmsExtremeOverVoltageThreshold = 2,
            RmsExtremeUnderVoltageMeasurementPeriod = 3,
            RmsExtremeUnderVoltageThreshold = 4,
            RmsVoltageSagMeasurementPeriod = 5,
            RmsVoltageSagThreshold = 6,
            RmsVoltageSwellMeasurementPeriod = 7,
            RmsVoltageSwellThreshold = 8,
            AverageRmsOverVoltageThreshold = 9,
            AverageRmsUnderVoltageThreshold = 10,
            AverageRmsVoltageMeasurementPeriod = uint.MaxValue,
        };
        TimeOnly time = new(1, 2, 3);
        return
        [
            new DisplayMessage(" <Pay & call> 0800 ~"), new DisplayMessage(new string('m', DisplayMessage.MaxCharacters), Later),
            new RestrictAccessForChangeOfTenancy(Later), new RestrictAccessForChangeOfTenancy(Later, Later),
            new ClearEventLog(), new ClearEventLog(ClearedEventLog.Esme), new ClearEventLog(ClearedEventLog.Alcs),
            new UpdateDeviceConfigurationLoadLimitingGeneralSettings(1, uint.MaxValue, 3, LoadLimitSupplyState.Disable),
            new UpdateDeviceConfigurationLoadLimitingGeneralSettings(0, 0, 0, LoadLimitSupplyState.Unchanged, Later),
            new UpdateDeviceConfigurationLoadLimitingCounterReset(), new UpdateDeviceConfigurationLoadLimitingCounterReset(Later),
            new UpdateDeviceConfigurationVoltage(voltage), new UpdateDeviceConfigurationVoltage(voltage, false, Later),
            new UpdateDeviceConfigurationRMSVoltageCounterReset(Later),
            .. new BillingCalendar[]
            {
                new(time, BillingPeriodicity.Daily), new(time, BillingPeriodicity.Weekly, 7), new(time, BillingPeriodicity.Monthly, 28),
                new(time, BillingPeriodicity.Quarterly, 1, 12), new(time, BillingPeriodicity.SixMonthly, 2, 1),
                new(time, BillingPeriodicity.Yearly, 28, 6),
            }.Select(calendar => new UpdateDeviceConfigurationBillingCalendar(calendar)),
        ];
    }
}
