using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Prepayment;
using DeviceHarness.Virtual.Tariff;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Esme;

/// <summary>A top-up is what balance and supply do. 1.2 kW, so 20 Wh a minute, at 50,000 thousandths of a penny a kWh:
/// 1,000 a minute.</summary>
public sealed class PrepaymentEffectTests
{
    private const string Balance = "0-0:19.10.0.255";
    private const string Emergency = "0-0:19.10.1.255";
    private const string Gateway = "0-0:19.40.0.255";
    private const string Switch = "0-0:96.3.10.255";
    private const string Key = "virtual-esme-01";

    private readonly EsmeFixture _fixture = new(model => model with
    {
        Load = new LoadProfileOptions(1_200, 0, 0, 0, 0),
        ClockOffset = TimeSpan.Zero,
        Tariff = new TariffOptions { Prices = [new(1, 0, 50_000)] },
        Prepayment = model.Prepayment with { Mode = PaymentMode.Prepayment, Balance = 10_000, EmergencyThreshold = 5_000 },
    });

    [Fact]
    public void Credit_runs_out_the_supply_opens_a_token_arms_it_and_the_button_connects_it()
    {
        ScriptedClient client = After(TimeSpan.FromMinutes(9));
        long nearly = client.Number(112, Balance, 2);
        client = After(TimeSpan.FromMinutes(1));
        string open = client.Read(70, Switch, 3);
        client = After(TimeSpan.FromHours(1));
        long stands = client.Number(112, Balance, 2);
        int vend = client.Do(TopUp(100, 1));
        string armed = client.Read(70, Switch, 3);
        bool isPressed = _fixture.Esme.PressReconnectButton();
        client = After(TimeSpan.FromMinutes(5));

        nearly.Should().Be(1_000, "10,000 less 9 x 1,000");
        open.Should().Be("1600");
        stands.Should().Be(0, "nothing is consumed without supply");
        vend.Should().Be(0);
        armed.Should().Be("1602");
        isPressed.Should().BeTrue();
        client.Number(112, Balance, 2).Should().Be(95_000, "100 pence less 5 x 1,000");
        client.Read(70, Switch, 3).Should().Be("1601");
    }

    [Fact]
    public void Repeated_and_wrong_tokens_are_refused_and_change_nothing()
    {
        ScriptedClient client = _fixture.Associated();
        client.Do(TopUp(100, 1)).Should().Be(0);
        string good = client.Read(115, Gateway, 6);

        int repeated = client.Do(TopUp(100, 1));
        string status = client.Read(115, Gateway, 6);
        int foreign = client.Do(Enter(new Utrn(100, 2).Write("26E0000009", Key)));
        int number = client.Do(CosemRequests.Act(115, Gateway, 1, CosemRequests.Unsigned32(1)));

        good.Should().Be("0202" + "1603" + "0400");
        repeated.Should().Be(250);
        status.Should().Be("0202" + "1606" + "0400");
        foreign.Should().Be(250);
        number.Should().Be(12);
        client.Number(112, Balance, 2).Should().Be(110_000);
        client.Read(115, Gateway, 4).Should().Be("0101" + CosemRequests.Text("100 1"));
        client.Read(1, "0-0:94.44.2.30", 2).Should().Be(CosemRequests.DoubleLong(100_000));
        client.Read(7, "0-0:98.1.5.255", 2).Should().StartWith("0101").And.EndWith("05000186A0" + "050001ADB0");
    }

    [Fact]
    public void Emergency_credit_is_invoked_by_method_when_the_balance_is_low()
    {
        ScriptedClient client = _fixture.Associated();
        int early = client.Do(CosemRequests.Act(112, Emergency, 3, CosemRequests.IntegerZero));
        client = After(TimeSpan.FromMinutes(10));
        string selectable = client.Read(112, Emergency, 8);

        int invoked = client.Do(CosemRequests.Act(112, Emergency, 3, CosemRequests.IntegerZero));
        string armed = client.Read(70, Switch, 3);
        _fixture.Esme.PressReconnectButton();
        client = After(TimeSpan.FromMinutes(10));

        early.Should().Be(250, "10,000 is above the threshold of 5,000");
        selectable.Should().Be("1601");
        invoked.Should().Be(0);
        armed.Should().Be("1602");
        client.Number(112, Emergency, 2).Should().Be(490_000, "10 minutes at 1,000 from 500,000");
        client.Number(111, "0-0:19.0.0.255", 5).Should().Be(490_000);
        client.Number(112, Balance, 2).Should().Be(0);
    }

    [Fact]
    public void The_balance_is_adjusted_and_set_by_method_within_its_range()
    {
        ScriptedClient client = _fixture.Associated();

        client.Do(CosemRequests.Act(112, Balance, 1, CosemRequests.DoubleLong(-4_000))).Should().Be(0);
        long adjusted = client.Number(112, Balance, 2);
        client.Do(CosemRequests.Act(112, Balance, 2, CosemRequests.DoubleLong(77_000))).Should().Be(0);
        long set = client.Number(112, Balance, 2);
        int tooMuch = client.Do(CosemRequests.Act(112, Balance, 2, CosemRequests.DoubleLong(100_000_001)));
        int text = client.Do(CosemRequests.Act(112, Balance, 1, CosemRequests.Text("100")));

        adjusted.Should().Be(6_000);
        set.Should().Be(77_000);
        tooMuch.Should().Be(250);
        text.Should().Be(12);
        client.Number(112, Balance, 2).Should().Be(77_000);
    }

    [Fact]
    public void The_payment_mode_changes_at_its_moment_and_a_snapshot_is_taken()
    {
        ScriptedClient client = _fixture.Associated();
        client.Read(111, "0-1:19.0.0.255", 2).Should().Be("0202" + "1601" + "1601", "the other mode is credit");
        client.Do(CosemRequests.Set(
            111, "0-1:19.0.0.255", 13, CosemRequests.Moment(new DateTimeOffset(2026, 1, 5, 12, 5, 0, TimeSpan.Zero)))).Should().Be(0);

        client = After(TimeSpan.FromMinutes(20));

        client.Read(111, "0-0:19.0.0.255", 2).Should().Be("0202" + "1601" + "1602");
        client.Read(70, Switch, 3).Should().Be("1601", "in credit mode nothing is cut");
        client.Number(112, Balance, 2).Should().Be(-10_000);
        client.Number(7, "0-0:98.1.2.255", 7).Should().Be(1);
        _fixture.Esme.BalanceMillipence.Should().Be(-10_000);
    }

    [Fact]
    public void Debts_are_set_and_collected()
    {
        ScriptedClient client = _fixture.Associated();
        client.Do(CosemRequests.Act(112, Balance, 2, CosemRequests.DoubleLong(10_000_000))).Should().Be(0);
        client.Do(CosemRequests.Act(113, "0-0:19.20.1.255", 5, CosemRequests.DoubleLong(50_000))).Should().Be(0);
        client.Do(CosemRequests.Set(113, "0-0:19.20.1.255", 8, CosemRequests.Unsigned32(3_600))).Should().Be(0);
        client.Do(CosemRequests.Set(
            113, "0-0:19.20.1.255", 6,
            "0203" + "0202" + "0F00" + "0FFB" + "0203" + "120008" + "09060000010000FF" + "0F02" + "0101" + "0202" + "090101" + "101388"))
            .Should().Be(0);
        client.Do(CosemRequests.Act(113, "0-0:19.20.3.255", 5, CosemRequests.DoubleLong(40_000))).Should().Be(0);
        client.Do(CosemRequests.Set(113, "0-0:19.20.3.255", 13, "1209C4")).Should().Be(0);

        client = After(TimeSpan.FromHours(2));
        long left = client.Number(113, "0-0:19.20.1.255", 12);
        client.Do(TopUp(100, 1)).Should().Be(0);

        left.Should().Be(40_000, "two hours at 5,000");
        client.Number(113, "0-0:19.20.3.255", 12).Should().Be(15_000, "40,000 less a quarter of 100,000");
        client.Number(112, Balance, 2).Should().Be(10_000_000 - 120_000 - 10_000 + 75_000);
        client.Number(111, "0-0:19.0.0.255", 8).Should().Be(55_000);
        client.Read(1, "0-0:94.44.34.30", 2).Should().Be(
            "0207" + "1602" + CosemRequests.DoubleLong(9_945_000) + CosemRequests.DoubleLong(0) + CosemRequests.DoubleLong(0)
            + CosemRequests.DoubleLong(15_000) + CosemRequests.DoubleLong(40_000) + CosemRequests.DoubleLong(0));
    }

    [Fact]
    public void Midnight_takes_the_standing_charge_and_notes_the_account()
    {
        EsmeFixture fixture = new(model => model with
        {
            Load = new LoadProfileOptions(0, 0, 0, 0, 0),
            ClockOffset = TimeSpan.Zero,
            HistoryDays = 0,
            Tariff = new TariffOptions { StandingMillipence = 53_850 },
            Prepayment = new PrepaymentOptions { Mode = PaymentMode.Prepayment, Balance = 100_000, LowCreditThreshold = 0 },
        });

        fixture.Time.Advance(TimeSpan.FromHours(36));
        ScriptedClient client = fixture.Associated();

        client.Number(112, Balance, 2).Should().Be(0, "53,850 at the first midnight, 46,150 at the second");
        client.Number(112, "0-0:19.10.2.255", 2).Should().Be(7_700, "what the second did not find");
        client.Number(113, "0-0:19.20.4.255", 2).Should().Be(107_700);
        client.Read(7, "0-0:98.1.8.255", 2).Should().StartWith("0102" + "0207" + "090C07EA010602" + "00000000000000" + "050000B446");
    }

    private static string Enter(string digits) => CosemRequests.Act(115, Gateway, 1, CosemRequests.Text(digits));

    private static string TopUp(int pence, int number) => Enter(new Utrn(pence, number).Write("26E0000001", Key));

    private ScriptedClient After(TimeSpan time)
    {
        _fixture.Time.Advance(time);
        return _fixture.Associated();
    }
}
