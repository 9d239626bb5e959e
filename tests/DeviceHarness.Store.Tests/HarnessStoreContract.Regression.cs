using DeviceHarness.Assurance.Comparisons;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Issues;
using DeviceHarness.Assurance.Proposals;
using DeviceHarness.Assurance.Regression;
using DeviceHarness.Assurance.Thresholds;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Store.Tests;

public abstract partial class HarnessStoreContract
{
    private static readonly CyclePurpose Regressing = new(CycleKind.Regression, new EntryScope("D1", InstallationType.Dormant));

    private static readonly DmcDefinition Combination = new("D1", "IOC", ["s1sp-cgi", "esme"])
    {
        Eligible = [new EligibleFirmware("ESME", "4.2.0")],
    };

    [Fact]
    public async Task What_a_cycle_is_run_for_is_frozen_with_it_and_the_last_word_of_a_person_holds()
    {
        await Store.AddCycleAsync(
            StoreSamples.Cycle("c1") with { PackKind = "srvt", IsSelection = true, Purpose = Regressing },
            [StoreSamples.Execution("c1", 1)], CancellationToken.None).DefaultTimeout();
        await AddAsync("c2", 1);
        CyclePurpose eoc = new(CycleKind.Eoc, new EntryScope("D2", InstallationType.Mixed));

        IssueAnswer first = await MarkAsync("c2", Regressing);
        IssueAnswer second = await MarkAsync("c2", eoc);
        await ReopenAsync();

        (first, second).Should().Be((IssueAnswer.Done, IssueAnswer.Done));
        Cycle frozen = (await GetAsync("c1")).Cycle;
        (frozen.PackKind, frozen.IsSelection, frozen.Purpose).Should().Be(("srvt", true, Regressing));
        (await GetAsync("c2")).Cycle.Purpose.Should().Be(eoc);
    }

    [Fact]
    public async Task A_mark_without_its_combination_or_for_no_cycle_is_refused()
    {
        await AddAsync("c1", 1);

        IssueAnswer without = await MarkAsync("c1", Regressing with { Scope = EntryScope.Whole });
        IssueAnswer unknown = await MarkAsync("c9", Regressing);

        without.Refusal.Should().Contain("Combination");
        unknown.IsFound.Should().BeFalse();
        (await GetAsync("c1")).Cycle.Purpose.Should().Be(CyclePurpose.None);
    }

    [Fact]
    public async Task Combinations_releases_credits_and_marked_cycles_are_read_of_one_moment()
    {
        await AddAsync("c1", 1);
        await AddAsync("c2", 2);
        await MarkAsync("c2", Regressing);
        ComponentRelease release = new("s1sp-cgi", "1.4", ChangesCode: false, "", "me", "released", StoreSamples.Noon);
        RegressionCredit credit = new("D1", "MDS testing", "4.1.1", new DateOnly(2026, 1, 4), "me", "in parallel", StoreSamples.Noon);

        await StateAsync(Combination with { Components = ["old"] });
        await StateAsync(Combination);
        await ReleaseAsync(release);
        await CreditAsync(credit);
        await ReopenAsync();

        RegressionRecord record = await Store.ReadRegressionAsync(CancellationToken.None).DefaultTimeout();
        record.Dmcs.Should().BeEquivalentTo([Combination], "the last statement holds");
        record.Releases.Should().Equal(release);
        record.Credits.Should().Equal(credit);
        CycleSummary marked = record.Cycles.Should().ContainSingle().Subject;
        (marked.Cycle.Id, marked.Cycle.Purpose, marked.Rate.InScope).Should().Be(("c2", Regressing, 2));
    }

    [Fact]
    public async Task A_fix_stands_in_the_history_of_its_issue_and_one_of_no_issue_is_refused()
    {
        await AddAsync("c1", 1);
        await FailAsync(await LeaseAsync(), SupplyLies);
        ComponentRelease fix = new("s1sp-cgi", "1.5", ChangesCode: true, "TI-0001", "me", "May release", StoreSamples.Noon);

        IssueAnswer done = await ReleaseAsync(fix);
        IssueAnswer unknown = await ReleaseAsync(fix with { IssueId = "TI-9999" });

        (done, unknown.IsFound).Should().Be((IssueAnswer.Done, false));
        (await IssueAsync("TI-0001")).History[^1].Should().BeEquivalentTo(new
        {
            Field = "fix",
            New = "s1sp-cgi 1.5, code changed: regression is due",
            Who = "me",
            Reason = "May release",
        });
        (await Store.ReadRegressionAsync(CancellationToken.None).DefaultTimeout()).Releases.Should().Equal(fix);
    }

    [Fact]
    public async Task What_is_wanting_towards_regression_is_refused_and_not_kept()
    {
        IssueAnswer[] answers =
        [
            await StateAsync(Combination with { Components = [] }),
            await StateAsync(Combination with { Eligible = [new EligibleFirmware("ESME", "")] }),
            await ReleaseAsync(new ComponentRelease("s1sp-cgi", "", ChangesCode: true, "", "me", "why", StoreSamples.Noon)),
            await CreditAsync(new RegressionCredit("D1", "MDS", "all", new DateOnly(2026, 1, 4), "me", "why", StoreSamples.Noon)),
        ];

        answers.Should().OnlyContain(answer => answer.Refusal.Length > 0);
        answers[^1].IsFound.Should().BeFalse("nobody stated the combination");
        RegressionRecord record = await Store.ReadRegressionAsync(CancellationToken.None).DefaultTimeout();
        (record.Dmcs.Count, record.Releases.Count, record.Credits.Count).Should().Be((0, 0, 0));
    }

    [Fact]
    public async Task Every_word_on_why_two_cycles_differ_is_kept_for_the_two_in_either_order()
    {
        await AddAsync("c1", 1);
        await AddAsync("c2", 2);
        await AddAsync("c3", 3);
        DifferenceExplanation early = new("c1", "c2", "110029", "me", StoreSamples.Noon);
        DifferenceExplanation late = early with { Text = "the devices of 110029 were not used", Who = "A. Tester (TAG)" };

        IssueAnswer[] answers =
        [
            await ExplainAsync(early), await ExplainAsync(late), await ExplainAsync(early with { Second = "c3" }),
            await ExplainAsync(early with { Second = "c1" }), await ExplainAsync(early with { Text = "" }),
            await ExplainAsync(early with { Second = "c9" }),
        ];
        await ReopenAsync();

        answers.Select(answer => (answer.IsFound, answer.Refusal.Length > 0)).Should()
            .Equal((true, false), (true, false), (true, false), (true, true), (true, true), (false, true));
        (await Store.ListExplanationsAsync("c1", "c2", CancellationToken.None).DefaultTimeout()).Should().Equal(early, late);
        (await Store.ListExplanationsAsync("c2", "c1", CancellationToken.None).DefaultTimeout()).Should().Equal(early, late);
        (await Store.ListExplanationsAsync("c2", "c3", CancellationToken.None).DefaultTimeout()).Should().BeEmpty();
    }

    private Task<IssueAnswer> ExplainAsync(DifferenceExplanation explanation) =>
        Store.ExplainDifferenceAsync(explanation, CancellationToken.None).DefaultTimeout();

    private Task<IssueAnswer> MarkAsync(string cycle, CyclePurpose purpose) => Store.MarkCycleAsync(
        new CycleMark(cycle, purpose, "me", "why"), StoreSamples.Noon, CancellationToken.None).DefaultTimeout();

    private Task<IssueAnswer> StateAsync(DmcDefinition dmc) =>
        Store.StateDmcAsync(dmc, "me", "why", StoreSamples.Noon, CancellationToken.None).DefaultTimeout();

    private Task<IssueAnswer> ReleaseAsync(ComponentRelease release) =>
        Store.AddReleaseAsync(release, CancellationToken.None).DefaultTimeout();

    private Task<IssueAnswer> CreditAsync(RegressionCredit credit) =>
        Store.AddRegressionCreditAsync(credit, CancellationToken.None).DefaultTimeout();
}
