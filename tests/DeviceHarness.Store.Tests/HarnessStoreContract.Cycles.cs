using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Proposals;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Store.Tests;

public abstract partial class HarnessStoreContract
{
    [Fact]
    public async Task A_cut_cycle_is_resumed_once_with_the_cases_that_have_no_verdict_and_who_did_it_is_kept()
    {
        await AddAsync("c1", 2);
        await Store.CancelCycleAsync("c1", "no power", StoreSamples.Noon, CancellationToken.None).DefaultTimeout();
        string[] cases = [StoreSamples.Execution("c1", 1).CaseId, "no such case"];
        CycleResumption resumption = new("c1", "me", "power is back", StoreSamples.Noon) { Cases = cases };

        bool isResumed = await Store.ResumeCycleAsync(resumption, CancellationToken.None).DefaultTimeout();
        bool isResumedAgain = await Store.ResumeCycleAsync(resumption, CancellationToken.None).DefaultTimeout();
        Lease lease = await LeaseAsync();
        await ReopenAsync();

        (isResumed, isResumedAgain).Should().Be((true, false), "it runs by then");
        lease.Execution.CaseId.Should().Be(cases[0]);
        CycleDetail cycle = await GetAsync("c1");
        (cycle.Cycle.State, cycle.Cycle.StateReason, cycle.Cycle.Ended).Should().Be((CycleState.Running, string.Empty, null));
        cycle.Resumptions.Should().BeEquivalentTo([resumption with { Was = "no power" }]);
        (await Store.TryLeaseAsync(StoreSamples.Rig, StoreSamples.Noon, CancellationToken.None).DefaultTimeout()).Should().BeNull();
    }

    [Fact]
    public async Task The_newest_cycles_of_a_case_hold_that_case_alone()
    {
        await AddAsync("c1", 2);
        await AddAsync("c2", 1);
        await AddAsync("c3", 2);
        string caseId = StoreSamples.Execution("c1", 2).CaseId;

        IReadOnlyList<CycleDetail> all = await Store.ListCyclesOfCaseAsync(caseId, 10, CancellationToken.None).DefaultTimeout();
        IReadOnlyList<CycleDetail> newest = await Store.ListCyclesOfCaseAsync(caseId, 1, CancellationToken.None).DefaultTimeout();

        all.Select(cycle => (cycle.Cycle.Id, cycle.Executions.Single().Execution.CaseId)).Should().Equal(("c3", caseId), ("c1", caseId));
        newest.Select(cycle => cycle.Cycle.Id).Should().Equal("c3");
        (await Store.ListCyclesOfCaseAsync("none", 10, CancellationToken.None).DefaultTimeout()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_cycle_is_added_whole_or_not_at_all()
    {
        Execution[] twice = [StoreSamples.Execution("c1", 1), StoreSamples.Execution("c1", 1)];
        Execution[] foreign = [StoreSamples.Execution("c1", 1), StoreSamples.Execution("c9", 2)];

        Func<Task> duplicate = () => Store.AddCycleAsync(StoreSamples.Cycle("c1"), twice, CancellationToken.None).DefaultTimeout();
        Func<Task> mixed = () => Store.AddCycleAsync(StoreSamples.Cycle("c1"), foreign, CancellationToken.None).DefaultTimeout();

        (await duplicate.Should().ThrowAsync<StoreException>()).Which.Code.Should().Be("STORE-004");
        (await mixed.Should().ThrowAsync<StoreException>()).Which.Code.Should().Be("STORE-004");
        (await Store.ListCyclesAsync(10, CancellationToken.None).DefaultTimeout()).Should().BeEmpty();
        await AddAsync("c1", 1);
    }

    [Fact]
    public async Task One_refused_write_takes_nothing_of_its_group_with_it()
    {
        Task[] writes = [.. Enumerable.Range(0, 40).Select(index => Store.AddCycleAsync(
            StoreSamples.Cycle($"c{index / 2}"), [StoreSamples.Execution($"c{index / 2}", 1)], CancellationToken.None))];

        Func<Task> all = () => Task.WhenAll(writes).DefaultTimeout();

        await all.Should().ThrowAsync<StoreException>();
        writes.Count(write => write.IsCompletedSuccessfully).Should().Be(20);
        (await Store.ListCyclesAsync(100, CancellationToken.None).DefaultTimeout()).Should().HaveCount(20);
    }

    [Fact]
    public async Task A_cycle_runs_from_frozen_to_complete()
    {
        await AddAsync("c1", 2);
        List<CycleState> states = [(await GetAsync("c1")).Cycle.State];

        for (int index = 0; index < 2; index++)
        {
            Lease lease = await LeaseAsync();
            states.Add((await GetAsync("c1")).Cycle.State);
            await AppendAsync(StoreSamples.Sequence(lease.Attempt, StoreSamples.Started(), StoreSamples.Finished(Verdict.Failed, "no")));
        }

        states.Add((await GetAsync("c1")).Cycle.State);
        states.Should().Equal(CycleState.Frozen, CycleState.Running, CycleState.Running, CycleState.Complete);
    }

    [Fact]
    public async Task A_descoped_case_is_never_leased_and_leaves_the_denominator()
    {
        Execution[] executions = [StoreSamples.Execution("c1", 1, descoped: "agreed by the TAG"), StoreSamples.Execution("c1", 2)];
        await Store.AddCycleAsync(StoreSamples.Cycle("c1"), executions, CancellationToken.None).DefaultTimeout();

        Lease lease = await LeaseAsync();
        await AppendAsync(StoreSamples.Sequence(lease.Attempt, StoreSamples.Started(), StoreSamples.Finished(Verdict.Passed)));

        lease.Execution.Ordinal.Should().Be(2);
        CycleDetail cycle = await GetAsync("c1");
        cycle.Cycle.State.Should().Be(CycleState.Complete);
        cycle.Rate.ToString().Should().Be("1 of 1 in-scope cases passed (100 %), executed 1 of 1 (100 %)");
        (await Store.RepeatExecutionAsync("c1-1", CancellationToken.None).DefaultTimeout()).Should().BeFalse();
    }

    [Fact]
    public async Task Cancelling_keeps_what_ran_and_leases_nothing_more()
    {
        await AddAsync("c1", 3);
        Lease done = await LeaseAsync();
        await AppendAsync(StoreSamples.Sequence(done.Attempt, StoreSamples.Started(), StoreSamples.Finished(Verdict.Passed)));
        Lease running = await LeaseAsync();

        IReadOnlyList<LiveLease>? live =
            await Store.CancelCycleAsync("c1", "Ctrl-C", StoreSamples.Noon, CancellationToken.None).DefaultTimeout();
        CycleState whileRunning = (await GetAsync("c1")).Cycle.State;
        IReadOnlyList<ExpiredLease> expired = await ExpireAsync(PastTheEnd);

        live.Should().Equal(new LiveLease(running.Attempt, StoreSamples.Rig, "CASE-02", running.Ends, "Ctrl-C"));
        whileRunning.Should().Be(CycleState.Running);
        expired.Single().IsQueuedAgain.Should().BeFalse("a cancelled cycle takes no more work");
        CycleDetail cycle = await GetAsync("c1");
        cycle.Cycle.State.Should().Be(CycleState.Incomplete);
        cycle.Cycle.StateReason.Should().Be("Ctrl-C");
        cycle.Executions.Select(execution => execution.Verdict).Should().Equal(Verdict.Passed, Verdict.Inconclusive, Verdict.NotRun);
        cycle.Executions[2].Reason.Should().Be("Ctrl-C", "that is why it was not run");
    }

    [Fact]
    public async Task Cancelling_an_ended_cycle_changes_nothing_and_an_unknown_one_is_null()
    {
        await AddAsync("c1", 1);
        Lease lease = await LeaseAsync();
        await AppendAsync(StoreSamples.Sequence(lease.Attempt, StoreSamples.Started(), StoreSamples.Finished(Verdict.Passed)));

        IReadOnlyList<LiveLease>? live =
            await Store.CancelCycleAsync("c1", "late", StoreSamples.Noon, CancellationToken.None).DefaultTimeout();
        IReadOnlyList<LiveLease>? unknown =
            await Store.CancelCycleAsync("c9", "late", StoreSamples.Noon, CancellationToken.None).DefaultTimeout();

        live.Should().BeEmpty();
        unknown.Should().BeNull();
        (await GetAsync("c1")).Cycle.State.Should().Be(CycleState.Complete);
    }

    [Fact]
    public async Task A_void_cycle_stays_void_whatever_comes_after()
    {
        await AddAsync("c1", 1);
        Lease lease = await LeaseAsync();

        await Store.VoidCycleAsync("c1", "firmware changed", StoreSamples.Noon, CancellationToken.None).DefaultTimeout();
        await AppendAsync(StoreSamples.Sequence(lease.Attempt, StoreSamples.Started(), StoreSamples.Finished(Verdict.Passed)));

        (await GetAsync("c1")).Cycle.State.Should().Be(CycleState.Void);
        (await Store.RepeatExecutionAsync("c1-1", CancellationToken.None).DefaultTimeout()).Should().BeFalse();
    }

    [Fact]
    public async Task The_test_that_is_proposed_for_a_cycle_is_kept_with_it_and_the_last_word_holds()
    {
        await AddAsync("c1", 1);
        await AddAsync("c2", 1);
        FirmwareChange[] changes = [new("esme-01", "ESME", "4.2.0", "4.3.0")];
        TestProposal first = FirmwareTestRules.Propose(changes, "D1", dmc: null);
        TestProposal last = first with { Test = ProposedTest.Ppct, Rule = FirmwareTestRules.Beyond };

        await Store.ProposeTestAsync("c1", first, CancellationToken.None).DefaultTimeout();
        bool isKept = await Store.ProposeTestAsync("c1", last, CancellationToken.None).DefaultTimeout();
        bool isKeptForNone = await Store.ProposeTestAsync("c9", last, CancellationToken.None).DefaultTimeout();
        await ReopenAsync();

        (isKept, isKeptForNone).Should().Be((true, false));
        (await GetAsync("c1")).Cycle.Proposal.Should().BeEquivalentTo(last);
        (await GetAsync("c2")).Cycle.Proposal.Should().BeNull();
    }

    [Fact]
    public async Task Cycles_are_listed_newest_first_and_an_unknown_one_is_null()
    {
        await AddAsync("c1", 1);
        await AddAsync("c2", 3);
        await AddAsync("c3", 1);

        IReadOnlyList<CycleSummary> cycles = await Store.ListCyclesAsync(2, CancellationToken.None).DefaultTimeout();

        cycles.Select(cycle => (cycle.Cycle.Id, cycle.Rate.InScope)).Should().Equal(("c3", 1), ("c2", 3));
        (await Store.GetCycleAsync("c9", CancellationToken.None).DefaultTimeout()).Should().BeNull();
    }

    [Fact]
    public async Task Seeding_never_overwrites_the_masters_rows()
    {
        InventoryDevice suspended = StoreSamples.Esme with { Status = DeviceStatus.Suspended };
        await Store.PutInventoryAsync(StoreSamples.Rig, suspended, CancellationToken.None).DefaultTimeout();

        await Store.SeedInventoryAsync(StoreSamples.Rig, [StoreSamples.Esme], CancellationToken.None).DefaultTimeout();
        await Store.SeedInventoryAsync("bench-02", [StoreSamples.Esme], CancellationToken.None).DefaultTimeout();

        (await Store.ListInventoryAsync(StoreSamples.Rig, CancellationToken.None).DefaultTimeout()).Should().Equal(suspended);
        (await Store.ListInventoryAsync("bench-02", CancellationToken.None).DefaultTimeout()).Should().Equal(StoreSamples.Esme);
    }

    [Fact]
    public async Task A_rig_is_kept_as_it_last_spoke()
    {
        RigRecord first = new(StoreSamples.Rig, StoreSamples.Noon, "boot-1", "0.1.0", "pi-1", [StoreSamples.Baseline]);
        RigRecord second = first with { BootId = "boot-2", LastSeen = StoreSamples.Noon.AddSeconds(5) };
        await Store.PutRigAsync(first, CancellationToken.None).DefaultTimeout();

        await Store.PutRigAsync(second, CancellationToken.None).DefaultTimeout();

        IReadOnlyList<RigRecord> rigs = await Store.ListRigsAsync(CancellationToken.None).DefaultTimeout();
        rigs.Should().BeEquivalentTo([second]);
    }
}
