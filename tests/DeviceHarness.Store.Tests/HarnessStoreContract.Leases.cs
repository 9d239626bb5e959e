using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Store.Tests;

public abstract partial class HarnessStoreContract
{
    private static readonly TimeSpan PastTheEnd = StoreSamples.Budget + LeaseRule.Grace;

    [Fact]
    public async Task Lease_numbers_rise_and_survive_a_reopen()
    {
        await AddAsync("c1", 3);
        Lease first = await LeaseAsync();
        await AppendAsync(StoreSamples.Sequence(first.Attempt, StoreSamples.Started(), StoreSamples.Finished(Verdict.Passed)));
        await ReopenAsync();

        Lease second = await LeaseAsync();

        first.Attempt.Should().Be(new AttemptKey("c1-1", 1, 1));
        second.Attempt.Should().Be(new AttemptKey("c1-2", 1, 2));
    }

    [Fact]
    public async Task A_lease_carries_what_a_rig_needs()
    {
        await AddAsync("c1", 1);
        await Store.SeedInventoryAsync(StoreSamples.Rig, [StoreSamples.Esme], CancellationToken.None).DefaultTimeout();
        InventoryDevice suspended = StoreSamples.Esme with { Status = DeviceStatus.Suspended };
        await Store.PutInventoryAsync(StoreSamples.Rig, suspended, CancellationToken.None).DefaultTimeout();

        Lease lease = await LeaseAsync();

        lease.Cycle.PackText.Should().Be("name: dmct-smoke\n");
        lease.Cycle.Seed.Should().Be(-42);
        lease.Execution.Should().Be(StoreSamples.Execution("c1", 1));
        lease.Inventory.Should().Equal(suspended);
        lease.Ends.Should().Be(StoreSamples.Noon + StoreSamples.Budget + TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Executions_are_leased_oldest_cycle_first_then_by_ordinal()
    {
        await AddAsync("c2", 2);
        await AddAsync("c1", 1);
        List<string> order = [];

        for (int index = 0; index < 3; index++)
        {
            Lease lease = await LeaseAsync();
            order.Add(lease.Execution.Id);
            await AppendAsync(StoreSamples.Sequence(lease.Attempt, StoreSamples.Started(), StoreSamples.Finished(Verdict.Passed)));
        }

        order.Should().Equal("c2-1", "c2-2", "c1-1");
        Lease? none = await Store.TryLeaseAsync(StoreSamples.Rig, StoreSamples.Noon, CancellationToken.None).DefaultTimeout();
        none.Should().BeNull();
    }

    [Fact]
    public async Task A_rig_that_runs_several_at_once_is_leased_work_for_each_device_in_the_order_of_its_queue()
    {
        string[] devices = ["a", "a", "a", "a", "a", "b", "a b", "b", ""];
        await Store.AddCycleAsync(
            StoreSamples.Cycle("c1"),
            [.. devices.Select((on, index) => StoreSamples.On("c1", index + 1, on.Split(' ', StringSplitOptions.RemoveEmptyEntries)))],
            CancellationToken.None).DefaultTimeout();

        List<Lease> held = await LeaseAllAsync(parallel: 2);
        await AppendAsync(StoreSamples.Sequence(held[0].Attempt, StoreSamples.Started(), StoreSamples.Finished(Verdict.Passed)));
        List<Lease> next = await LeaseAllAsync(parallel: 2);

        held.Select(lease => lease.Execution.Ordinal).Should().Equal(
            [1, 2, 3, 4, 6], "a has its four; nothing overtakes what waits for a and b");
        held[4].Execution.Should().Be(StoreSamples.On("c1", 6, "b"), "its devices are kept with it");
        next.Select(lease => lease.Execution.Ordinal).Should().Equal(5);
    }

    private async Task<List<Lease>> LeaseAllAsync(int parallel)
    {
        List<Lease> held = [];
        while (await Store.TryLeaseAsync(StoreSamples.Rig, parallel, StoreSamples.Noon, CancellationToken.None).DefaultTimeout()
            is { } lease)
        {
            held.Add(lease);
        }

        return held;
    }

    [Fact]
    public async Task A_rig_holds_as_many_leases_as_the_policy_says_and_another_rig_none_of_its_work()
    {
        await AddAsync("c1", LeasePolicy.DefaultDepth + 1);
        List<Lease> held = [];
        for (int depth = 0; depth < LeasePolicy.DefaultDepth; depth++)
        {
            held.Add(await LeaseAsync());
        }

        Lease? tooMany = await Store.TryLeaseAsync(StoreSamples.Rig, StoreSamples.Noon, CancellationToken.None).DefaultTimeout();
        Lease? foreign = await Store.TryLeaseAsync("bench-02", StoreSamples.Noon, CancellationToken.None).DefaultTimeout();
        await AppendAsync(StoreSamples.Sequence(held[0].Attempt, StoreSamples.Started(), StoreSamples.Finished(Verdict.Passed)));
        Lease next = await LeaseAsync();

        tooMany.Should().BeNull();
        foreign.Should().BeNull();
        held.Append(next).Select(lease => lease.Execution.Ordinal).Should().Equal(1, 2, 3, 4, 5);
    }

    [Fact]
    public async Task A_lease_that_waits_behind_others_ends_after_their_time_budgets_and_its_own()
    {
        await AddAsync("c1", 4);
        TimeSpan late = TimeSpan.FromMinutes(1);

        Lease first = await LeaseAsync();
        Lease second = await LeaseAsync(late);
        Lease third = await LeaseAsync(late);
        Lease afterAll = await LeaseAsync(TimeSpan.FromHours(1));

        first.Ends.Should().Be(StoreSamples.Noon + StoreSamples.Budget + LeaseRule.Grace);
        second.Ends.Should().Be(first.Ends + StoreSamples.Budget);
        third.Ends.Should().Be(second.Ends + StoreSamples.Budget);
        afterAll.Ends.Should().Be(StoreSamples.Noon + TimeSpan.FromHours(1) + StoreSamples.Budget + LeaseRule.Grace);
    }

    [Fact]
    public async Task An_execution_that_is_lost_each_time_is_left_to_a_person_in_the_end()
    {
        await AddAsync("c1", 1);
        List<bool> isQueuedAgain = [];
        TimeSpan now = TimeSpan.Zero;
        for (int attempt = 0; attempt <= LeasePolicy.DefaultInconclusiveRetries; attempt++)
        {
            await LeaseAsync(now);
            now += PastTheEnd;
            isQueuedAgain.Add((await ExpireAsync(now)).Single().IsQueuedAgain);
        }

        Lease? none = await Store.TryLeaseAsync(StoreSamples.Rig, StoreSamples.Noon + now, CancellationToken.None).DefaultTimeout();

        isQueuedAgain.Should().Equal(true, true, false);
        none.Should().BeNull();
        CycleDetail cycle = await GetAsync("c1");
        cycle.Cycle.State.Should().Be(CycleState.Incomplete);
        cycle.Executions[0].Verdict.Should().Be(Verdict.Inconclusive);
        cycle.Executions[0].Attempts.Should().HaveCount(3);
        cycle.Executions[0].Attempts[^1].Reason.Should().Contain("3 attempts said nothing: a person decides");
    }

    [Fact]
    public async Task An_inconclusive_end_queues_its_execution_again_in_the_same_write()
    {
        await AddAsync("c1", 1);
        List<bool> isQueuedAgain = [];
        for (int attempt = 0; attempt <= LeasePolicy.DefaultInconclusiveRetries; attempt++)
        {
            Lease lease = await LeaseAsync();
            AttemptAcknowledgement mark = (await AppendAsync(StoreSamples.Sequence(
                lease.Attempt, StoreSamples.Started(), StoreSamples.Finished(Verdict.Inconclusive, "the link was lost")))).Single();
            isQueuedAgain.Add(mark.IsQueuedAgain);
            CycleState state = (await GetAsync("c1")).Cycle.State;
            state.Should().Be(mark.IsQueuedAgain ? CycleState.Running : CycleState.Incomplete);
        }

        isQueuedAgain.Should().Equal(true, true, false);
    }

    [Fact]
    public async Task An_inconclusive_end_of_an_unsafe_case_or_of_a_cancelled_cycle_is_not_queued_again()
    {
        await AddAsync("c1", 1, RepeatSafety.Unsafe);
        await AddAsync("c2", 1);
        Lease unsafeCase = await LeaseAsync();
        Lease cancelled = await LeaseAsync();
        await Store.CancelCycleAsync("c2", "operator", StoreSamples.Noon, CancellationToken.None).DefaultTimeout();

        AttemptAcknowledgement first = (await AppendAsync(StoreSamples.Sequence(
            unsafeCase.Attempt, StoreSamples.Started(), StoreSamples.Finished(Verdict.Inconclusive)))).Single();
        AttemptEnding second = await Store.CompleteAttemptAsync(
            cancelled.Attempt, StoreSamples.Finished(Verdict.Inconclusive), StoreSamples.Noon, CancellationToken.None).DefaultTimeout();

        first.IsQueuedAgain.Should().BeFalse();
        second.Should().Be(AttemptEnding.Ended);
        (await Store.TryLeaseAsync(StoreSamples.Rig, StoreSamples.Noon, CancellationToken.None).DefaultTimeout()).Should().BeNull();
    }

    [Fact]
    public async Task Racing_leases_give_an_execution_once()
    {
        await AddAsync("c1", 1);

        Lease?[] leases = await Task.WhenAll(Enumerable.Range(0, 50).Select(
            _ => Store.TryLeaseAsync(StoreSamples.Rig, StoreSamples.Noon, CancellationToken.None))).DefaultTimeout();

        leases.Count(lease => lease is not null).Should().Be(1);
    }

    [Fact]
    public async Task A_declined_lease_is_queued_again_under_a_new_number_and_is_no_attempt()
    {
        await AddAsync("c1", 1, RepeatSafety.Unsafe);
        Lease declined = await LeaseAsync();

        bool isTaken = await Store.DeclineLeaseAsync(declined.Attempt, StoreSamples.Noon, CancellationToken.None).DefaultTimeout();

        isTaken.Should().BeTrue();
        Lease next = await LeaseAsync();
        next.Attempt.Should().Be(new AttemptKey("c1-1", 1, 2));
        IReadOnlyList<AttemptAcknowledgement> late = await AppendAsync(StoreSamples.Sequence(declined.Attempt, StoreSamples.Started()));
        late.Should().Equal(new AttemptAcknowledgement(declined.Attempt, 0, AttemptStanding.Unknown));
    }

    [Fact]
    public async Task A_lease_with_events_cannot_be_declined()
    {
        await AddAsync("c1", 1);
        Lease lease = await LeaseAsync();
        await AppendAsync(StoreSamples.Sequence(lease.Attempt, StoreSamples.Started()));

        bool isTaken = await Store.DeclineLeaseAsync(lease.Attempt, StoreSamples.Noon, CancellationToken.None).DefaultTimeout();

        isTaken.Should().BeFalse();
        (await GetAsync("c1")).Executions[0].State.Should().Be(ExecutionState.Running);
    }

    [Fact]
    public async Task A_lease_lives_until_its_budget_and_five_minutes_have_passed()
    {
        await AddAsync("c1", 1);
        Lease lease = await LeaseAsync();

        IReadOnlyList<ExpiredLease> early = await ExpireAsync(PastTheEnd - TimeSpan.FromTicks(1));
        IReadOnlyList<ExpiredLease> due = await ExpireAsync(PastTheEnd);

        early.Should().BeEmpty();
        due.Should().Equal(new ExpiredLease(lease.Attempt, StoreSamples.Rig, IsQueuedAgain: true));
        (await LeaseAsync(PastTheEnd)).Attempt.Should().Be(new AttemptKey("c1-1", 2, 2));
    }

    [Fact]
    public async Task A_lost_attempt_at_an_unsafe_case_is_left_to_a_person()
    {
        await AddAsync("c1", 1, RepeatSafety.Unsafe);
        Lease lease = await LeaseAsync();
        await AppendAsync(StoreSamples.Sequence(lease.Attempt, StoreSamples.Started()));

        IReadOnlyList<ExpiredLease> expired = await ExpireAsync(PastTheEnd);

        expired.Should().Equal(new ExpiredLease(lease.Attempt, StoreSamples.Rig, IsQueuedAgain: false));
        CycleDetail cycle = await GetAsync("c1");
        cycle.Cycle.State.Should().Be(CycleState.Incomplete);
        cycle.Executions[0].State.Should().Be(ExecutionState.Finished);
        cycle.Executions[0].Verdict.Should().Be(Verdict.Inconclusive);
        cycle.Executions[0].Reason.Should().Contain("unsafe to repeat");
    }

    [Fact]
    public async Task A_person_may_repeat_what_was_left_to_them_and_release_what_hangs()
    {
        await AddAsync("c1", 1, RepeatSafety.Unsafe);
        Lease first = await LeaseAsync();
        ExpiredLease? released =
            await Store.ReleaseLeaseAsync(first.Attempt, "operator", StoreSamples.Noon, CancellationToken.None).DefaultTimeout();

        bool isQueued = await Store.RepeatExecutionAsync("c1-1", CancellationToken.None).DefaultTimeout();

        released.Should().Be(new ExpiredLease(first.Attempt, StoreSamples.Rig, IsQueuedAgain: false));
        isQueued.Should().BeTrue();
        (await GetAsync("c1")).Cycle.State.Should().Be(CycleState.Running);
        (await LeaseAsync()).Attempt.Number.Should().Be(2);
        ExpiredLease? again =
            await Store.ReleaseLeaseAsync(first.Attempt, "operator", StoreSamples.Noon, CancellationToken.None).DefaultTimeout();
        again.Should().BeNull("the lease is not live any more");
    }

    [Fact]
    public async Task A_result_under_an_expired_lease_counts_while_no_newer_attempt_has_started()
    {
        await AddAsync("c1", 1);
        Lease lost = await LeaseAsync();
        await ExpireAsync(PastTheEnd);

        IReadOnlyList<AttemptAcknowledgement> late = await AppendAsync(
            StoreSamples.Sequence(lost.Attempt, StoreSamples.Started(), StoreSamples.Finished(Verdict.Passed)));

        late.Should().Equal(new AttemptAcknowledgement(lost.Attempt, 2, AttemptStanding.Counted));
        CycleDetail cycle = await GetAsync("c1");
        cycle.Cycle.State.Should().Be(CycleState.Complete);
        cycle.Executions[0].Verdict.Should().Be(Verdict.Passed);
        Lease? again = await Store.TryLeaseAsync(StoreSamples.Rig, StoreSamples.Noon, CancellationToken.None).DefaultTimeout();
        again.Should().BeNull("the case has its verdict and needs no repeat");
    }

    [Fact]
    public async Task Events_under_an_old_number_are_kept_as_superseded_and_never_counted()
    {
        await AddAsync("c1", 1);
        Lease lost = await LeaseAsync();
        await AppendAsync(StoreSamples.Sequence(lost.Attempt, StoreSamples.Started()));
        await ExpireAsync(PastTheEnd);
        Lease next = await LeaseAsync(PastTheEnd);
        await AppendAsync(StoreSamples.Sequence(next.Attempt, StoreSamples.Started()));

        IReadOnlyList<AttemptAcknowledgement> late = await AppendAsync(
            StoreSamples.SequenceFrom(lost.Attempt, 2, StoreSamples.Step(1), StoreSamples.Finished(Verdict.Failed, "late")));
        await AppendAsync(StoreSamples.SequenceFrom(next.Attempt, 2, StoreSamples.Finished(Verdict.Passed)));

        late.Should().Equal(new AttemptAcknowledgement(lost.Attempt, 3, AttemptStanding.Superseded));
        IReadOnlyList<StoredEvent> kept = await Store.ListEventsAsync(lost.Attempt, 1, 10, CancellationToken.None).DefaultTimeout();
        kept.Select(stored => stored.IsSuperseded).Should().Equal(false, true, true);
        ExecutionHistory execution = (await GetAsync("c1")).Executions[0];
        execution.Verdict.Should().Be(Verdict.Passed);
        execution.IsFlaky.Should().BeFalse("the failure under the old number does not count");
        execution.Attempts.Select(attempt => attempt.IsSuperseded).Should().Equal(true, false);
        execution.Attempts[0].Verdict.Should().Be(Verdict.Failed, "it is kept all the same");
    }

    [Fact]
    public async Task The_orchestrator_ends_an_attempt_once_and_only_under_its_number()
    {
        await AddAsync("c1", 1);
        Lease lease = await LeaseAsync();
        AttemptKey wrong = lease.Attempt with { LeaseNumber = 99 };
        AttemptFinished result = StoreSamples.Finished(Verdict.Error, "no such case");

        AttemptEnding wrongEnding =
            await Store.CompleteAttemptAsync(wrong, result, StoreSamples.Noon, CancellationToken.None).DefaultTimeout();
        AttemptEnding ending =
            await Store.CompleteAttemptAsync(lease.Attempt, result, StoreSamples.Noon, CancellationToken.None).DefaultTimeout();
        AttemptEnding secondEnding =
            await Store.CompleteAttemptAsync(lease.Attempt, result, StoreSamples.Noon, CancellationToken.None).DefaultTimeout();

        new[] { wrongEnding, ending, secondEnding }
            .Should().Equal(AttemptEnding.Rejected, AttemptEnding.Ended, AttemptEnding.Rejected);
        ExecutionHistory execution = (await GetAsync("c1")).Executions[0];
        execution.Verdict.Should().Be(Verdict.Error);
        execution.Reason.Should().Be("no such case");
        IReadOnlyList<LiveLease> live = await Store.ListLiveLeasesAsync(CancellationToken.None).DefaultTimeout();
        live.Should().BeEmpty();
    }

    [Fact]
    public async Task A_retry_that_passes_is_flaky_and_does_not_pass()
    {
        await AddAsync("c1", 1);
        Lease first = await LeaseAsync();
        await AppendAsync(StoreSamples.Sequence(first.Attempt, StoreSamples.Started(), StoreSamples.Finished(Verdict.Failed, "E21")));
        await Store.RepeatExecutionAsync("c1-1", CancellationToken.None).DefaultTimeout();
        Lease second = await LeaseAsync();

        await AppendAsync(StoreSamples.Sequence(second.Attempt, StoreSamples.Started(), StoreSamples.Finished(Verdict.Passed)));

        CycleDetail cycle = await GetAsync("c1");
        cycle.Executions[0].Verdict.Should().Be(Verdict.Failed);
        cycle.Executions[0].IsFlaky.Should().BeTrue();
        cycle.Cycle.State.Should().Be(CycleState.Complete);
        IReadOnlyList<CycleSummary> summaries = await Store.ListCyclesAsync(1, CancellationToken.None).DefaultTimeout();
        summaries[0].Rate.Should().Be(cycle.Rate);
    }
}
