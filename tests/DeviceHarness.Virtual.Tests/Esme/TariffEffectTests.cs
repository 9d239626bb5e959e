using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Tariff;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Esme;

/// <summary>A tariff is what the next register does: a load of exactly 1 kW, from 2026-01-05 12:00:02 by the meter's clock.</summary>
public sealed class TariffEffectTests
{
    private const string Calendar = "0-0:13.0.0.255";
    private const string Prices = "0-0:19.20.0.255";

    // season 1 from 1 January, week 1, and a day 1 with rate 3 from 00:00 and rate 4 from 13:00.
    private const string Seasons = "0101" + "0203" + "090101" + "090CFFFF0101FF00000000800000" + "090101";
    private const string Weeks = "0101" + "0208" + "090101" + "1101110111011101110111011101";
    private const string Days = "0101" + "0202" + "1101" + "0102"
        + "0203" + "090400000000" + "090600000A0064FF" + "120003"
        + "0203" + "09040D000000" + "090600000A0064FF" + "120004";

    private readonly EsmeFixture _fixture = new(model => model with
    {
        Load = new LoadProfileOptions(1_000, 0, 0, 0, 0),
        ClockOffset = TimeSpan.Zero,
        Tariff = new TariffOptions { Prices = [new(1, 0, 20_000), new(3, 0, 30_000), new(4, 0, 40_000)] },
    });

    [Fact]
    public void A_new_tariff_moves_the_register_of_its_rate_from_its_moment_on()
    {
        ScriptedClient client = _fixture.Associated();
        Program(client);
        client.Do(CosemRequests.Set(20, Calendar, 10, CosemRequests.Moment(At(12, 30)))).Should().Be(0);
        _fixture.Time.Advance(TimeSpan.FromMinutes(30));
        client = _fixture.Associated();
        long one = client.Number(3, "1-0:1.8.1.255", 2);
        string name = client.Read(20, Calendar, 2);
        _fixture.Time.Advance(TimeSpan.FromMinutes(30));
        client = _fixture.Associated();
        long three = client.Number(3, "1-0:1.8.3.255", 2);
        long price = client.Number(3, "0-0:94.44.1.7", 2);
        _fixture.Time.Advance(TimeSpan.FromMinutes(15));
        client = _fixture.Associated();

        one.Should().Be(500, "12:00 to 12:30 at 1 kW in rate 1");
        name.Should().Be(CosemRequests.Text("NEW"), "it was activated at 12:30");
        three.Should().Be(500, "12:30 to 13:00 in rate 3");
        price.Should().Be(40_000, "it is 13:00");
        client.Number(3, "1-0:1.8.4.255", 2).Should().Be(250, "13:00 to 13:15 in rate 4");
        client.Number(3, "1-0:1.8.1.255", 2).Should().Be(500);
        client.Number(3, "1-0:1.8.0.255", 2).Should().Be(1_234_567 + 1_250);
        client.Number(112, "0-0:19.10.0.255", 2).Should().Be(-35_000, "0.5 x 20,000 + 0.5 x 30,000 + 0.25 x 40,000");
        client.Read(6, "0-0:14.0.0.255", 4).Should().Be("090104");
    }

    [Fact]
    public void Activation_by_method_needs_tables_that_fit_together()
    {
        ScriptedClient client = _fixture.Associated();
        client.Do(CosemRequests.Set(20, Calendar, 8, Weeks.Replace("0208090101", "0208090102", StringComparison.Ordinal))).Should().Be(0);

        int dangling = client.Do(CosemRequests.Act(20, Calendar, 1, CosemRequests.IntegerZero));
        Program(client);
        int sound = client.Do(CosemRequests.Act(20, Calendar, 1, CosemRequests.IntegerZero));

        dangling.Should().Be(250, "the season names a week that is not there");
        sound.Should().Be(0);
        client.Read(20, Calendar, 5).Should().Be(Days);
        client.Read(20, Calendar, 3).Should().Be(Seasons);
        client.Read(20, Calendar, 4).Should().Be(Weeks);
        _fixture.Esme.ActiveRate.Should().Be(3);
    }

    [Fact]
    public void A_special_day_to_be_set_holds_with_the_next_calendar()
    {
        ScriptedClient client = _fixture.Associated();
        Program(client);
        client.Do(CosemRequests.Set(
            20, Calendar, 9, "0102" + Days[4..]
            + "0202" + "1102" + "0101" + "0203" + "090400000000" + "090600000A0064FF" + "120007")).Should().Be(0);
        client.Do(CosemRequests.Act(11, "0-1:11.0.0.255", 1, "0203" + "120001" + "0905FFFF0105FF" + "1102")).Should().Be(0);

        int before = _fixture.Esme.ActiveRate;
        client.Do(CosemRequests.Act(20, Calendar, 1, CosemRequests.IntegerZero)).Should().Be(0);

        before.Should().Be(1);
        _fixture.Esme.ActiveRate.Should().Be(7, "5 January is day 2");
        client.Read(11, "0-0:11.0.0.255", 2).Should().Be("0101" + "0203" + "120001" + "0905FFFF0105FF" + "1102");
    }

    [Fact]
    public void New_prices_are_charged_from_their_moment_on()
    {
        ScriptedClient client = _fixture.Associated();
        string charge = "0203" + "0202" + "0F03" + "0FFC" + "0203" + "120003" + "09060100010800FF" + "0F02"
            + "0101" + "0202" + "090101" + "1003E8";
        client.Do(CosemRequests.Set(113, Prices, 6, charge)).Should().Be(0);
        client.Do(CosemRequests.Set(113, Prices, 7, CosemRequests.Moment(At(13, 0)))).Should().Be(0);

        _fixture.Time.Advance(TimeSpan.FromHours(2));
        client = _fixture.Associated();

        client.Read(113, Prices, 5).Should().Be(charge);
        client.Number(112, "0-0:19.10.0.255", 2).Should().Be(-30_000, "1 kWh at 20,000 and 1 kWh at 1,000 x 10 = 10,000");
        client.Number(113, Prices, 2).Should().Be(30_000);
    }

    [Fact]
    public void Blocks_are_counted_priced_and_reset()
    {
        ScriptedClient client = _fixture.Associated();
        client.Do(CosemRequests.Set(21, "0-0:16.1.11.255", 2, "0101" + CosemRequests.Unsigned32(500))).Should().Be(0);
        client.Do(CosemRequests.Act(20, Calendar, 1, CosemRequests.IntegerZero)).Should().Be(0);

        _fixture.Time.Advance(TimeSpan.FromHours(1));
        client = _fixture.Associated();
        string before = client.Read(1, "0-0:94.44.34.2", 2);
        client.Do(CosemRequests.Act(9, "0-0:10.0.100.255", 1, "120064")).Should().Be(0);

        before.Should().StartWith("0220" + "06000001F4", "500 Wh in block 1 of rate 1");
        before.Substring(4 + (8 * 10), 10).Should().Be("06000001F4", "500 Wh in block 2");
        client.Read(1, "0-0:94.44.34.2", 2).Should().StartWith("0220" + "0600000000");
        client.Read(21, "0-0:16.0.11.255", 2).Should().Be("0101" + CosemRequests.Unsigned32(500));
    }

    [Fact]
    public void A_client_executes_no_rate()
    {
        ScriptedClient client = _fixture.Associated();

        client.Do(CosemRequests.Act(9, "0-0:10.0.100.255", 1, "120002")).Should().Be(3);
        client.Do(CosemRequests.Act(9, "0-0:10.0.100.255", 1, "120063")).Should().Be(4);
        client.Do(CosemRequests.Act(9, "0-0:10.0.100.255", 1, "1102")).Should().Be(12);
    }

    [Fact]
    public void A_tariff_survives_a_power_cut_and_its_time_may_come_meanwhile()
    {
        ScriptedClient client = _fixture.Associated();
        Program(client);
        client.Do(CosemRequests.Set(20, Calendar, 10, CosemRequests.Moment(At(12, 30)))).Should().Be(0);
        _fixture.Time.Advance(TimeSpan.FromMinutes(10));

        _fixture.Esme.PowerOff();
        _fixture.Time.Advance(TimeSpan.FromHours(2));
        _fixture.Esme.PowerOn();
        _fixture.Time.Advance(TimeSpan.FromMinutes(2));
        client = _fixture.Associated();

        client.Read(20, Calendar, 2).Should().Be(CosemRequests.Text("NEW"));
        _fixture.Esme.ActiveRate.Should().Be(4, "14:12");
        client.Number(3, "1-0:1.8.1.255", 2).Should().BeInRange(166, 183, "ten minutes before the cut, at most one after it");
        client.Number(3, "1-0:1.8.3.255", 2).Should().Be(0, "12:30 to 13:00 had no power");
    }

    private static void Program(ScriptedClient client)
    {
        client.Do(CosemRequests.Set(20, Calendar, 6, CosemRequests.Text("NEW"))).Should().Be(0);
        client.Do(CosemRequests.Set(20, Calendar, 7, Seasons)).Should().Be(0);
        client.Do(CosemRequests.Set(20, Calendar, 8, Weeks)).Should().Be(0);
        client.Do(CosemRequests.Set(20, Calendar, 9, Days)).Should().Be(0);
    }

    private static DateTimeOffset At(int hour, int minute) => new(2026, 1, 5, hour, minute, 0, TimeSpan.Zero);
}
