using DeviceHarness.Virtual.Gsme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Gsme;

/// <summary>What the gas meter hears as a client: prices, factors, messages, calendars, tenancies.</summary>
public sealed class GasClientClusterTests
{
    [Fact]
    public void The_conversion_factor_and_the_calorific_value_are_taken()
    {
        GasFixture meter = new(model => model with { ConversionFactor = 100_000, CalorificValue = 40_000 });

        meter.Send(0x0700, GasFixture.Vector("price_publish_conversion_factor")).Should().Equal("10210B0200");
        meter.Send(0x0700, "092103" + "01000000" + "00000000" + "8B010000" + "01" + "10").Should().Equal("10210B0300");
        meter.Send(0x0700, "092103" + "01000000" + "00000000" + "8B010000" + "02" + "10").Should().Equal("10210B0385");

        (meter.State.Metrology.ConversionFactor, meter.State.Metrology.CalorificValue).Should().Be((102_264, 39_500));
        meter.State.History.Snapshots.Count.Should().Be(2);
    }

    [Fact]
    public void A_price_is_taken_and_acknowledged_when_that_is_wanted()
    {
        GasFixture meter = new();
        string price = GasFixture.Vector("price_publish_price_se11");

        meter.Send(0x0700, price).Should().Equal("10210B0000");
        long taken = meter.State.Tariff.PriceMillipence;
        int control = price.IndexOf("B4DB1500", StringComparison.Ordinal) + 8 + 26;
        string[] acknowledged = meter.Send(0x0700, price[..control] + "01" + price[(control + 2)..]);

        taken.Should().Be(1_432_500);
        acknowledged.Should().Equal("112102" + "0D0C0B0A" + "008A9B2E" + "4064EE30" + "01");
    }

    [Fact]
    public void The_standing_charge_of_a_tariff_is_taken()
    {
        GasFixture meter = new();

        meter.Send(0x0700, GasFixture.Vector("price_publish_tariff_information")).Should().Equal("10210B0400");
        meter.Send(0x0700, "092105" + "0D0C0B0A" + "038A9B2E" + "008A9B2E" + "11000000" + "000101" + "01" + "E8030000").Should()
            .Equal("10210B0500");

        meter.State.Tariff.Standing.Active.MillipenceOfPeriod().Should().BePositive().And.NotBe(29_600);
    }

    [Fact]
    public void A_message_is_shown_confirmed_and_cancelled()
    {
        GasFixture meter = new();

        meter.Send(0x0703, GasFixture.Vector("messaging_display_message_confirm")).Should().Equal("112101" + "01010000" + "4064EE30");
        meter.Endpoint.Messaging.Shown.Should().Be("Your supply will be off 10:00-12:00");
        meter.Send(0x0703, "092201" + "02010000" + "00").Should().Equal("10220B018B");
        meter.Endpoint.Messaging.Shown.Should().NotBeNull();
        meter.Send(0x0703, GasFixture.Vector("messaging_cancel_message")).Should().Equal("10210B0100");

        meter.Endpoint.Messaging.Shown.Should().BeNull();
    }

    [Fact]
    public void A_change_of_tenancy_takes_its_snapshots()
    {
        GasFixture meter = new();

        meter.Send(0x0708, GasFixture.Vector("devmgmt_publish_change_of_tenancy")).Should().Equal("10210B0000");

        meter.State.History.Snapshots.Count.Should().Be(2);
        GasSnapshot.Of(meter.State.History.Snapshots[0].Values).Cause.Should().Be(0x1000);
        meter.State.Settings.ProviderId.Should().Be(0x0A0B0C0D);
    }

    [Fact]
    public void Site_and_customer_numbers_are_taken()
    {
        GasFixture meter = new();

        meter.Send(0x0708, "092103" + "01000000" + "00000000" + "0D0C0B0A" + "03313233").Should().Equal("10210B0300");
        meter.Send(0x0708, "092106" + "01000000" + "00000000" + "0D0C0B0A" + "0441424344").Should().Equal("10210B0600");

        (meter.State.Settings.SiteId, meter.State.Settings.CustomerId).Should().Be(("123", "ABCD"));
    }

    [Fact]
    public void A_calendar_holds_when_all_of_it_is_there()
    {
        GasFixture meter = new();

        string[] asked = meter.Send(0x0707, GasFixture.Vector("calendar_publish_calendar"));
        meter.Send(0x0707, GasFixture.Vector("calendar_publish_week_profile")).Should().Equal("10210B0200");
        meter.Send(0x0707, GasFixture.Vector("calendar_publish_seasons")).Should().Equal("10210B0300");
        int before = meter.State.Tariff.Rate;
        meter.Send(0x0707, "092101" + "0D0C0B0A" + "00919B2E" + "55000000" + "01" + "01" + "00" + "01" + "00" + "000002").Should()
            .Equal("10210B0100");

        asked.Should().Equal(
            "112101" + "0D0C0B0A" + "55000000" + "0101", "112102" + "0D0C0B0A" + "55000000" + "0101", "112103" + "0D0C0B0A" + "55000000");
        (before, meter.State.Tariff.Rate).Should().Be((1, 2));
    }

    [Fact]
    public void Tables_of_another_calendar_are_not_taken()
    {
        GasFixture meter = new();

        meter.Send(0x0707, GasFixture.Vector("calendar_publish_week_profile")).Should().Equal("10210B028B");
        meter.Send(0x0707, "0921020D0C0B0A").Should().Equal("10210B0280");
    }

    [Theory]
    [InlineData("FF0D0101", "85")]
    [InlineData("7E000101", "85")]
    [InlineData("7E0101FF", "00")]
    public void A_season_begins_on_a_day_that_there_is(string date, string status)
    {
        GasFixture meter = new();
        meter.Send(0x0707, GasFixture.Vector("calendar_publish_calendar"));

        meter.Send(0x0707, "092103" + "0D0C0B0A" + "00919B2E" + "55000000" + "0001" + date + "01").Should().Equal("10210B03" + status);
    }

    [Fact]
    public void Nothing_that_may_come_makes_it_fail()
    {
        const int Seed = 815;
        Random random = new(Seed);
        GasFixture meter = new();
        ushort[] clusters = [0x0000, 0x000A, 0x0700, 0x0702, 0x0703, 0x0705, 0x0707, 0x0708, 0x0709, 0x0B04];
        for (int number = 0; number < 1500; number++)
        {
            byte[] frame = new byte[random.Next(0, 48)];
            random.NextBytes(frame);
            if (frame.Length > 2)
            {
                (frame[0], frame[2]) = ((byte)random.Next(0, 32), (byte)random.Next(0, 17));
            }

            ushort cluster = clusters[random.Next(clusters.Length)];
            Action send = () => meter.Send(cluster, Convert.ToHexString(frame));

            send.Should().NotThrow("seed {0}, frame {1} to {2:X4}", Seed, Convert.ToHexString(frame), cluster);
        }

        meter.Send(0x0000, "0001000500").Should().ContainSingle();
    }
}
