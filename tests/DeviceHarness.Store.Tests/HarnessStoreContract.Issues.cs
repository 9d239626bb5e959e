using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Issues;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Store.Tests;

public abstract partial class HarnessStoreContract
{
    private static readonly IssueEvidence SupplyLies = new()
    {
        Step = 1,
        Symptom = "ExpectationMissed: body SupplyState",
        Effect = EffectAchieved.No,
        EffectSource = "step 1",
        Outcome = OutcomeReported.Right,
        OutcomeSource = "step 1",
    };

    [Fact]
    public async Task A_failed_attempt_raises_an_issue_with_its_proposal_and_history_in_the_same_write()
    {
        await AddAsync("c1", 1);
        Lease lease = await LeaseAsync();

        await FailAsync(lease, SupplyLies);

        TestingIssue issue = (await IssuesAsync()).Should().ContainSingle().Subject;
        issue.Id.Should().Be("TI-0001");
        issue.State.Should().Be(IssueState.New);
        issue.Severity.Should().BeNull("a person sets it");
        issue.Proposal.Should().BeEquivalentTo(new { Severity = 2, Rule = "6.2 row 3" });
        issue.Title.Should().Be("CASE-01 4.1.1 read time: ExpectationMissed: body SupplyState");
        IssueDetail detail = await IssueAsync("TI-0001");
        IssueSighting sighting = detail.Sightings.Should().ContainSingle().Subject;
        (sighting.CycleId, sighting.CaseId, sighting.Attempt, sighting.Step).Should().Be(("c1", "CASE-01", lease.Attempt, 1));
        (sighting.IsFirst, sighting.LinkedBy, sighting.Origin).Should().Be((true, "harness", Origin.Virtual));
        sighting.Fingerprint.Should().Be(new Fingerprint(
            "CASE-01", "4.1.1", "read time", SupplyLies.Symptom, "ESME generic-smets1-esme", "4.2.0"));
        sighting.EvidenceSha256.Should().HaveLength(64);
        detail.History.Select(change => (change.Field, change.Old, change.Who)).Should()
            .Equal(("state", "", "harness"), ("proposal", "", "harness"));
        CycleIssue ofCycle = (await GetAsync("c1")).Issues.Should().ContainSingle().Subject;
        ofCycle.IsNew.Should().BeTrue();
    }

    [Theory]
    [InlineData(Verdict.Passed)]
    [InlineData(Verdict.Inconclusive)]
    [InlineData(Verdict.Error)]
    [InlineData(Verdict.Blocked)]
    public async Task Only_a_failure_raises_an_issue(Verdict verdict)
    {
        await AddAsync("c1", 1);
        Lease lease = await LeaseAsync();

        await AppendAsync(StoreSamples.Sequence(lease.Attempt, StoreSamples.Started(), StoreSamples.Finished(verdict, "why")));

        (await IssuesAsync()).Should().BeEmpty();
        (await GetAsync("c1")).Issues.Should().BeEmpty();
    }

    [Fact]
    public async Task The_same_failure_in_another_cycle_is_a_sighting_of_the_same_issue_and_another_symptom_is_not()
    {
        await AddAsync("c1", 1);
        await AddAsync("c2", 1);
        await AddAsync("c3", 1);
        await FailAsync(await LeaseAsync(), SupplyLies);

        await FailAsync(await LeaseAsync(), SupplyLies);
        await FailAsync(await LeaseAsync(), SupplyLies with { Symptom = "SilentOnSoundLink" });

        (await IssuesAsync()).Select(issue => (issue.Id, issue.Sightings)).Should().Equal(("TI-0001", 2), ("TI-0002", 1));
        (await GetAsync("c1")).Issues.Single().IsNew.Should().BeTrue();
        (await GetAsync("c2")).Issues.Single().IsNew.Should().BeFalse("the first cycle raised it");
        (await GetAsync("c3")).Issues.Single().IsNew.Should().BeTrue();
    }

    [Fact]
    public async Task Events_that_come_again_see_nothing_twice_and_survive_a_restart()
    {
        await AddAsync("c1", 1);
        Lease lease = await LeaseAsync();
        SequencedEvent[] events = Failure(lease, SupplyLies);
        await AppendAsync(events);

        await AppendAsync(events);
        await ReopenAsync();
        await AppendAsync(events);

        (await IssuesAsync()).Should().ContainSingle().Which.Sightings.Should().Be(1);
        (await IssueAsync("TI-0001")).History.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_superseded_attempt_raises_nothing()
    {
        await AddAsync("c1", 1);
        Lease first = await LeaseAsync();
        await ExpireAsync(PastTheEnd);
        Lease second = await LeaseAsync(PastTheEnd);
        await AppendAsync(StoreSamples.Sequence(second.Attempt, StoreSamples.Started()));

        await FailAsync(first, SupplyLies);

        (await IssuesAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task An_attempt_that_shows_a_known_issue_is_linked_to_it_and_stays_failed()
    {
        await AddAsync("c1", 1);
        IssueEvidence late = new() { Step = 1, Symptom = "ExpectationMissed: status log", KnownIssue = "110029" };

        await FailAsync(await LeaseAsync(), late);

        TestingIssue issue = (await IssuesAsync()).Should().ContainSingle().Subject;
        issue.Should().BeEquivalentTo(new { Id = "110029", IsKnown = true, State = IssueState.CarriedOver });
        issue.Proposal.Should().BeEquivalentTo(new { Severity = 3, Rule = "6.2 row 7" });
        CycleDetail cycle = await GetAsync("c1");
        cycle.Issues.Should().ContainSingle().Which.IsNew.Should().BeFalse("it was known before");
        cycle.Executions.Single().Verdict.Should().Be(Verdict.Failed);
    }

    [Fact]
    public async Task What_a_later_sighting_knows_changes_the_proposal_and_leaves_a_row_of_history()
    {
        await AddAsync("c1", 1);
        await AddAsync("c2", 1);
        await FailAsync(await LeaseAsync(), SupplyLies with { Effect = EffectAchieved.Yes });
        string before = (await IssuesAsync()).Single().Proposal.Rule;

        await FailAsync(await LeaseAsync(), SupplyLies);

        (before, (await IssuesAsync()).Single().Proposal.Rule).Should().Be(("6.2 row 8", "6.2 row 3"));
        IssueChange change = (await IssueAsync("TI-0001")).History[^1];
        (change.Field, change.Who).Should().Be(("proposal", "harness"));
        change.Old.Should().StartWith("severity 4");
        change.New.Should().StartWith("severity 2");
    }

    [Fact]
    public async Task A_case_that_passed_before_on_the_same_devices_fails_intermittently()
    {
        await AddAsync("c1", 1);
        await AddAsync("c2", 1);
        await AppendAsync(StoreSamples.Sequence(
            (await LeaseAsync()).Attempt, StoreSamples.Started(), StoreSamples.Finished(Verdict.Passed)));

        await FailAsync(await LeaseAsync(), SupplyLies);

        TestingIssue issue = (await IssuesAsync()).Single();
        issue.Facts.Spread.Should().Be(Spread.Partial);
        issue.Proposal.Rule.Should().Be("6.2 row 5");
    }

    [Fact]
    public async Task A_decision_changes_severity_state_and_facts_and_keeps_who_when_forum_and_reason()
    {
        await AddAsync("c1", 1);
        await FailAsync(await LeaseAsync(), SupplyLies);
        IssueDecision decision = new("TI-0001", "A. Tester", "TAB", "supply not restored") { Severity = 3, WorkaroundAccepted = true };

        IssueAnswer answer = await DecideAsync(decision);

        answer.Should().Be(IssueAnswer.Done);
        IssueDetail detail = await IssueAsync("TI-0001");
        (detail.Issue.Severity, detail.Issue.State, detail.Issue.Proposal.Rule).Should().Be((3, IssueState.Triaged, "6.2 row 4"));
        detail.History.Skip(2).Should().BeEquivalentTo(
            new object[]
            {
                new { Field = "proposal", Who = "A. Tester", Forum = "TAB", Reason = "supply not restored", Time = StoreSamples.Noon },
                new { Field = "severity", Old = "", New = "3" },
                new { Field = "state", Old = "New", New = "Triaged" },
            },
            options => options.WithStrictOrdering());
    }

    [Fact]
    public async Task A_refused_decision_changes_nothing()
    {
        await AddAsync("c1", 1);
        await FailAsync(await LeaseAsync(), SupplyLies);
        IssueDetail before = await IssueAsync("TI-0001");
        IssueDecision closing = new("TI-0001", "A. Tester", "", "done") { State = IssueState.Closed, Severity = 5 };

        IssueAnswer refused = await DecideAsync(closing);
        IssueAnswer unknown = await DecideAsync(closing with { IssueId = "TI-9999" });

        refused.IsFound.Should().BeTrue();
        refused.Refusal.Should().Contain("Closed does not follow New").And.Contain("Triaged");
        unknown.IsFound.Should().BeFalse();
        (await IssueAsync("TI-0001")).Should().BeEquivalentTo(before);
    }

    [Fact]
    public async Task A_duplicate_hands_its_later_sightings_to_the_original_whatever_the_chain()
    {
        await AddAsync("c1", 1);
        await AddAsync("c2", 1);
        await AddAsync("c3", 1);
        await AddAsync("c4", 1);
        await FailAsync(await LeaseAsync(), SupplyLies);
        await FailAsync(await LeaseAsync(), SupplyLies with { Symptom = "another" });
        await FailAsync(await LeaseAsync(), SupplyLies with { Symptom = "a third" });
        await DecideAsync(new IssueDecision("TI-0003", "me", "", "same") { DuplicateOf = "TI-0002" });

        IssueAnswer chain = await DecideAsync(new IssueDecision("TI-0001", "me", "", "same") { DuplicateOf = "TI-0003" });
        await DecideAsync(new IssueDecision("TI-0002", "me", "", "same") { DuplicateOf = "TI-0001" });
        await FailAsync(await LeaseAsync(), SupplyLies with { Symptom = "a third" });

        chain.Refusal.Should().Contain("itself a duplicate of TI-0002");
        (await IssuesAsync()).Select(issue => (issue.Id, issue.State, issue.DuplicateOf, issue.Sightings)).Should().Equal(
            ("TI-0001", IssueState.New, "", 2),
            ("TI-0002", IssueState.Duplicate, "TI-0001", 1),
            ("TI-0003", IssueState.Duplicate, "TI-0001", 1));
    }

    [Fact]
    public async Task What_a_duplicate_is_known_by_moves_to_the_original_so_that_nothing_stays_related_to_it()
    {
        await AddAsync("c1", 2);
        await FailAsync(await LeaseAsync(), SupplyLies);
        await FailAsync(await LeaseAsync(), SupplyLies);
        IReadOnlyList<string> before = (await IssueAsync("TI-0001")).Related;

        await DecideAsync(new IssueDecision("TI-0002", "me", "", "same") { DuplicateOf = "TI-0001" });

        before.Should().Equal("TI-0002");
        (await IssueAsync("TI-0001")).Related.Should().BeEmpty();
    }

    [Fact]
    public async Task How_often_a_device_showed_an_issue_is_counted_over_the_conclusive_attempts_of_its_cases()
    {
        await AddAsync("c1", 2);
        await AddAsync("c2", 1);
        await AddAsync("c3", 1);
        await FailAsync(await LeaseAsync(), SupplyLies);
        await EndAsync(await LeaseAsync(), Verdict.Passed);
        await EndAsync(await LeaseAsync(), Verdict.Passed);
        await FailAsync(await LeaseAsync(), SupplyLies with { Symptom = "another" });

        IReadOnlyList<FailureRate> rates = (await IssueAsync("TI-0001")).Rates;

        // Three attempts of CASE-01; that of CASE-02 was of another case, and one failure was another issue's.
        rates.Should().Equal(new FailureRate(StoreSamples.Baseline.ToString(), 1, 3));
    }

    [Fact]
    public async Task A_closed_issue_that_is_seen_again_is_reopened_by_the_harness()
    {
        await AddAsync("c1", 1);
        await AddAsync("c2", 1);
        await FailAsync(await LeaseAsync(), SupplyLies);
        IssueState[] life =
        [
            IssueState.Triaged, IssueState.Assigned, IssueState.Investigating, IssueState.RootCauseKnown, IssueState.FixPlanned,
            IssueState.FixDelivered, IssueState.ReadyForRetest, IssueState.Closed,
        ];
        foreach (IssueState state in life)
        {
            (await DecideAsync(new IssueDecision("TI-0001", "me", "", "next") { State = state })).Should().Be(IssueAnswer.Done);
        }

        await FailAsync(await LeaseAsync(), SupplyLies);

        IssueDetail detail = await IssueAsync("TI-0001");
        detail.Issue.State.Should().Be(IssueState.Reopened);
        detail.History[^1].Should().BeEquivalentTo(new { Field = "state", Old = "Closed", New = "Reopened", Who = "harness" });
    }

    [Fact]
    public async Task A_person_links_a_failed_attempt_once_and_no_other_attempt()
    {
        await AddAsync("c1", 2);
        await FailAsync(await LeaseAsync(), SupplyLies);
        Lease passed = await LeaseAsync();
        await AppendAsync(StoreSamples.Sequence(passed.Attempt, StoreSamples.Started(), StoreSamples.Finished(Verdict.Passed)));
        await AddAsync("c2", 1);
        await FailAsync(await LeaseAsync(), SupplyLies with { Symptom = "another" });
        IssueLink link = new("TI-0002", "c1", "CASE-01", Attempt: null, "A. Tester", "the same cause");

        IssueAnswer done = await LinkAsync(link);
        await LinkAsync(link);
        IssueAnswer ofPassed = await LinkAsync(link with { CaseId = "CASE-02" });
        IssueAnswer withoutReason = await LinkAsync(link with { Reason = "" });

        done.Should().Be(IssueAnswer.Done);
        ofPassed.IsFound.Should().BeFalse();
        withoutReason.Refusal.Should().Contain("reason");
        IssueDetail detail = await IssueAsync("TI-0002");
        detail.Sightings.Should().HaveCount(2).And.ContainSingle(sighting => sighting.LinkedBy == "A. Tester");
        detail.History.Should().ContainSingle(change => change.Field == "link");
        (await IssueAsync("TI-0001")).Sightings.Should().ContainSingle("the link that was there stays");
    }

    private static SequencedEvent[] Failure(Lease lease, IssueEvidence? evidence) => StoreSamples.Sequence(
        lease.Attempt,
        StoreSamples.Started(),
        StoreSamples.Step(1) with { Verdict = Verdict.Failed, Reason = "SupplyState: expected Enabled, found Disabled" },
        StoreSamples.Evidence("evidence.json", 1, 2, 3),
        StoreSamples.Finished(Verdict.Failed, "read time: SupplyState") with { Issue = evidence });

    private Task EndAsync(Lease lease, Verdict verdict) => AppendAsync(StoreSamples.Sequence(
        lease.Attempt, StoreSamples.Started(), StoreSamples.Step(1), StoreSamples.Finished(verdict)));

    private Task FailAsync(Lease lease, IssueEvidence? evidence) => AppendAsync(Failure(lease, evidence));

    private Task<IReadOnlyList<TestingIssue>> IssuesAsync() => Store.ListIssuesAsync(CancellationToken.None).DefaultTimeout();

    private async Task<IssueDetail> IssueAsync(string id) =>
        await Store.GetIssueAsync(id, CancellationToken.None).DefaultTimeout() ?? throw new InvalidOperationException("no such issue");

    private Task<IssueAnswer> DecideAsync(IssueDecision decision) =>
        Store.DecideIssueAsync(decision, StoreSamples.Noon, CancellationToken.None).DefaultTimeout();

    private Task<IssueAnswer> LinkAsync(IssueLink link) =>
        Store.LinkIssueAsync(link, StoreSamples.Noon, CancellationToken.None).DefaultTimeout();
}
