using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Drivers.Gsme;
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
using DeviceHarness.Duis.Service;
using DeviceHarness.Duis.Undo;
using DeviceHarness.Virtual.Prepayment;
using FluentAssertions;
using FluentAssertions.Execution;
using Xunit;

namespace DeviceHarness.Agent.Tests.Served;

/// <summary>Every service request that the driver of gas meters serves, carried out by the virtual meter over the virtual adapter, what
/// changes it twice, and what was written read back. The meter stays awake.</summary>
[Collection(SelfTest.AloneCollection.Name)]
[Trait(SelfTest.AloneCollection.Process, SelfTest.AloneCollection.Name)]
public sealed class GasServedRequestsTests
{
    private static readonly ValueList<TariffWeek> Weeks = [new TariffWeek(1, [1, 1, 1, 1, 1, 2, 2])];
    private static readonly ValueList<GasSeason> Seasons = [new GasSeason(new CalendarDate(null, 1, 1, null), 1)];
    private static readonly ValueList<TariffSpecialDay> Holidays =
        [.. Enumerable.Range(1, 20).Select(day => new TariffSpecialDay(new CalendarDate(2026, 12, day, null), 2))];

    private static readonly GasTariff Tariff = new(
        [new GasTariffDay(1, 1), new GasTariffDay(2, 3)], Weeks, Seasons, Holidays, [1000]);

    private static readonly GasPrices ByTime = new(
        "GBP", 30_000, [new GasPrice(1, 7000), new GasPrice(2, 7100), new GasPrice(3, 7200)], NumberOfThresholds: null);

    private static readonly GasPrices ByBlock = new("GBP", 20_000, [new GasPrice(1, 9000), new GasPrice(2, 8000)], NumberOfThresholds: 1);

    private static readonly GasNonDisablementCalendar Hours = new(
        [
            new GasNonDisablementDay(1, [new GasNonDisablementAction(new TimeOnly(0, 0), true), new(new TimeOnly(9, 30), false)]),
            new GasNonDisablementDay(2, [new GasNonDisablementAction(new TimeOnly(0, 0), true)]),
        ],
        Weeks, Seasons, [Holidays[0]]);

    private static readonly UpdateGasPrepayConfiguration Settings = new(5_000, 700_000, 200_000, 300_000, Hours, 9_000_000, 8_000_000);
    private static readonly GasDebtRecovery Daily = new(11, DebtRecoveryPeriod.Daily);

    private static readonly GasBillingCalendar Billing =
        new(new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero), BillingPeriodicity.Quarterly);

    /// <summary>What comes of a request, and of the very same again; in this order, since the one needs the other.</summary>
    private static (SrvRequestBody Request, DeviceOutcomeKind First, DeviceOutcomeKind Again)[] Table(DateTimeOffset now) =>
    [
        Done(new UpdatePaymentMode(new PrepaymentModeSettings(false, false, 0))),
        Done(Settings),
        Done(new UpdateGasDebt(5_000, 600, 70, 1_234, Daily, new GasDebtRecovery(12, DebtRecoveryPeriod.Hourly))),
        Done(new UpdateMeterBalance(BalanceMode.PrepaymentMode, 1_000)),
        (new ActivateEmergencyCredit(), DeviceOutcomeKind.Done, DeviceOutcomeKind.Refused),
        (new TopUpDevice(new Utrn(500, 1).Write("26G0000001", "virtual-gsme-01")), DeviceOutcomeKind.Done, DeviceOutcomeKind.Refused),
        Done(new UpdateGasImportTariffPrimaryElement(Tariff, ByBlock)),
        Done(new UpdateGasImportTariffPrimaryElement(Tariff, ByTime)),
        Done(new UpdateGasPricePrimaryElement(ByTime with { StandingCharge = 1 })),
        Done(new UpdateGasPricePrimaryElement(ByTime, now.AddDays(1))),
        Done(new UpdateGasPricePrimaryElement(ByTime, IDeviceDated.Withdrawal)),
        Done(new UpdateGasImportTariffPrimaryElement(Tariff, ByTime, IDeviceDated.Withdrawal)),
        Done(new UpdateDeviceConfigurationGasBillingCalendar(Billing)),
        Refused(Settings with { ExecutionDateTime = now.AddDays(1) }),
        Refused(Settings with { EmergencyCreditLimit = uint.MaxValue }),
        Refused(new UpdateGasPricePrimaryElement(ByTime with { StandingCharge = uint.MaxValue })),
        Refused(new UpdateGasPricePrimaryElement(ByTime with { CurrencyUnits = "ECB" })),
        Refused(new UpdateGasDebt(-9_000_000, 0, 0, 0, Daily, Daily)),
        Done(new ReadInstantaneousImportRegisters()), Done(new ReadInstantaneousPrepayValues()), Done(new ReadTariffPrimaryElement()),
        Done(new ReadPrepaymentConfiguration()), Done(new ReadMeterBalance()), Done(new ReadDeviceConfigurationBillingCalendar()),
        Done(new ReadDeviceConfigurationIdentityExcMPxN()), Done(new ReadDeviceConfigurationMPxN()),
        Done(new ReadDeviceConfigurationPaymentMode()), Done(new SynchroniseClock(now, 60)),
        Done(new RetrieveImportDailyReadLog(new ReadLogPeriod(now.AddDays(-1), now))),
        Done(new ReadActiveImportProfileData(new ReadLogPeriod(now.AddDays(-1), now))),
        Done(new ReadNetworkData(new ReadLogPeriod(now.AddDays(-1), now))),
        Done(new ReadEventOrSecurityLog(new ReadLogPeriod(now.AddHours(-1), now.AddHours(1)), EventLog.Event)),
        Done(new ClearEventLog()), Done(new DisableSupply()),
        Done(new ArmSupply()), Done(new ReadSupplyStatus()), Done(new CommissionDeviceSynchroniseClock(now, 60)),
        Done(new ReadFirmwareVersion()), Done(new DisplayMessage("Credit is low")),
    ];

    [Fact]
    public Task Each_is_carried_out_or_refused_and_repeated_and_what_was_written_is_told() => GasMeterBench.RunAsync(
        device => device with
        {
            AwakePoll = TimeSpan.FromMilliseconds(50),
            GasMeter = device.GasMeter! with
            {
                HistoryDays = 0,
                Wake = device.GasMeter.Wake with { StaysAwake = TimeSpan.FromHours(1) },
            },
        },
        isOwn: false,
        async bench =>
        {
            (SrvRequestBody Request, DeviceOutcomeKind First, DeviceOutcomeKind Again)[] table = Table(bench.Clock.GetUtcNow());
            Dictionary<string, SrvResponseBody> told = [];
            using AssertionScope scope = new();
            foreach ((SrvRequestBody request, DeviceOutcomeKind first, DeviceOutcomeKind again) in table)
            {
                SrvResult once = await bench.Driver.ExecuteAsync(request, default);
                bool isRead = UndoRules.IsRead(request);
                SrvResult twice = isRead ? once : await bench.Driver.ExecuteAsync(request, default);
                once.Outcome.Kind.Should().Be(first, $"{request.ServiceReferenceVariant}: {once.Outcome.Detail}");
                twice.Outcome.Kind.Should().Be(again, $"{request.ServiceReferenceVariant} again: {twice.Outcome.Detail}");
                told[request.ServiceReferenceVariant] = twice.Outcome.Body!;
            }

            table.Select(row => row.Request.ServiceReferenceVariant).Distinct().Should().BeEquivalentTo(
                GsmeDriver.Served.Except(["11.1", "11.3"]), "firmware has its own tests");
            CheckTold(told);
        });

    private static void CheckTold(Dictionary<string, SrvResponseBody> told)
    {
        GasTariffReading tariff = ((ReadTariffPrimaryElementRsp)told["4.11.1"]).Gas!;
        ReadPrepaymentConfigurationRsp prepayment = (ReadPrepaymentConfigurationRsp)told["4.13"];
        (tariff.StandingCharge, tariff.TimeOfUsePrices, tariff.BlockPrices.Count).Should().Be((1L, ByTime.Prices, 0));
        (tariff.Days, tariff.Weeks, tariff.Seasons, tariff.SpecialDays)
            .Should().Be((Tariff.Days, Tariff.Weeks, Tariff.Seasons, Tariff.SpecialDays));
        prepayment.Gas!.NonDisablement.Should().Be(Settings.NonDisablement);
        (prepayment.EmergencyCreditLimit, prepayment.EmergencyCreditThreshold, prepayment.LowCreditThreshold)
            .Should().Be((700_000L, 200_000L, 300_000L));
        (prepayment.MaxCreditMaxMeterBalance, prepayment.CreditMaxCreditThreshold, prepayment.DebtRecoveryRateCap)
            .Should().Be((9_000_000L, 8_000_000L, 5_000L));
        (prepayment.Gas.DebtRecovery1, prepayment.DebtRecoveryPerPayment).Should().Be((Daily, 1_234L));
        ((ReadDeviceConfigurationDataBillingCalendarRsp)told["6.2.3"]).GasCalendar.Should().Be(Billing);
    }

    private static (SrvRequestBody, DeviceOutcomeKind, DeviceOutcomeKind) Done(SrvRequestBody body) =>
        (body, DeviceOutcomeKind.Done, DeviceOutcomeKind.Done);

    private static (SrvRequestBody, DeviceOutcomeKind, DeviceOutcomeKind) Refused(SrvRequestBody body) =>
        (body, DeviceOutcomeKind.Refused, DeviceOutcomeKind.Refused);
}
