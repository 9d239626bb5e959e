using DeviceHarness.Virtual.Gsme;
using DeviceHarness.Virtual.Logs;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Gsme;

/// <summary>The sleeping meter and its mirror.</summary>
public sealed class GasWakeCycleTests
{
    private const string MirrorAtTen = "0105010A00";

    [Fact]
    public void It_sleeps_for_half_an_hour_and_hears_nothing_meanwhile()
    {
        GasFixture meter = new();

        meter.Time.Advance(TimeSpan.FromMinutes(29));
        meter.Cycle.Advance().Should().BeEmpty();
        meter.Hear(0x0702, GasFixture.Vector("metering_local_change_supply_on")).Should().BeEmpty();

        meter.Cycle.Unheard.Should().Be(1);
        meter.Cycle.NextDue.Should().Be(TimeSpan.FromMinutes(30));
    }

    [Fact]
    public void It_asks_for_a_mirror_configures_it_and_reports()
    {
        GasFixture meter = new();

        string[] asked = meter.WakeNext();
        string[] reported = meter.Hear(0x0702, MirrorAtTen);

        asked.Should().Equal("0702 1 090101");
        reported[0].Should().Be("0702 1 0902" + GasFixture.Vector("metering_configure_mirror")[4..]);
        reported.Skip(1).Should().OnlyContain(message => message.Contains(" 10 08", StringComparison.Ordinal));
        reported.Should().Contain(message => message.Contains("0A0003300101032201", StringComparison.Ordinal));
        reported.Should().OnlyContain(message => message.Length <= 8 + (2 * 69));
    }

    [Fact]
    public void Every_wake_reports_what_changes_and_it_sleeps_again()
    {
        GasFixture meter = new();
        meter.WakeNext();
        meter.Hear(0x0702, MirrorAtTen);
        meter.Time.Advance(TimeSpan.FromSeconds(5));
        meter.Cycle.Advance();
        bool isAwake = meter.Cycle.IsAwake;

        string[] reported = meter.WakeNext();

        isAwake.Should().BeFalse();
        reported[0].Should().StartWith("0702 10 08").And.Contain("0A000025");
        reported.Should().Contain(message => message.StartsWith("0705 10 08", StringComparison.Ordinal));
        reported.Should().NotContain(message => message.Contains("0A000330", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_free_endpoint_it_asks_again_at_the_next_wake()
    {
        GasFixture meter = new();
        meter.WakeNext();

        meter.Hear(0x0702, "010501FFFF").Should().BeEmpty();

        meter.WakeNext().Should().Equal("0702 1 090201");
    }

    [Fact]
    public void Flags_say_what_to_fetch()
    {
        GasFixture meter = Mirrored();

        string[] fetched = meter.Hear(0x0702, "010709" + "02" + "05000500" + "00000000" + "02000000");

        fetched.Should().SatisfyRespectively(
            time => time.Should().StartWith("000A 1 00").And.EndWith("0000000100"),
            messages => messages.Should().StartWith("0703 1 01").And.EndWith("00"),
            pending => pending.Should().StartWith("0702 1 09").And.EndWith("0B02000000000400"),
            third => third.Should().StartWith("0702 1 09").And.EndWith("0B02020002000000"));
        meter.Cycle.HasFirmwareNotice.Should().BeTrue();
    }

    [Fact]
    public void The_time_of_the_hub_is_taken_when_it_is_worth_it()
    {
        GasFixture meter = Mirrored(model => model with { IsClockValid = false });

        meter.Hear(0x000A, "180101" + "0000" + "00E2" + "008A9B2E" + "0100" + "0018" + "00");
        bool untrusted = meter.State.IsClockValid;
        meter.Hear(0x000A, "180101" + "0000" + "00E2" + "008A9B2E" + "0100" + "0018" + "03");

        untrusted.Should().BeFalse();
        meter.State.IsClockValid.Should().BeTrue();
        meter.State.Now.Should().Be(new DateTimeOffset(2024, 10, 11, 7, 2, 24, TimeSpan.Zero));
    }

    [Fact]
    public void A_meter_that_does_not_know_the_time_asks_for_it_at_each_wake()
    {
        GasFixture meter = Mirrored(model => model with { IsClockValid = false });

        meter.WakeNext()[0].Should().StartWith("000A 1 00");
    }

    [Fact]
    public void Fast_poll_keeps_it_awake_and_costs_battery()
    {
        GasFixture fast = Mirrored();
        GasFixture slow = Mirrored();
        fast.Hear(0x0702, "0109030502");

        fast.Time.Advance(TimeSpan.FromSeconds(119));
        fast.Cycle.Advance();
        bool isAwake = fast.Cycle.IsAwake;
        foreach (GasFixture meter in (GasFixture[])[fast, slow])
        {
            meter.Time.Advance(meter == fast ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(120));
            meter.Cycle.Advance();
        }

        isAwake.Should().BeTrue();
        fast.Cycle.IsAwake.Should().BeFalse();
        fast.State.Battery.Used.Should().BeGreaterThan(slow.State.Battery.Used);
    }

    [Fact]
    public void What_it_has_to_tell_goes_with_the_reports()
    {
        GasFixture meter = Mirrored();
        meter.State.Tamper(EventCode.CoverRemoved);

        string[] reported = meter.WakeNext();

        string told = reported.Should().ContainSingle(message => message.StartsWith("0709 10 09", StringComparison.Ordinal)).Which;
        told.Should().Contain(GasFixture.Vector("events_publish_event_cover_removed")[4..12]).And.EndWith("0300");
    }

    [Fact]
    public void With_the_defects_reports_are_lost_or_stale()
    {
        GasFixture lost = Mirrored(model => model with { Defects = GasDefects.ReportLost });
        GasFixture stale = Mirrored(model => model with { Defects = GasDefects.StaleReadings });

        bool[] reports = [.. Enumerable.Range(0, 4).Select(_ => lost.WakeNext().Length > 0)];

        reports.Should().Equal(false, true, false, true);
        stale.WakeNext()[0].Should().Contain("0A00002587D612000000");
    }

    [Fact]
    public void A_removed_mirror_is_asked_for_anew_and_another_is_not_made_without_the_link_key()
    {
        GasFixture meter = Mirrored();

        meter.Hear(0x0702, "0108020A00");
        string[] asked = meter.WakeNext();
        meter.Hear(0x0702, MirrorAtTen, isSecured: false);

        asked.Should().ContainSingle().Which.Should().StartWith("0702 1 09").And.EndWith("01");
        meter.State.Settings.MirrorEndpoint.Should().BeNull();
    }

    private static GasFixture Mirrored(Func<GasMeterModel, GasMeterModel>? change = null)
    {
        GasFixture meter = new(change);
        meter.WakeNext();
        meter.Hear(0x0702, MirrorAtTen);
        return meter;
    }
}
