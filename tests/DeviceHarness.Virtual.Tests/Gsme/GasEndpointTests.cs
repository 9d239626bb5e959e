using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Gsme;
using DeviceHarness.Virtual.Logs;
using DeviceHarness.Virtual.Prepayment;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Gsme;

/// <summary>The clusters of the gas meter, octet by octet; it is 2026-01-05 12:00:00, which is 30EE6440.</summary>
public sealed class GasEndpointTests
{
    private static readonly LoadProfileOptions Steady = new(600, 0, 0, 0, 0);

    [Theory]
    [InlineData(GasDefects.None, "010000")]
    [InlineData(GasDefects.WrongMultiplier, "0A0000")]
    public void Attributes_are_read_with_their_types(GasDefects defects, string multiplier)
    {
        GasFixture meter = new(model => model with { Defects = defects });

        string[] answers = meter.Send(0x0702, GasFixture.Vector("read_attributes_metering"));

        answers.Should().Equal("1801010000002587D612000000000200180014000030020103" + "0022" + multiplier);
    }

    [Fact]
    public void Unit_divisor_format_and_identity_are_those_of_a_gas_meter()
    {
        GasFixture meter = new();

        string[] answers = meter.Send(0x0702, "000200" + "0003" + "0203" + "0303" + "0603" + "0703");

        answers.Should().Equal("180201" + "0003003001" + "02030022E80300" + "03030018AB" + "0603001801" + "070300410A39393130303030303031");
    }

    [Fact]
    public void What_is_not_there_says_so_and_what_cannot_be_written_too()
    {
        GasFixture meter = new();

        meter.Send(0x0702, "000200" + "FF0F").Should().Equal("180201FF0F86");
        meter.Send(0x0702, "000202" + "0000" + "25010000000000").Should().Equal("0802048800" + "00");
        meter.Send(0x0702, "00020200").Should().Equal("18020B0280");
        meter.Send(0x0702, "01027F").Should().Equal("18020B7F81");
    }

    [Fact]
    public void What_comes_without_the_link_key_is_not_authorised()
    {
        GasFixture meter = new();

        meter.Send(0x0702, GasFixture.Vector("metering_change_supply_off_armed"), isSecured: false).Should().Equal("18210B0B7E");
        meter.Send(0x0000, "0001000500", isSecured: false).Should().Equal("18010105000042" + "0456472D31");
        meter.State.Valve.Should().Be(SupplyState.Connected);
    }

    [Fact]
    public void The_time_can_be_written()
    {
        GasFixture meter = new();

        string[] answers = meter.Send(0x000A, GasFixture.Vector("write_attributes_time"));

        answers.Should().Equal(GasFixture.Vector("write_attributes_response_all_ok"));
        meter.Send(0x000A, "0004000000").Should().Equal("1804010000" + "00E2008A9B2E");
    }

    [Fact]
    public void With_the_defect_the_time_stays_unknown()
    {
        GasFixture meter = new(model => model with { Defects = GasDefects.ClockUnknown });

        meter.Send(0x000A, GasFixture.Vector("write_attributes_time"));

        meter.Send(0x000A, "0004000000" + "0100").Should().Equal("1804010000" + "00E2FFFFFFFF" + "01000018" + "00");
    }

    [Fact]
    public void The_profile_gives_half_hours_newest_first()
    {
        GasFixture meter = new(model => model with { Flow = Steady });
        meter.Live(TimeSpan.FromHours(1));
        meter.State.TryMoveValve(SupplyState.Disconnected);
        meter.Live(TimeSpan.FromHours(1));

        meter.Send(0x0702, GasFixture.Vector("metering_get_profile")).Should()
            .Equal("1921006080EE30" + "000204" + "000000" + "000000" + "2C0100" + "2C0100");
        meter.Send(0x0702, "012200" + "01" + "00000000" + "04").Should().Equal("192200" + "00000000" + "020200");
        meter.Send(0x0702, "012300" + "00" + "01000000" + "04").Should().Equal("192300" + "01000000" + "050200");
    }

    [Fact]
    public void Fast_poll_is_granted_within_its_bounds()
    {
        GasFixture meter = new();

        meter.Send(0x0702, GasFixture.Vector("metering_request_fast_poll_mode")).Should().Equal("19210305C467EE30");
        meter.Send(0x0702, "01220301FF").Should().Equal("19220302C467EE30");
        meter.State.FastPollUntil.Should().Be(TimeSpan.FromMinutes(15));
    }

    [Fact]
    public void The_supply_is_armed_by_command_and_opened_by_hand()
    {
        GasFixture meter = new();

        meter.Send(0x0702, GasFixture.Vector("metering_change_supply_off_armed")).Should()
            .Equal("19210C0D0C0B0A008C9B2E4064EE3001");
        meter.Send(0x0702, "000100" + "1400").Should().Equal("180101" + "1400003001");
        meter.Send(0x0702, "01220B0D0C0B0A008C9B2E008C9B2E000000000200").Should().Equal("18220B0B01");
        meter.Send(0x0702, GasFixture.Vector("metering_local_change_supply_on")).Should().Equal("18210B0C00");

        meter.State.Valve.Should().Be(SupplyState.Connected);
    }

    [Fact]
    public void A_change_of_supply_that_is_dated_can_be_seen_and_cancelled()
    {
        GasFixture meter = new();

        // At 13:00:00, 30EE7250.
        meter.Send(0x0702, "01220B0D0C0B0A010000004064EE305072EE300000").Should().Equal("18220B0B00");
        meter.Send(0x0702, "000100000B010B").Should().Equal("180101000B00E25072EE30010B003000");
        meter.Send(0x0702, "01230B0D0C0B0A020000004064EE30FFFFFFFF0000").Should().Equal("18230B0B00");
        meter.Live(TimeSpan.FromHours(2));

        meter.State.Valve.Should().Be(SupplyState.Connected);
    }

    [Fact]
    public void The_supply_status_says_what_a_tamper_does()
    {
        GasFixture meter = new();

        meter.Send(0x0702, "01210D0100000001030303").Should().Equal("18210B0D00");
        meter.Send(0x0702, "01220D0100000004030303").Should().Equal("18220B0D85");
        meter.State.Tamper(EventCode.CoverRemoved);

        meter.State.Valve.Should().Be(SupplyState.ReadyForReconnection);
    }

    [Fact]
    public void A_snapshot_is_taken_and_published()
    {
        GasFixture meter = new();

        meter.Send(0x0702, "01220501000000").Should().Equal("1922050100000000");
        meter.Send(0x0702, GasFixture.Vector("metering_get_snapshot")).Should().Equal(
            "192106" + "01000000" + "4064EE30" + "010001" + "01040000" + "00" + "87D612000000" + "00000000FFFFFFFF" + "00000000FFFFFFFF"
            + "0004" + "000000000000000000000000000000000000000000000000");
        meter.Send(0x0702, "0123060000000001000000" + "00FFFFFFFF").Should().Equal("18230B068B");
        meter.Send(0x0705, "0121070000902EFFFFFFFF00FFFFFFFF").Should().Equal(
            "192101" + "01000000" + "4064EE30" + "010001" + "01040000" + "00" + "000000000000000000000000000000000000000000000000");
    }

    [Fact]
    public void Samples_are_whole_and_begin_after_the_start()
    {
        GasFixture meter = new(model => model with { Flow = Steady });

        // An hour each, at most five.
        meter.Send(0x0702, "012107010000000000000000100E0500").Should().Equal("19210D1000");
        meter.Send(0x0702, "0122070100000000000000000A000500").Should().Equal("19220DFFFF");
        meter.Live(TimeSpan.FromMinutes(150));

        meter.Send(0x0702, "01230810000000000000" + "0500").Should()
            .Equal("192307" + "1000" + "4064EE30" + "00" + "100E" + "0200" + "580200" + "580200");
        meter.Send(0x0702, "01240811000000000000" + "0500").Should().Equal("18240B088B");
    }

    [Fact]
    public void A_top_up_is_accepted_once()
    {
        GasFixture meter = new(model => GasFixture.Prepaid(model, balance: 1_000_000));
        string token = Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(meter.Token(500, 3)));

        meter.Send(0x0705, "0121040214" + token).Should().Equal("19210300" + "20A10700" + "02" + "60E31600");
        meter.Send(0x0705, "0122040214" + token).Should().Equal("19220302" + "00000000" + "02" + "60E31600");
        meter.Send(0x0705, GasFixture.Vector("prepayment_consumer_top_up_utrn20")).Should()
            .Equal("19210301" + "00000000" + "02" + "60E31600");
        meter.Send(0x0705, "012308FFFFFFFF00").Should().Equal("192305" + "000114" + token + "20A107004064EE30");
        meter.Send(0x0705, "0001000100" + "0101").Should().Equal("180101" + "0100002B60E31600" + "0101002B20A10700");
    }

    [Fact]
    public void Emergency_credit_is_selected_when_it_may_be()
    {
        GasFixture credit = new();
        GasFixture prepaid = new(model => GasFixture.Prepaid(model, balance: 50_000));

        credit.Send(0x0705, GasFixture.Vector("prepayment_select_emergency_credit")).Should().Equal("18210B0001");
        prepaid.Send(0x0705, GasFixture.Vector("prepayment_select_emergency_credit")).Should().Equal("18210B0000");

        prepaid.Send(0x0705, "0001000200" + "0300").Should().Equal("180101" + "0200002B20A10700" + "0300001815");
    }

    [Fact]
    public void The_payment_mode_is_changed()
    {
        GasFixture meter = new();

        meter.Send(0x0705, GasFixture.Vector("prepayment_change_payment_mode")).Should()
            .Equal("192102" + "00" + "00000000" + "20A10700" + "A0860100");
        meter.Live(TimeSpan.FromMinutes(2));

        meter.State.Account.Mode.Should().Be(PaymentMode.Prepayment);
        meter.State.Valve.Should().Be(SupplyState.Disconnected);
    }

    [Fact]
    public void Debt_is_changed_and_what_payments_bring_to_it_is_listed()
    {
        GasFixture meter = new(model => GasFixture.Prepaid(model, balance: 1_000_000));
        string token = Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(meter.Token(100, 3)));

        // The third debt, 200,000, a quarter of each payment.
        meter.Send(0x0705, "01210201000000" + "00" + "400D0300" + "0104" + "00000000" + "0000" + "00" + "00000000" + "C409").Should()
            .Equal("18210B0200");
        meter.Send(0x0705, "0122040214" + token);

        meter.Send(0x0705, "01230AFFFFFFFF00FF").Should().Equal("192306" + "0001" + "4064EE30" + "A8610000" + "02" + "98AB0200");
    }

    [Theory]
    [InlineData("012103010000000000000040420F0050C30000", "0300")]
    [InlineData("0121050100000000000000" + "0010270000", "0500")]
    [InlineData("01210910270000", "0900")]
    [InlineData("01210B0D0C0B0A0100000000000000" + "00E1F505" + "80969800", "0B00")]
    [InlineData("01210C0D0C0B0A0100000000000000" + "40420F00", "0C00")]
    [InlineData("0121050100000000000000" + "02" + "10270000", "0585")]
    [InlineData("01210510", "0580")]
    public void Settings_of_the_account_are_taken_or_refused(string command, string result)
    {
        GasFixture meter = new();

        meter.Send(0x0705, command).Should().Equal("18210B" + result);
    }

    [Fact]
    public void Events_are_listed_by_log_and_cleared()
    {
        GasFixture meter = new();
        meter.State.SetClock(meter.State.Now);
        meter.State.Tamper(EventCode.CoverRemoved);

        meter.Send(0x0709, GasFixture.Vector("events_get_event_log")).Should()
            .Equal("192101" + "0100" + "0001" + "10" + "0311004064EE3000");
        meter.Send(0x0709, "01220001" + "0000" + "00000000FFFFFFFF" + "00" + "0000").Should()
            .Equal("192201" + "0100" + "0001" + "10" + "0100004064EE3000");
        meter.Send(0x0709, "01210101").Should().Equal("19" + GasFixture.Vector("events_clear_event_log_response")[2..]);
        meter.Send(0x0709, "01220001" + "0000" + "00000000FFFFFFFF" + "00" + "0000").Should().Equal("18220B008B");
    }

    [Fact]
    public void Long_logs_come_in_pages()
    {
        GasFixture meter = new();
        for (int number = 0; number < 8; number++)
        {
            meter.State.Enter(EventCode.CoverRemoved);
        }

        string[] pages = meter.Send(0x0709, "01220001" + "0000" + "00000000FFFFFFFF" + "07" + "0000");

        pages.Should().HaveCount(2);
        pages[0].Should().StartWith("192201" + "0800" + "0002" + "60");
        pages[1].Should().StartWith("192201" + "0800" + "0102" + "10").And.HaveLength((3 + 5 + 8) * 2);
    }
}
