using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Agent.Tests.ZigBee;
using DeviceHarness.Codecs.Security.Cbke;
using DeviceHarness.Drivers.Gsme;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Clock;
using DeviceHarness.Duis.Bodies.Configuration;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Bodies.Logs;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Bodies.Tariff;
using DeviceHarness.Duis.Service;
using DeviceHarness.Duis.Undo;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Prepayment;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.KeyEstablishment;
using FluentAssertions;
using FluentAssertions.Execution;
using Xunit;

namespace DeviceHarness.Agent.Tests.Served;

/// <summary>Every service request that the driver of gas meters serves, carried out by the virtual meter over the virtual adapter, what
/// changes it twice, and what was written read back. The meter is awake, so that nobody waits.</summary>
public sealed class GasServedRequestsTests : IHanObserver
{
    private const ulong Meter = 0x90B3D51F300000B1;
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private static readonly ReadLogPeriod Today = new(Now.AddHours(-1), Now.AddHours(1));

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

    private readonly TaskCompletionSource<HanKeyEstablishment> _established = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What comes of a request, and of the very same again; in this order, since the one needs the other.</summary>
    private static readonly (SrvRequestBody Request, DeviceOutcomeKind First, DeviceOutcomeKind Again)[] Table =
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
        Done(new UpdateGasPricePrimaryElement(ByTime, Now.AddDays(1))),
        Done(new UpdateGasPricePrimaryElement(ByTime, IDeviceDated.Withdrawal)),
        Done(new UpdateGasImportTariffPrimaryElement(Tariff, ByTime, IDeviceDated.Withdrawal)),
        Done(new UpdateDeviceConfigurationGasBillingCalendar(Billing)),
        Refused(Settings with { ExecutionDateTime = Now.AddDays(1) }),
        Refused(Settings with { EmergencyCreditLimit = uint.MaxValue }),
        Refused(new UpdateGasPricePrimaryElement(ByTime with { StandingCharge = uint.MaxValue })),
        Refused(new UpdateGasPricePrimaryElement(ByTime with { CurrencyUnits = "ECB" })),
        Refused(new UpdateGasDebt(-9_000_000, 0, 0, 0, Daily, Daily)),
        Done(new ReadInstantaneousImportRegisters()), Done(new ReadInstantaneousPrepayValues()), Done(new ReadTariffPrimaryElement()),
        Done(new ReadPrepaymentConfiguration()), Done(new ReadMeterBalance()), Done(new ReadDeviceConfigurationBillingCalendar()),
        Done(new ReadDeviceConfigurationIdentityExcMPxN()), Done(new ReadDeviceConfigurationMPxN()),
        Done(new ReadDeviceConfigurationPaymentMode()), Done(new SynchroniseClock(Now, 60)),
        Done(new ReadEventOrSecurityLog(Today, EventLog.Event)), Done(new ClearEventLog()), Done(new DisableSupply()),
        Done(new ArmSupply()), Done(new ReadSupplyStatus()), Done(new CommissionDeviceSynchroniseClock(Now, 60)),
        Done(new ReadFirmwareVersion()), Done(new DisplayMessage("Credit is low")),
    ];

    void IHanObserver.Told(HanEvent told)
    {
        if (told is HanKeyEstablishment key)
        {
            _established.TrySetResult(key);
        }
    }

    [Fact]
    public async Task Each_is_carried_out_or_refused_and_repeated_and_what_was_written_is_told()
    {
        NcpModel model = NcpModelReader.ReadFile(Path.Combine(RepositoryRoot.Path, "rigs", "han", "adapter.yaml"));
        model = model with
        {
            Devices = [.. model.Devices.Where(device => device.GasMeter is not null).Select(device => device with
            {
                AwakePoll = TimeSpan.FromMilliseconds(2),
                GasMeter = device.GasMeter! with
                {
                    HistoryDays = 0,
                    Wake = device.GasMeter.Wake with { StaysAwake = TimeSpan.FromHours(1) },
                },
            })],
        };
        TestAuthority authority = new(EstablishmentSuites.Suite1, 1);
        VirtualNcpLine line = new(new VirtualNcp("zigbee", model, TimeProvider.System));
        using CbkeIdentity identity = authority.Issue(model.Adapter.Eui64);
        await using HanNetwork network = new(new HanNetworkOptions
        {
            Adapter = ZigBeeAdapters.Create(new() { Kind = "ezsp" }, "zigbee", _ => new(line.Open()), TimeProvider.System),
            Establishment = new EstablishmentSettings
            {
                Identities = [identity],
                Authorities = [authority.Trust],
                Random = System.Security.Cryptography.RandomNumberGenerator.Fill,
            },
        });
        network.Observe(this);
        GsmeDriver driver = new(new SmartEnergyOptions
        {
            Id = new DeviceId("gsme-01"),
            Eui64 = Meter,
            Network = network,
            Profile = SmartEnergyProfile.LoadFile(
                Path.Combine(RepositoryRoot.Path, "rigs", "profiles", "han", "generic-smets1-gsme.yaml")),
        });
        await network.StartAsync(default).DefaultTimeout();
        await network.FormAsync(new() { Channel = 15 }, default).DefaultTimeout();
        HanCandidate.TryParse("90B3D51F300000B1", "83FED3407A939723A5C639B26916D505C3B5", out HanCandidate? candidate, out _)
            .Should().BeTrue();
        await using HanJoinWindow window = await network.PermitAsync([candidate!], TimeSpan.FromSeconds(60), default).DefaultTimeout();
        await window.WaitForAsync(Meter, default).DefaultTimeout();
        await _established.Task.DefaultTimeout();

        Dictionary<string, SrvResponseBody> told = [];
        using AssertionScope scope = new();
        foreach ((SrvRequestBody request, DeviceOutcomeKind first, DeviceOutcomeKind again) in Table)
        {
            SrvResult once = await driver.ExecuteAsync(request, default).DefaultTimeout();
            bool isRead = UndoRules.IsRead(request);
            SrvResult twice = isRead ? once : await driver.ExecuteAsync(request, default).DefaultTimeout();
            once.Outcome.Kind.Should().Be(first, $"{request.ServiceReferenceVariant}: {once.Outcome.Detail}");
            twice.Outcome.Kind.Should().Be(again, $"{request.ServiceReferenceVariant} again: {twice.Outcome.Detail}");
            told[request.ServiceReferenceVariant] = twice.Outcome.Body!;
        }

        Table.Select(row => row.Request.ServiceReferenceVariant).Distinct().Should().BeEquivalentTo(
            GsmeDriver.Served.Except(["11.1", "11.3"]), "firmware has its own tests");
        CheckTold(told);
    }

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
