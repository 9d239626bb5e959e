using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Configuration;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Bodies.Tariff;

namespace DeviceHarness.Duis.Tests;

/// <summary>Requests that change a gas meter, in each of their forms, and its answers.</summary>
internal static class GasBodies
{
    private static readonly DateTimeOffset Later = new(2027, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly ValueList<GasTariffDay> Days = [new GasTariffDay(1, 4), new GasTariffDay(4, Register: null)];

    private static readonly ValueList<TariffWeek> Weeks =
        [new TariffWeek(1, [1, 1, 1, 1, 1, 4, 4]), new TariffWeek(2, [4, 1, 1, 1, 1, 1, 1])];

    private static readonly ValueList<GasSeason> Seasons =
    [
        new GasSeason(new CalendarDate(null, 4, 1, null), 1), new GasSeason(new CalendarDate(2027, null, null, 7), 2),
    ];

    private static readonly ValueList<TariffSpecialDay> SpecialDays =
    [
        new TariffSpecialDay(new CalendarDate(2026, 12, 25, 5), 4), new TariffSpecialDay(new CalendarDate(null, null, null, null), 1),
    ];

    private static readonly ValueList<GasPrice> Prices = [new GasPrice(1, 0), new GasPrice(4, uint.MaxValue)];

    private static readonly GasNonDisablementCalendar Calendar = new(
        [
            new GasNonDisablementDay(
                5, [new GasNonDisablementAction(new TimeOnly(0, 0), true), new GasNonDisablementAction(new TimeOnly(9, 30), false)]),
            new GasNonDisablementDay(1, [new GasNonDisablementAction(new TimeOnly(0, 0), true)]),
        ],
        [new TariffWeek(2, [1, 1, 1, 1, 1, 5, 5])], [new GasSeason(new CalendarDate(null, 10, 31, null), 2)],
        [new TariffSpecialDay(new CalendarDate(null, 1, 1, null), 5)]);

    /// <summary>The requests.</summary>
    internal static IEnumerable<SrvRequestBody> Requests()
    {
        GasTariff tariff = new(Days, Weeks, Seasons, SpecialDays, [1, 2, GasTariff.HighestThreshold]);
        GasPrices blocks = new("GBP", uint.MaxValue, Prices, 3);
        GasPrices registers = new("ECB", 0, Prices, NumberOfThresholds: null);
        GasDebtRecovery hourly = new(int.MinValue, DebtRecoveryPeriod.Hourly);
        yield return new UpdateGasImportTariffPrimaryElement(tariff, blocks);
        yield return new UpdateGasImportTariffPrimaryElement(tariff with { SpecialDays = [], Thresholds = [7] }, registers, Later);
        yield return new UpdateGasPricePrimaryElement(blocks, Later);
        yield return new UpdateGasPricePrimaryElement(registers);
        yield return new UpdateGasPrepayConfiguration(-1, uint.MaxValue, 2, 3, Calendar, 4, 5);
        yield return new UpdateGasPrepayConfiguration(int.MaxValue, 1, 2, 3, Calendar with { SpecialDays = [] }, 4, 5, Later);
        yield return new UpdateGasDebt(-1, int.MaxValue, 3, 10_000, hourly, new GasDebtRecovery(1, DebtRecoveryPeriod.Daily));
        foreach (BillingPeriodicity periodicity in Enum.GetValues<BillingPeriodicity>())
        {
            yield return new UpdateDeviceConfigurationGasBillingCalendar(new GasBillingCalendar(Later, periodicity));
        }
    }

    /// <summary>What a gas meter told of all that the requests change.</summary>
    internal static IEnumerable<SrvResponseBody> Told =>
    [
        new ReadTariffPrimaryElementRsp
        {
            Gas = new GasTariffReading
            {
                CurrencyUnitsLabel = "GBP",
                StandingCharge = 3,
                Days = Days,
                Weeks = Weeks,
                Seasons = Seasons,
                SpecialDays = SpecialDays,
                Thresholds = [8, 9],
                BlockPrices = Prices,
            },
        },
        new ReadPrepaymentConfigurationRsp
        {
            DebtRecoveryPerPayment = 7,
            DebtRecoveryRateCap = 1,
            EmergencyCreditLimit = 2,
            EmergencyCreditThreshold = 3,
            LowCreditThreshold = 4,
            CreditMaxCreditThreshold = 5,
            MaxCreditMaxMeterBalance = 6,
            Gas = new GasPrepaymentReading(Calendar, new GasDebtRecovery(1, DebtRecoveryPeriod.Daily), new GasDebtRecovery(2, null)),
        },
        new ReadInstantaneousPrepayValuesRsp { TimeDebtRegister1 = 10, TimeDebtRegister2 = 20, PaymentDebtRegister = 30 },
        new ReadDeviceConfigurationDataBillingCalendarRsp
        {
            GasCalendar = new GasBillingCalendar(Later, BillingPeriodicity.Weekly),
        },
    ];

    /// <summary>The requests that bring it about again, by variant; the debts are as they were.</summary>
    internal static IReadOnlyDictionary<string, SrvRequestBody> Inverses { get; } = new Dictionary<string, SrvRequestBody>
    {
        ["1.1.1"] = new UpdateGasImportTariffPrimaryElement(
            new GasTariff(Days, Weeks, Seasons, SpecialDays, [8, 9]), new GasPrices("GBP", 3, Prices, 2)),
        ["1.2.1"] = new UpdateGasPricePrimaryElement(new GasPrices("GBP", 3, Prices, 2)),
        ["2.1"] = new UpdateGasPrepayConfiguration(1, 2, 3, 4, Calendar, 6, 5),
        ["2.3"] = new UpdateGasDebt(
            0, 0, 0, 7, new GasDebtRecovery(1, DebtRecoveryPeriod.Daily), new GasDebtRecovery(2, Period: null)),
        ["6.8"] = new UpdateDeviceConfigurationGasBillingCalendar(new GasBillingCalendar(Later, BillingPeriodicity.Weekly)),
    };

    /// <summary>The answers.</summary>
    internal static IEnumerable<SrvResponseBody> Responses() =>
    [
        new ReadTariffPrimaryElementRsp { Gas = new GasTariffReading() },
        new ReadTariffPrimaryElementRsp
        {
            MessageSuccess = true,
            Gas = new GasTariffReading
            {
                PrimaryActiveTariffPrice = 9600,
                PrimaryActiveTariffPriceScale = -5,
                CurrencyUnitsLabel = "GBP",
                StandingCharge = 22465,
                Days = Days,
                Weeks = Weeks,
                Seasons = Seasons,
                SpecialDays = SpecialDays,
                Thresholds = [1, 2.5m],
                TimeOfUsePrices = Prices,
                BlockPrices = [new GasPrice(2, 7)],
            },
        },
        new ReadPrepaymentConfigurationRsp
        {
            MessageSuccess = true,
            DebtRecoveryRateCap = 7,
            Gas = new GasPrepaymentReading(
                Calendar, new GasDebtRecovery(-1, DebtRecoveryPeriod.Daily), new GasDebtRecovery(0, Period: null)),
        },
        new ReadPrepaymentConfigurationRsp { Gas = new GasPrepaymentReading() },
    ];
}
