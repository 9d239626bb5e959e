using DeviceHarness.Assurance.Campaigns;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Proposals;
using DeviceHarness.Duis.Firmware;
using FluentAssertions;
using Xunit;
using static DeviceHarness.Assurance.Tests.AssuranceSamples;

namespace DeviceHarness.Assurance.Tests.Campaigns;

public sealed class CampaignStandingTests
{
    // Go-live on 31 August less six months: there is no 31 February.
    private static readonly DateTimeOffset LastMoment = new(2027, 2, 28, 23, 59, 59, TimeSpan.Zero);
    private static readonly Campaign Tranche = Of(new DateOnly(2027, 8, 31));
    private static readonly CampaignCycle Frozen = Run("c1", LastMoment.AddDays(-40), "4.2.0");

    [Theory]
    [InlineData("2027-08-31", 6, "2027-02-28")]
    [InlineData("2028-08-31", 6, "2028-02-29")]
    [InlineData("2027-03-31", 6, "2026-09-30")]
    [InlineData("2027-12-31", 6, "2027-06-30")]
    [InlineData("2027-06-30", 6, "2026-12-30")]
    [InlineData("2027-08-31", 1, "2027-07-31")]
    public void The_freeze_is_so_many_calendar_months_before_go_live_and_a_short_month_ends_it(string goLive, int months, string freeze)
    {
        Campaign campaign = Of(DateOnly.Parse(goLive), months);

        campaign.Baseline.Freeze.Should().Be(DateOnly.Parse(freeze));
        campaign.Rule.Should().Contain($"go-live {goLive} less stable-months {months} (").And.Contain(freeze);
        campaign.Rule.Contains("the DCC's delivery plan", StringComparison.Ordinal).Should().Be(months == 6);
    }

    [Fact]
    public void A_change_on_the_very_day_of_the_freeze_is_in_time_and_one_a_moment_later_flags_the_campaign()
    {
        CampaignStanding inTime = Judge([Frozen, Run("c2", LastMoment, "4.3.0")]);
        CampaignStanding late = Judge([Frozen, Run("c2", LastMoment.AddSeconds(1), "4.3.0")]);

        (inTime.IsFlagged, inTime.Verdict).Should().Be((false, "no change was seen since the freeze of 2027-02-28"));
        late.IsFlagged.Should().BeTrue();
        late.Verdict.Should().Be(
            "FLAGGED: firmware changed after the freeze of 2027-02-28, what was tested before differs from what goes live");
        late.Late.Should().ContainSingle().Which.ToString().Should().Be(
            $"esme-01 (ESME {Device(Virtual).Inventory.DeviceId}) 4.2.0 to 4.3.0, first seen 2027-03-01 00:00 UTC in the baseline of "
            + "cycle c2; 4.2.0 last seen 2027-01-19 23:59 UTC in the baseline of cycle c1");
    }

    [Fact]
    public void What_counts_is_the_version_that_was_known_last_by_the_freeze()
    {
        CampaignCycle renewed = Run("c2", LastMoment.AddDays(-1), "4.3.0");

        Judge([Frozen, renewed, Run("c3", LastMoment.AddDays(9), "4.3.0")]).IsFlagged.Should().BeFalse();
        Judge([Frozen, renewed, Run("c3", LastMoment.AddDays(9), "4.2.0")]).IsFlagged.Should().BeTrue();
    }

    [Fact]
    public void The_way_back_is_a_change_too_and_each_is_told_once()
    {
        CampaignStanding standing = Judge(
        [
            Frozen, Run("c2", LastMoment.AddDays(1), "4.3.0"), Run("c3", LastMoment.AddDays(2), "4.3.0"),
            Run("c4", LastMoment.AddDays(3), "4.2.0"),
        ]);

        standing.Late.Select(late => (late.Before.Version, late.After.Version)).Should().Equal(("4.2.0", "4.3.0"), ("4.3.0", "4.2.0"));
    }

    [Fact]
    public void What_made_a_cycle_void_counts_when_it_was_void()
    {
        CampaignCycle voided = Frozen with
        {
            State = CycleState.Void,
            Ended = LastMoment.AddDays(2),
            Changes = [new FirmwareChange("esme-01", "ESME", "4.2.0", "4.3.0")],
        };

        Judge([voided]).Late.Should().ContainSingle().Which.After.Where.Should().Be("cycle c1, which it made void");
        Judge([voided with { Ended = LastMoment }]).IsFlagged.Should().BeFalse();
        Judge([voided with { State = CycleState.Complete }]).IsFlagged.Should().BeFalse("when it changed after a whole cycle is not known");
    }

    [Fact]
    public void The_inventory_counts_while_no_cycle_runs_on_the_rig_and_for_devices_of_the_campaign_alone()
    {
        HeldFirmware held = new("bench-01", Device(Virtual).Inventory.DeviceId, "4.3.0");
        CampaignCycle open = Frozen with { Id = "c9", State = CycleState.Running, Dmc = "D9" };

        Judge([Frozen], held).Late.Should().ContainSingle().Which.After.Where.Should().Be("the inventory of bench-01");
        Judge([Frozen, open], held).IsFlagged.Should().BeFalse("a case may take it there and back");
        Judge([Frozen], held with { DeviceId = default }).IsFlagged.Should().BeFalse();
        Judge([Frozen], held with { Version = "" }).IsFlagged.Should().BeFalse();
        CampaignStanding.Of(Tranche, new CampaignRecord([Tranche], [Frozen], [held]), LastMoment.AddDays(30), LastMoment.AddDays(9))
            .IsFlagged.Should().BeFalse("the inventory is that of now");
    }

    [Fact]
    public void A_device_of_which_nothing_is_known_by_the_freeze_is_held_against_its_first_sighting_and_named()
    {
        CampaignStanding standing = Judge([Run("c1", LastMoment.AddDays(5), "4.2.0"), Run("c2", LastMoment.AddDays(6), "4.3.0")]);

        standing.Unanchored.Should().ContainSingle().Which.Where.Should().Be("the baseline of cycle c1");
        standing.Late.Should().ContainSingle();
    }

    [Fact]
    public void Only_cycles_of_its_combinations_belong_to_it_and_without_one_nothing_is_claimed()
    {
        Campaign narrow = Tranche with { Dmcs = ["D1"] };
        CampaignCycle[] cycles = [Frozen, Run("c2", LastMoment.AddDays(1), "4.3.0")];

        CampaignStanding none = Judge(narrow, cycles);
        CampaignStanding both = Judge(narrow, [.. cycles.Select(cycle => cycle with { Dmc = "D1" })]);

        (none.IsFlagged, none.Verdict).Should().Be((false, "no cycle belongs to it yet: nothing is claimed"));
        both.IsFlagged.Should().BeTrue();
    }

    [Fact]
    public void Before_the_freeze_firmware_may_change_and_the_last_statement_of_a_name_holds()
    {
        Campaign later = Tranche with { Baseline = new FirmwareBaseline(new DateOnly(2028, 1, 31)), Time = Noon.AddDays(1) };
        CampaignRecord record = new([Tranche, later], [Frozen, Run("c2", LastMoment.AddDays(1), "4.3.0")], []);

        Campaign now = record.At(null).Should().ContainSingle().Subject;

        CampaignStanding.Of(now, record, LastMoment.AddDays(30)).Verdict.Should()
            .Be("the freeze of 2027-07-31 has not passed: firmware may change");
        CampaignStanding.Of(record.At(Noon).Single(), record, LastMoment.AddDays(30)).IsFlagged.Should().BeTrue();
        record.At(Noon.AddDays(-1)).Should().BeEmpty();
    }

    [Fact]
    public void A_campaign_that_is_none_is_refused_with_the_reason()
    {
        Tranche.WhyNot().Should().BeEmpty();
        (Tranche with { Reason = "" }).WhyNot().Should().Contain("reason");
        (Tranche with { Name = "" }).WhyNot().Should().Contain("name");
        (Tranche with { Dmcs = [""] }).WhyNot().Should().Contain("combinations");
        Of(new DateOnly(2027, 8, 31), 0).WhyNot().Should().Contain("1 to 36 months");
        Of(new DateOnly(2027, 8, 31), 37).WhyNot().Should().Contain("1 to 36 months");
        Of(DateOnly.MinValue).WhyNot().Should().Contain("from 2000 on");
    }

    private static Campaign Of(DateOnly goLive, int months = FirmwareBaseline.UsualStableMonths) =>
        new("tranche-44", new FirmwareBaseline(goLive, months), [], "A. Tester", "delivery plan", Noon);

    private static CampaignStanding Judge(CampaignCycle[] cycles, params HeldFirmware[] held) => Judge(Tranche, cycles, held);

    private static CampaignStanding Judge(Campaign campaign, CampaignCycle[] cycles, params HeldFirmware[] held) =>
        CampaignStanding.Of(campaign, new CampaignRecord([campaign], cycles, held), LastMoment.AddDays(30));

    private static CampaignCycle Run(string id, DateTimeOffset created, string firmware)
    {
        DeviceBaseline device = Device(Virtual);
        return new CampaignCycle(
            id, ["bench-01"], "", CycleState.Complete, created, created.AddMinutes(1),
            [device with { Inventory = device.Inventory with { FirmwareVersion = firmware } }], []);
    }
}
