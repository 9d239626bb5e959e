using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Store.Tests;

public abstract partial class HarnessStoreContract
{
    private static readonly StopRule OnSecondFailure = new(Verdict.Failed, 2);

    [Fact]
    public async Task A_rule_that_is_met_ends_all_cycles_of_its_submission_and_says_what_still_runs()
    {
        await AddWithRuleAsync("c1", "c1", 3, OnSecondFailure);
        await AddWithRuleAsync("c2", "c1", 2, OnSecondFailure);
        await AddAsync("c3", 1);
        await EndNextAsync(Verdict.Failed);
        Lease second = await LeaseAsync();
        Lease running = await LeaseAsync();

        AttemptAcknowledgement ack = await EndAttemptAsync(second, Verdict.Failed);
        IReadOnlyList<StoppedCycle> stopped = await Store.ListStoppedAsync("c2", CancellationToken.None).DefaultTimeout();
        Lease next = await LeaseAsync();

        const string Reason = "stop rule failed=2: Failed for the 2. time: CASE-02";
        ack.IsStopRuleMet.Should().BeTrue();
        stopped.Select(cycle => (cycle.CycleId, cycle.Reason)).Should().Equal(("c1", Reason), ("c2", Reason));
        stopped[0].Leases.Should().Equal(new LiveLease(running.Attempt, StoreSamples.Rig, "CASE-03", running.Ends, Reason));
        stopped[1].Leases.Should().BeEmpty();
        next.Execution.CycleId.Should().Be("c3", "a cycle of another submission goes on");
        CycleDetail other = await GetAsync("c2");
        other.Cycle.State.Should().Be(CycleState.Incomplete);
        other.Executions.Select(execution => execution.Reason).Should().Equal(Reason, Reason);
    }

    [Fact]
    public async Task A_rule_counts_over_the_cycles_of_a_submission_and_over_a_reopen()
    {
        await AddWithRuleAsync("c1", "c1", 1, OnSecondFailure);
        await AddWithRuleAsync("c2", "c1", 2, OnSecondFailure);
        await EndNextAsync(Verdict.Failed);
        await ReopenAsync();

        AttemptAcknowledgement ack = await EndNextAsync(Verdict.Failed);

        ack.IsStopRuleMet.Should().BeTrue();
        (await GetAsync("c1")).Cycle.StateReason.Should().BeEmpty("it had ended before");
        CycleDetail cycle = await GetAsync("c2");
        cycle.Cycle.StopRules.Should().Equal(OnSecondFailure);
        cycle.Cycle.Submission.Should().Be("c1");
        cycle.Executions.Select(execution => execution.Verdict).Should().Equal(Verdict.Failed, Verdict.NotRun);
    }

    [Fact]
    public async Task An_attempt_that_is_repeated_has_not_ended_its_case_and_meets_no_rule()
    {
        await AddWithRuleAsync("c1", "c1", 2, new StopRule(Verdict.Inconclusive, 1));

        AttemptAcknowledgement first = await EndNextAsync(Verdict.Inconclusive);
        AttemptAcknowledgement second = await EndNextAsync(Verdict.Inconclusive);
        AttemptAcknowledgement last = await EndNextAsync(Verdict.Inconclusive);

        first.IsStopRuleMet.Should().BeFalse();
        second.IsStopRuleMet.Should().BeFalse();
        last.IsStopRuleMet.Should().BeTrue("a person decides now: the case has ended");
    }

    [Fact]
    public async Task A_lease_that_ends_without_a_result_and_a_decision_of_the_orchestrator_meet_rules_too()
    {
        await AddWithRuleAsync("c1", "c1", 2, new StopRule(Verdict.Inconclusive, 1), RepeatSafety.Unsafe);
        await AddWithRuleAsync("c2", "c2", 2, new StopRule(Verdict.Blocked, 1));
        await LeaseAsync();

        IReadOnlyList<ExpiredLease> expired = await ExpireAsync(PastTheEnd);
        Lease declined = await LeaseAsync(PastTheEnd);
        AttemptEnding ending = await Store.CompleteAttemptAsync(
            declined.Attempt, StoreSamples.Finished(Verdict.Blocked), StoreSamples.Noon, CancellationToken.None).DefaultTimeout();

        expired.Single().IsStopRuleMet.Should().BeTrue();
        declined.Execution.Id.Should().Be("c2-1");
        ending.Should().Be(AttemptEnding.EndedAndStopped);
    }

    [Fact]
    public async Task A_cycle_that_is_added_to_a_submission_when_its_rule_is_met_ends_with_it()
    {
        await AddWithRuleAsync("c1", "c1", 1, new StopRule(Verdict.Failed, 1));
        AttemptAcknowledgement ack = await EndNextAsync(Verdict.Failed);

        await AddWithRuleAsync("c2", "c1", 1, new StopRule(Verdict.Failed, 1));

        ack.IsStopRuleMet.Should().BeFalse("nothing was left to end");
        (await GetAsync("c1")).Cycle.State.Should().Be(CycleState.Complete);
        CycleDetail late = await GetAsync("c2");
        late.Cycle.State.Should().Be(CycleState.Incomplete);
        late.Executions[0].Reason.Should().Be("stop rule failed=1: Failed for the 1. time: CASE-01");
    }

    [Fact]
    public async Task A_rule_of_a_resumed_cycle_holds_anew_for_what_ends_from_then_on()
    {
        await AddWithRuleAsync("c1", "c1", 4, OnSecondFailure);
        await EndNextAsync(Verdict.Failed);
        await EndNextAsync(Verdict.Failed);
        CycleResumption resumption = new("c1", "me", "go on", StoreSamples.Noon) { Cases = ["CASE-03", "CASE-04"] };

        bool isResumed = await Store.ResumeCycleAsync(resumption, CancellationToken.None).DefaultTimeout();
        await ReopenAsync();
        AttemptAcknowledgement third = await EndNextAsync(Verdict.Failed);
        CycleDetail going = await GetAsync("c1");
        AttemptAcknowledgement fourth = await EndNextAsync(Verdict.Failed);

        isResumed.Should().BeTrue();
        third.IsStopRuleMet.Should().BeFalse("the two before the resumption are spent");
        going.Cycle.State.Should().Be(CycleState.Running);
        going.Cycle.StopRules.Should().Equal(OnSecondFailure);
        fourth.IsStopRuleMet.Should().BeFalse("nothing was left to end");
        (await GetAsync("c1")).Cycle.State.Should().Be(CycleState.Complete);
    }

    [Fact]
    public async Task A_rule_that_is_met_after_a_resumption_ends_the_cycle_again()
    {
        await AddWithRuleAsync("c1", "c1", 3, new StopRule(Verdict.Failed, 1));
        await EndNextAsync(Verdict.Failed);
        CycleResumption resumption = new("c1", "me", "go on", StoreSamples.Noon) { Cases = ["CASE-02", "CASE-03"] };
        await Store.ResumeCycleAsync(resumption, CancellationToken.None).DefaultTimeout();

        AttemptAcknowledgement ack = await EndNextAsync(Verdict.Failed);

        ack.IsStopRuleMet.Should().BeTrue();
        (await GetAsync("c1")).Cycle.StateReason.Should().Be("stop rule failed=1: Failed for the 1. time: CASE-02");
    }

    private Task AddWithRuleAsync(
        string cycleId, string submission, int executions, StopRule rule, RepeatSafety safety = RepeatSafety.Safe) =>
        Store.AddCycleAsync(
            StoreSamples.Cycle(cycleId) with { Submission = submission, StopRules = [rule] },
            [.. Enumerable.Range(1, executions).Select(ordinal => StoreSamples.Execution(cycleId, ordinal, safety))],
            CancellationToken.None).DefaultTimeout();

    private async Task<AttemptAcknowledgement> EndNextAsync(Verdict verdict) => await EndAttemptAsync(await LeaseAsync(), verdict);

    private async Task<AttemptAcknowledgement> EndAttemptAsync(Lease lease, Verdict verdict) =>
        (await AppendAsync(StoreSamples.Sequence(lease.Attempt, StoreSamples.Started(), StoreSamples.Finished(verdict)))).Single();
}
