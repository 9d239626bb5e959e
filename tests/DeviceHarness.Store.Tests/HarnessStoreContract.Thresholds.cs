using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Issues;
using DeviceHarness.Assurance.Thresholds;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Store.Tests;

public abstract partial class HarnessStoreContract
{
    private static readonly ThresholdDecision Agreed = new(
        new ThresholdSet("tranche-44", "TAG, 8 April 2020", "1", [0, 0, 5, null, null]), "A. Tester", "agreed", StoreSamples.Noon);

    [Fact]
    public async Task Threshold_sets_are_kept_in_the_order_in_which_they_were_taken_into_use()
    {
        ThresholdDecision anew = Agreed with { Set = Agreed.Set with { Version = "2" }, Time = StoreSamples.Noon.AddDays(1) };

        string first = await AddSetAsync(Agreed);
        string second = await AddSetAsync(anew);
        await ReopenAsync();

        (first, second).Should().Be(("", ""));
        (await SetsAsync()).Should().BeEquivalentTo([Agreed, anew], options => options.WithStrictOrdering());
    }

    [Fact]
    public async Task A_set_that_is_none_is_refused_and_not_kept()
    {
        string refusal = await AddSetAsync(Agreed with { Set = ThresholdSet.Default });

        refusal.Should().Contain("what this project chose");
        (await SetsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task What_people_say_of_an_issue_is_kept_each_with_a_row_of_history()
    {
        await AddAsync("c1", 1);
        await FailAsync(await LeaseAsync(), SupplyLies);
        IssueDecision decision = new("TI-0001", "A. Tester", "TAG", "the dormant part alone")
        {
            Dmc = "002255",
            Installation = InstallationType.Mixed,
            IsCounted = false,
            EarlierPhase = "IOC SIT",
            ProductionDefect = "INC000123",
            State = IssueState.CarriedOver,
        };

        IssueAnswer answer = await DecideAsync(decision);
        await ReopenAsync();

        answer.Should().Be(IssueAnswer.Done);
        IssueDetail detail = await IssueAsync("TI-0001");
        detail.Issue.Standing.Should().Be(new IssueStanding
        {
            Dmc = "002255",
            Installation = InstallationType.Mixed,
            NotCountedReason = "the dormant part alone",
            NotCountedBy = "A. Tester (TAG)",
            EarlierPhase = "IOC SIT",
            ProductionDefect = "INC000123",
        });
        detail.History.Skip(2).Select(change => (change.Field, change.New, change.Decider)).Should().Equal(
            ("dmc", "002255", "A. Tester (TAG)"),
            ("installation", "Mixed", "A. Tester (TAG)"),
            ("not-counted", "the dormant part alone", "A. Tester (TAG)"),
            ("earlier-phase", "IOC SIT", "A. Tester (TAG)"),
            ("production-defect", "INC000123", "A. Tester (TAG)"),
            ("state", "CarriedOver", "A. Tester (TAG)"));
        detail.Issue.IsSeenOnReal.Should().BeFalse("the attempt was on a virtual device");
    }

    [Fact]
    public async Task The_origin_of_a_carried_over_issue_stays_when_it_goes_on()
    {
        await AddAsync("c1", 1);
        await FailAsync(await LeaseAsync(), new IssueEvidence { Step = 1, Symptom = "late", KnownIssue = "110029" });

        await DecideAsync(new IssueDecision("110029", "me", "", "with the S1SP") { State = IssueState.Assigned });

        TestingIssue issue = (await IssuesAsync()).Single();
        issue.State.Should().Be(IssueState.Assigned);
        issue.Standing.EarlierPhase.Should().Contain("IOC Aclara");
        issue.Standing.ProductionDefect.Should().NotBeEmpty();
    }

    [Fact]
    public async Task An_issue_is_listed_as_it_stood_at_a_moment()
    {
        await AddAsync("c1", 1);
        await FailAsync(await LeaseAsync(), SupplyLies);
        await DecideAtAsync(1, 2);
        await DecideAtAsync(3, 3);

        (await AtAsync(-1)).Should().BeEmpty();
        (await AtAsync(0)).Single().Issue.Should().BeEquivalentTo(new { Severity = (int?)null, State = IssueState.New });
        (await AtAsync(2)).Single().Issue.Should().BeEquivalentTo(new { Severity = 2, State = IssueState.Triaged });
        IssueAtMoment last = (await AtAsync(4)).Single();
        last.Issue.Severity.Should().Be(3);
        last.Severities.Select(change => change.New).Should().Equal("2", "3");
    }

    [Fact]
    public async Task A_sighting_on_a_real_device_makes_an_issue_count()
    {
        await AddAsync("c1", 1);
        Lease lease = await LeaseAsync();

        await AppendAsync(StoreSamples.Sequence(
            lease.Attempt, StoreSamples.Started(Origin.Real), StoreSamples.Finished(Verdict.Failed, "no")));

        (await IssuesAsync()).Single().IsSeenOnReal.Should().BeTrue();
    }

    private Task<string> AddSetAsync(ThresholdDecision decision) =>
        Store.AddThresholdSetAsync(decision, CancellationToken.None).DefaultTimeout();

    private Task<IReadOnlyList<ThresholdDecision>> SetsAsync() => Store.ListThresholdSetsAsync(CancellationToken.None).DefaultTimeout();

    private Task DecideAtAsync(int day, int severity) => Store.DecideIssueAsync(
        new IssueDecision("TI-0001", "me", "", "why") { Severity = severity }, StoreSamples.Noon.AddDays(day), CancellationToken.None)
        .DefaultTimeout();

    private Task<IReadOnlyList<IssueAtMoment>> AtAsync(int day) =>
        Store.ListIssuesAtAsync(StoreSamples.Noon.AddDays(day), CancellationToken.None).DefaultTimeout();
}
