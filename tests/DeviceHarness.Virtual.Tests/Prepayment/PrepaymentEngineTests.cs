using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Logs;
using DeviceHarness.Virtual.Prepayment;
using DeviceHarness.Virtual.Supply;
using DeviceHarness.Virtual.Tests.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Prepayment;

public sealed class PrepaymentEngineTests
{
    private static readonly PrepaymentOptions Prepaid = new()
    {
        Mode = PaymentMode.Prepayment,
        Balance = 1_000_000,
        EmergencyLimit = 500_000,
        EmergencyThreshold = 100_000,
        LowCreditThreshold = 200_000,
        MaximumBalance = 10_000_000,
    };

    private readonly ListedHost _host = new();

    [Fact]
    public void Without_credit_the_supply_goes_off_and_a_payment_arms_it_for_the_consumers_hand()
    {
        PrepaymentEngine account = new(Prepaid, _host);

        account.Consume(999_999);
        _host.LiveMinutes(account, 1);
        SupplyState lastPenny = _host.Supply.State;
        account.Consume(1);
        _host.LiveMinutes(account, 1);
        SupplyState without = _host.Supply.State;
        account.TryPay(5_000).Should().BeTrue();
        SupplyState paid = _host.Supply.State;
        _host.PressButton();
        _host.LiveMinutes(account, 1);

        lastPenny.Should().Be(SupplyState.Connected);
        without.Should().Be(SupplyState.Disconnected);
        paid.Should().Be(SupplyState.ReadyForReconnection);
        _host.Supply.State.Should().Be(SupplyState.Connected);
        account.Balance.Should().Be(5_000);
        _host.Events.Should().Equal(
            EventCode.LowCredit, EventCode.EmergencyCreditAvailable, EventCode.CreditBelowDisablement, EventCode.SupplyArmed);
    }

    [Fact]
    public void In_credit_mode_the_balance_goes_below_zero_and_nothing_happens()
    {
        PrepaymentEngine account = new(Prepaid with { Mode = PaymentMode.Credit }, _host);

        account.Consume(3_000_000);
        _host.LiveMinutes(account, 5);

        account.Balance.Should().Be(-2_000_000);
        _host.Supply.IsConnected.Should().BeTrue();
        _host.Events.Should().BeEmpty();
    }

    [Fact]
    public void Emergency_credit_is_lent_when_the_balance_is_low_used_after_it_and_paid_back_first()
    {
        PrepaymentEngine account = new(Prepaid, _host);
        bool tooEarly = account.TryActivateEmergency();
        account.Consume(950_000);

        bool isActivated = account.TryActivateEmergency();
        account.Consume(150_000);
        long left = account.Emergency.Remaining;
        account.TryPay(300_000).Should().BeTrue();

        tooEarly.Should().BeFalse("the balance was above the threshold");
        isActivated.Should().BeTrue();
        left.Should().Be(400_000, "50,000 of 150,000 came from the balance, 100,000 of the 500,000 were lent");
        account.Balance.Should().Be(200_000, "300,000 less the 100,000 that were lent");
        account.Emergency.IsActivated.Should().BeFalse("it is paid back");
        account.Emergency.Remaining.Should().Be(0);
    }

    [Fact]
    public void Emergency_credit_arms_a_supply_that_is_off_and_is_told_when_it_is_used_up()
    {
        PrepaymentEngine account = new(Prepaid with { Balance = 0 }, _host);
        _host.LiveMinutes(account, 1);

        account.TryActivateEmergency().Should().BeTrue();
        SupplyState armed = _host.Supply.State;
        _host.PressButton();
        account.Consume(500_000);
        _host.LiveMinutes(account, 1);

        armed.Should().Be(SupplyState.ReadyForReconnection);
        account.Emergency.StatusAt(account.Balance, account.Mode).Should().Be(CreditStatus.Exhausted);
        _host.Supply.State.Should().Be(SupplyState.Disconnected);
        _host.Events.Should().ContainInOrder(
            EventCode.EmergencyCreditActivated, EventCode.ArmedByEmergencyCredit, EventCode.EmergencyCreditExhausted,
            EventCode.CreditBelowDisablement);
    }

    [Fact]
    public void A_payment_pays_payment_debt_by_share_then_accumulated_debt_then_emergency_then_the_balance()
    {
        PrepaymentEngine account = new(Prepaid with { Balance = 0 }, _host);
        account.PaymentDebt = 1_000_000;
        account.PaymentShare = 2_500;
        account.AccumulatedDebt = 200_000;
        account.TryActivateEmergency();
        account.Consume(100_000);
        (long Debt, long Left) noted = default;
        account.PaymentTaken = (debt, rest) => noted = (debt, rest);

        account.TryPay(1_000_000).Should().BeTrue();

        account.PaymentDebt.Should().Be(750_000, "a quarter of the payment");
        account.AccumulatedDebt.Should().Be(0);
        account.Emergency.Used.Should().Be(0);
        account.Balance.Should().Be(450_000, "1,000,000 - 250,000 - 200,000 - 100,000");
        noted.Should().Be((250_000, 750_000));
    }

    [Fact]
    public void A_payment_never_takes_more_than_the_debt_and_says_when_it_is_collected()
    {
        PrepaymentEngine account = new(Prepaid, _host) { PaymentDebt = 1_000, PaymentShare = 10_000 };

        account.TryPay(5_000).Should().BeTrue();

        account.PaymentDebt.Should().Be(0);
        account.Balance.Should().Be(1_004_000);
        _host.Events.Should().Equal(EventCode.PaymentDebtCollected);
    }

    [Fact]
    public void A_payment_above_the_maximum_balance_is_refused_whole()
    {
        PrepaymentEngine account = new(Prepaid, _host) { PaymentDebt = 100, PaymentShare = 1 };

        account.TryPay(9_000_001 + 100).Should().BeFalse();
        account.TryPay(9_000_000).Should().BeTrue();

        account.PaymentDebt.Should().Be(0, "the second payment paid it");
        account.Balance.Should().Be(10_000_000 - 100);
        _host.Events.Should().StartWith(EventCode.BalanceAboveMaximum);
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(24, 1)]
    [InlineData(168, 0)]
    public void A_time_debt_is_collected_by_its_period(int hours, int collections)
    {
        PrepaymentEngine account = new(Prepaid, _host);
        account.TimeDebts[0] = new TimeDebt(100_000, 1_000, TimeSpan.FromHours(hours));
        _host.Now = new DateTimeOffset(2026, 1, 5, 22, 30, 0, TimeSpan.Zero);

        _host.LiveMinutes(account, 150);

        account.TimeDebts[0].Remaining.Should().Be(100_000 - (1_000 * collections), "22:30 to 01:00 from a Monday to a Tuesday");
        account.Balance.Should().Be(1_000_000 - (1_000 * collections));
    }

    [Fact]
    public void A_weekly_debt_is_collected_on_Monday_at_midnight_and_its_end_is_told()
    {
        PrepaymentEngine account = new(Prepaid, _host);
        account.TimeDebts[1] = new TimeDebt(700, 1_000, TimeSpan.FromDays(7));
        _host.Now = new DateTimeOffset(2026, 1, 11, 23, 59, 0, TimeSpan.Zero);

        _host.LiveMinutes(account, 1);

        account.TimeDebts[1].Remaining.Should().Be(0);
        account.Balance.Should().Be(1_000_000 - 700);
        _host.Events.Should().Equal(EventCode.TimeDebtTwoCollected);
    }

    [Fact]
    public void A_standing_charge_takes_what_is_there_and_owes_the_rest()
    {
        PrepaymentEngine account = new(Prepaid with { Balance = 300 }, _host);

        account.ChargeStanding(1_000);

        account.Balance.Should().Be(0);
        account.AccumulatedDebt.Should().Be(700);
        account.StandingPaid.Should().Be(1_000);
    }

    [Fact]
    public void A_non_disablement_period_keeps_the_supply_on_until_it_is_over()
    {
        bool isAllowed = false;
        PrepaymentEngine account = new(Prepaid with { Balance = 0 }, _host) { IsDisablementAllowed = _ => isAllowed };

        _host.LiveMinutes(account, 10);
        bool during = _host.Supply.IsConnected;
        isAllowed = true;
        _host.LiveMinutes(account, 1);

        during.Should().BeTrue();
        _host.Supply.State.Should().Be(SupplyState.Disconnected);
        _host.Events.Should().ContainSingle(code => code == EventCode.DisablementSuspended);
    }

    [Fact]
    public void A_change_to_prepayment_without_credit_cuts_the_supply_unless_the_meter_keeps_it()
    {
        PrepaymentEngine strict = new(Prepaid with { Mode = PaymentMode.Credit, Balance = 0 }, _host);
        ListedHost kindHost = new();
        PrepaymentEngine kind = new(Prepaid with { Mode = PaymentMode.Credit, Balance = 0, KeepsSupplyOnSwitch = true }, kindHost);

        strict.ActivatePassiveMode();
        kind.ActivatePassiveMode();
        _host.LiveMinutes(strict, 1);
        kindHost.LiveMinutes(kind, 1);
        bool isKept = kindHost.Supply.IsConnected;
        kind.TrySetBalance(10);
        kind.Consume(10);
        kindHost.LiveMinutes(kind, 1);

        _host.Supply.Cause.Should().Be(SupplyCause.Credit);
        isKept.Should().BeTrue();
        kindHost.Supply.IsConnected.Should().BeFalse("credit was there once");
    }

    [Fact]
    public void Back_in_credit_mode_a_supply_that_was_off_for_credit_is_armed()
    {
        PrepaymentEngine account = new(Prepaid with { Balance = 0 }, _host);
        _host.LiveMinutes(account, 1);
        account.ModeTime = _host.Now.AddMinutes(1);

        _host.LiveMinutes(account, 1);

        account.Mode.Should().Be(PaymentMode.Credit);
        _host.Supply.State.Should().Be(SupplyState.ReadyForReconnection);
        _host.Events.Should().Contain(EventCode.FutureCommandDone);
    }

    [Fact]
    public void A_supply_that_a_command_disabled_is_not_armed_by_a_payment()
    {
        PrepaymentEngine account = new(Prepaid, _host);
        _host.Supply.Open(SupplyCause.Command);

        account.TryPay(1_000).Should().BeTrue();
        _host.LiveMinutes(account, 1);

        _host.Supply.State.Should().Be(SupplyState.Disconnected);
    }

    [Fact]
    public void What_is_kept_is_there_again()
    {
        PrepaymentEngine account = new(Prepaid with { Balance = 0 }, _host) { PaymentDebt = 12, PaymentShare = 34, AccumulatedDebt = 56 };
        account.TryActivateEmergency();
        account.Consume(78);
        account.TimeDebts[1] = new TimeDebt(9, 1, TimeSpan.FromHours(1));
        PrepaymentEngine next = new(new PrepaymentOptions(), _host);

        next.Restore(account.Keep());

        next.Keep().Should().BeEquivalentTo(account.Keep());
        next.Emergency.Remaining.Should().Be(499_922);
    }
}
