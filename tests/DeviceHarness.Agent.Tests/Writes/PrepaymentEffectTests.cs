using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Bodies.Tariff;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Service;
using DeviceHarness.Virtual.Prepayment;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Writes;

/// <summary>Prepayment is proven by balance and supply.</summary>
public sealed class PrepaymentEffectTests
{
    private const string Serial = "26E0000001";
    private const string Key = "virtual-esme-01";

    [Fact]
    public async Task A_top_up_raises_the_balance_and_arms_a_supply_that_was_off_for_want_of_it()
    {
        await using WriteBench bench = await WriteBench.StartAsync(WriteBench.Prepayment(0));
        await bench.PassAsync(TimeSpan.FromMinutes(2));
        IReadOnlyDictionary<string, string> off = await bench.ReadAsync(new ReadSupplyStatus());

        await bench.DoAsync(new TopUpDevice(new Utrn(1_000, 1).Write(Serial, Key)));

        off.Should().Contain("SupplyState", "Disabled");
        (await bench.ReadAsync(new ReadSupplyStatus())).Should().Contain("SupplyState", "Armed");
        bench.Meter.BalanceMillipence.Should().BeInRange(990_000, 1_000_000);
    }

    [Fact]
    public async Task A_token_is_taken_once_and_another_meter_s_or_a_forged_one_never()
    {
        await using WriteBench bench = await WriteBench.StartAsync(WriteBench.Prepayment(1_000_000));
        string token = new Utrn(1_000, 1).Write(Serial, Key);
        await bench.DoAsync(new TopUpDevice(token));
        long balance = bench.Meter.BalanceMillipence;

        SrvResult repeated = await bench.RunAsync(new TopUpDevice(token));
        SrvResult foreign = await bench.RunAsync(new TopUpDevice(new Utrn(1_000, 2).Write("26E0000002", Key)));
        SrvResult forged = await bench.RunAsync(new TopUpDevice(new Utrn(1_000, 3).Write(Serial, "another key")));

        foreach (SrvResult refused in (SrvResult[])[repeated, foreign, forged])
        {
            refused.Outcome.Kind.Should().Be(DeviceOutcomeKind.Refused);
            refused.Outcome.Detail.Should().Contain("token status");
        }

        bench.Meter.BalanceMillipence.Should().BeInRange(balance - 1_000, balance);
    }

    [Fact]
    public async Task A_balance_that_is_adjusted_below_nothing_costs_the_supply_and_a_reset_gives_it_back()
    {
        await using WriteBench bench = await WriteBench.StartAsync(WriteBench.Prepayment(1_000_000));

        await bench.DoAsync(new UpdateMeterBalance(BalanceMode.PrepaymentMode, -1_500_000));
        await bench.PassAsync(TimeSpan.FromMinutes(2));

        (await bench.ReadAsync(new ReadSupplyStatus())).Should().Contain("SupplyState", "Disabled");
        await bench.DoAsync(new UpdateMeterBalance(BalanceMode.PrepaymentMode, 2_000_000));
        (await bench.ReadAsync(new ReadSupplyStatus())).Should().Contain("SupplyState", "Armed");
        await bench.DoAsync(new UpdateMeterBalance(BalanceMode.PrepaymentMode, null));
        (await bench.ReadAsync(new ReadMeterBalance())).Should().Contain("MeterBalance", "0");
    }

    [Fact]
    public async Task A_dated_change_of_mode_waits_for_its_time()
    {
        await using WriteBench bench = await WriteBench.StartAsync();
        await bench.DoAsync(new UpdatePaymentMode(new PrepaymentModeSettings(false, false, 0), bench.Now.AddHours(1)));

        IReadOnlyDictionary<string, string> before = await bench.ReadAsync(new ReadPrepaymentConfiguration());
        await bench.PassAsync(TimeSpan.FromHours(2));
        IReadOnlyDictionary<string, string> after = await bench.ReadAsync(new ReadPrepaymentConfiguration());

        before.Should().Contain("Electricity.PaymentMode", "Credit");
        after.Should().Contain("Electricity.PaymentMode", "Prepayment");
    }

    [Fact]
    public async Task Emergency_credit_is_given_where_the_meter_offers_it_and_refused_where_not()
    {
        await using WriteBench offered = await WriteBench.StartAsync(WriteBench.Prepayment(50_000));
        await using WriteBench credit = await WriteBench.StartAsync();

        await offered.DoAsync(new ActivateEmergencyCredit());
        SrvResult refused = await credit.RunAsync(new ActivateEmergencyCredit());

        (await offered.ReadAsync(new ReadInstantaneousPrepayValues())).Should().Contain("EmergencyCreditBalance", "500000");
        refused.Outcome.Kind.Should().Be(DeviceOutcomeKind.Refused);
        refused.Outcome.DeviceCode.Should().Be(250);
    }

    [Fact]
    public async Task Debts_are_collected_by_the_hour_and_from_payments()
    {
        await using WriteBench bench = await WriteBench.StartAsync(WriteBench.Prepayment(10_000_000));
        await bench.DoAsync(new UpdateDebt(
            100_000, 0, 500_000, 2_500, new DebtRecovery(1_000, -5, DebtRecoveryPeriod.Hourly),
            new DebtRecovery(0, -5, DebtRecoveryPeriod.Daily)));

        await bench.PassAsync(TimeSpan.FromHours(3) + TimeSpan.FromMinutes(1));
        await bench.DoAsync(new TopUpDevice(new Utrn(1_000, 1).Write(Serial, Key)));

        IReadOnlyDictionary<string, string> read = await bench.ReadAsync(new ReadInstantaneousPrepayValues());
        read.Should().Contain("TimeDebtRegister1", "97000").And.Contain("PaymentDebtRegister", "250000");
    }

    [Fact]
    public async Task A_configuration_is_read_as_it_was_written()
    {
        await using WriteBench bench = await WriteBench.StartAsync();
        NonDisablementCalendar calendar = new(
            [],
            [
                new NonDisablementSwitch(
                    true, [], [DayOfWeek.Saturday, DayOfWeek.Sunday], new TimeOnly(0, 0), new CalendarDate(2026, 1, 1, null),
                    new CalendarDate(2030, 1, 1, null)),
            ]);

        await bench.DoAsync(new UpdatePrepayConfiguration(0, 700_000, 200_000, 300_000, calendar, 9_000_000, 8_000_000));

        SrvResult read = await bench.DoAsync(new ReadPrepaymentConfiguration());
        ReadPrepaymentConfigurationRsp answer = read.Outcome.Body.Should().BeOfType<ReadPrepaymentConfigurationRsp>().Subject;
        answer.EmergencyCreditLimit.Should().Be(700_000);
        answer.EmergencyCreditThreshold.Should().Be(200_000);
        answer.LowCreditThreshold.Should().Be(300_000);
        answer.MaxCreditMaxMeterBalance.Should().Be(9_000_000);
        answer.CreditMaxCreditThreshold.Should().Be(8_000_000);
        answer.NonDisablement!.Switches.Should().ContainSingle().Which.IsStart.Should().BeTrue();
    }
}
