using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Regression;
using DeviceHarness.Assurance.Thresholds;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Assurance.Tests.Regression;

public sealed class RegressionStandingTests
{
    private static readonly RegressionPack Standard = new("standard-regression", "1.0", ["pack-a", "pack-b"]);
    private static readonly DmcDefinition Itron = new("Itron", "IOC", ["s1sp-cgi", "esme-itron"]);
    private static readonly PassRate All = new(3, 0, 0, 0, 0, 0, 0, 0);
    private static readonly CycleSummary[] BothPassed = [Run(1, "pack-a"), Run(2, "pack-b")];

    [Fact]
    public void Without_a_release_earlier_regression_is_still_valid_and_it_says_since_when()
    {
        RegressionStanding standing = Judge([Release(0, "s1sp-cgi", "1.4")], BothPassed);

        standing.Verdict.Should().Be(RegressionVerdict.StillValid);
        standing.Why.Should().Equal(
            "no software version changed since c1, c2 (from 2026-01-06 on)",
            "s1sp-cgi: 1.4 since 2026-01-05",
            "esme-itron: no release was ever recorded");
        standing.Conditions.Should().BeEmpty();
    }

    [Fact]
    public void A_fix_that_changes_code_makes_regression_due_and_puts_a_condition_until_the_whole_pack_passed_after_it()
    {
        ComponentRelease fix = Release(3, "s1sp-cgi", "1.5") with { IssueId = "110031" };
        ComponentRelease[] releases = [Release(0, "s1sp-cgi", "1.4"), fix];

        RegressionStanding due = Judge(releases, BothPassed);
        RegressionStanding half = Judge(releases, [.. BothPassed, Run(4, "pack-a")]);
        RegressionStanding done = Judge(releases, [.. BothPassed, Run(4, "pack-a"), Run(5, "pack-b")]);

        due.Verdict.Should().Be(RegressionVerdict.Due);
        due.Why.Should().Equal("s1sp-cgi: 1.4, then 1.5 on 2026-01-08, fix of 110031");
        due.Conditions.Select(condition => (condition.Dmc, condition.Release, condition.IsOpen)).Should().Equal(("Itron", fix, true));
        (half.Verdict, half.Conditions.Single().IsOpen).Should().Be((RegressionVerdict.Due, true));
        done.Verdict.Should().Be(RegressionVerdict.StillValid);
        done.Conditions.Single().DischargedBy.Should().Equal("c4", "c5");
    }

    [Theory]
    [InlineData("s1sp-cgi", "1.5", true, true)]
    [InlineData("s1sp-cgi", "1.5", false, false)]
    [InlineData("s1sp-cgi", "1.4", true, false)]
    [InlineData("s1sp-mds", "9.9", true, false)]
    public void Only_another_version_with_new_code_of_a_component_of_its_own_makes_it_due(
        string component, string version, bool changesCode, bool isDue)
    {
        ComponentRelease release = Release(3, component, version) with { ChangesCode = changesCode };

        RegressionStanding standing = Judge([Release(0, "s1sp-cgi", "1.4"), release], BothPassed);

        standing.Verdict.Should().Be(isDue ? RegressionVerdict.Due : RegressionVerdict.StillValid);
    }

    [Fact]
    public void Another_firmware_on_the_devices_of_a_later_cycle_makes_it_due()
    {
        CycleSummary later = Run(4, "pack-c");
        DeviceBaseline[] updated =
            [.. later.Cycle.Devices.Select(device => device with { Inventory = device.Inventory with { FirmwareVersion = "4.3.0" } })];
        later = later with { Cycle = later.Cycle with { Devices = updated, Purpose = later.Cycle.Purpose with { Kind = CycleKind.Eoc } } };

        RegressionStanding standing = Judge([], [.. BothPassed, later]);

        standing.Verdict.Should().Be(RegressionVerdict.Due);
        standing.Why.Should().ContainSingle().Which.Should().Contain("4.2.0, then 4.3.0 in c4");
    }

    [Fact]
    public void Regression_counts_when_every_pack_was_run_whole_and_to_its_end_for_the_combination()
    {
        CycleSummary[] wanting =
        [
            Changed(cycle => cycle with { IsSelection = true }),
            Changed(cycle => cycle with { State = CycleState.Incomplete }),
            Changed(cycle => cycle with { State = CycleState.Void }),
            Changed(cycle => cycle with { Purpose = cycle.Purpose with { Kind = CycleKind.Eoc } }),
            Changed(cycle => cycle with { Purpose = cycle.Purpose with { Scope = new EntryScope("Elster", InstallationType.Any) } }),
        ];

        foreach (CycleSummary second in wanting)
        {
            RegressionStanding standing = Judge([], [BothPassed[0], second]);

            standing.Verdict.Should().Be(RegressionVerdict.NotRun);
            standing.Why.Should().Equal("no complete regression cycle with the whole pack pack-b");
        }
    }

    [Fact]
    public void The_last_run_of_a_pack_decides_and_one_failed_case_makes_regression_due()
    {
        CycleSummary failed = Run(3, "pack-b") with { Rate = new PassRate(2, 1, 0, 0, 0, 0, 0, 0) };

        RegressionStanding standing = Judge([], [.. BothPassed, failed]);

        standing.Verdict.Should().Be(RegressionVerdict.Due);
        standing.Why.Should().Equal("c3: 2 of 3 in-scope cases of pack-b passed");
    }

    [Fact]
    public void What_another_campaign_ran_is_partial_and_makes_nothing_valid()
    {
        RegressionCredit credit = new("Itron", "MDS testing", "4.1.1", new DateOnly(2026, 1, 4), "me", "in parallel", Day(0));
        RegressionRecord record = new([Itron], [], [credit, credit with { Dmc = "Elster" }], []);

        RegressionStanding standing = RegressionStanding.Of(Itron, record, Standard, ThresholdBasis.Evidence);

        standing.Verdict.Should().Be(RegressionVerdict.NotRun);
        standing.Credits.Should().Equal(credit);
        credit.ToString().Should().Be("partial, from MDS testing (4.1.1), run on 2026-01-04");
        (credit with { Campaign = "" }).WhyNot().Should().Contain("campaign");
    }

    [Fact]
    public void Cycles_on_virtual_devices_count_in_a_rehearsal_alone()
    {
        CycleSummary[] runs =
        [
            .. BothPassed.Select(run => run with
            {
                Cycle = run.Cycle with { Devices = [AssuranceSamples.Device(AssuranceSamples.Virtual)] },
            }),
        ];
        RegressionRecord record = new([Itron], [], [], runs);

        RegressionStanding.Of(Itron, record, Standard, ThresholdBasis.Evidence).Verdict.Should().Be(RegressionVerdict.NotRun);
        RegressionStanding.Of(Itron, record, Standard, ThresholdBasis.Rehearsal).Verdict.Should().Be(RegressionVerdict.StillValid);
    }

    [Fact]
    public void A_record_of_an_earlier_moment_holds_what_was_known_then()
    {
        CycleSummary[] ended = [.. BothPassed.Select(run => run with { Cycle = run.Cycle with { Ended = run.Cycle.Created } })];
        RegressionCredit credit = new("Itron", "MDS testing", "4.1.1", new DateOnly(2026, 1, 4), "me", "in parallel", Day(2));
        RegressionRecord record = new([Itron], [Release(0, "dco", "1"), Release(3, "dco", "2")], [credit], ended);

        RegressionRecord then = record.At(Day(1));

        then.Releases.Select(release => release.Version).Should().Equal("1");
        then.Cycles.Select(cycle => cycle.Cycle.Id).Should().Equal("c1");
        then.Credits.Should().BeEmpty();
        record.At(Day(3)).Should().BeEquivalentTo(record);
    }

    [Fact]
    public void A_plan_covers_every_combination_that_shares_the_component_and_names_the_others()
    {
        DmcDefinition[] dmcs = [Itron, new("Elster", "IOC", ["s1sp-cgi"]), new("Mds", "MOC", ["s1sp-mds"])];
        ComponentRelease fix = Release(3, "s1sp-cgi", "1.5") with { IssueId = "110031" };

        RegressionPlan plan = RegressionPlan.Of(fix, "Itron", dmcs);

        plan.Dmcs.Should().Equal("Itron", "Elster");
        plan.Others.Should().Equal("Elster");
        RegressionPlan.Of(fix with { ChangesCode = false }, "Itron", dmcs).Dmcs.Should().BeEmpty("no code changed");
        RegressionPlan.Of(fix with { Component = "dco" }, "Itron", dmcs).Dmcs.Should().BeEmpty("no combination has it");
    }

    [Fact]
    public void A_combination_needs_components_and_a_release_a_version_a_person_and_a_reason()
    {
        Itron.WhyNot().Should().BeEmpty();
        (Itron with { Components = [] }).WhyNot().Should().Contain("1 to 50 components");
        (Itron with { Id = "" }).WhyNot().Should().Contain("an id");
        Release(0, "dco", "1").WhyNot().Should().BeEmpty();
        Release(0, "dco", "").WhyNot().Should().Contain("version");
        (Release(0, "dco", "1") with { Who = "" }).WhyNot().Should().Contain("who");
    }

    private static RegressionStanding Judge(ComponentRelease[] releases, CycleSummary[] cycles) => RegressionStanding.Of(
        Itron, new RegressionRecord([Itron], releases, [], cycles), Standard, ThresholdBasis.Evidence);

    private static DateTimeOffset Day(int day) => AssuranceSamples.Noon.AddDays(day);

    private static ComponentRelease Release(int day, string component, string version) =>
        new(component, version, ChangesCode: true, IssueId: "", "me", "released", Day(day));

    private static CycleSummary Run(int day, string pack) => new(
        AssuranceSamples.Cycle().Cycle with
        {
            Id = FormattableString.Invariant($"c{day}"),
            PackName = pack,
            State = CycleState.Complete,
            Created = Day(day),
            Devices = [AssuranceSamples.Device(AssuranceSamples.RealDcc)],
            Purpose = new CyclePurpose(CycleKind.Regression, new EntryScope("Itron", InstallationType.Dormant)),
        },
        All);

    private static CycleSummary Changed(Func<Cycle, Cycle> change)
    {
        CycleSummary run = Run(2, "pack-b");
        return run with { Cycle = change(run.Cycle) };
    }
}
