using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Issues;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Store.Tests;

public abstract partial class HarnessStoreContract
{
    private const string Spare = "bench-02";

    private static readonly InventoryDevice SpareEsme = StoreSamples.Esme with { DeviceId = Eui64.Parse("90-B3-D5-1F-30-00-00-B0") };

    private static readonly DeviceBaseline SpareBaseline = new(
        StoreSamples.Baseline.Device with { Eui64 = SpareEsme.DeviceId }, SpareEsme);

    [Fact]
    public async Task A_spare_rig_takes_nothing_while_the_cycles_own_rig_is_not_lost()
    {
        await AddWithSpareAsync("c1", 2);
        await LeaseAsync();

        Lease? lease = await TryLeaseAsync(Spare);

        lease.Should().BeNull();
    }

    [Fact]
    public async Task When_a_lease_ends_the_case_and_what_is_queued_go_to_the_spare_rig_in_order()
    {
        await AddWithSpareAsync("c1", 3);
        await Store.SeedInventoryAsync(Spare, [SpareEsme], CancellationToken.None).DefaultTimeout();
        await AddAsync("c2", 1);
        Lease lost = await LeaseAsync();

        ExpiredLease expired = (await ExpireAsync(PastTheEnd)).Single();
        await ReopenAsync();
        List<Lease> taken = [];
        while (await TryLeaseAsync(Spare, PastTheEnd) is { } lease)
        {
            taken.Add(lease);
        }

        Lease own = await LeaseAsync(PastTheEnd);

        expired.IsQueuedAgain.Should().BeTrue();
        taken.Select(lease => (lease.Execution.Id, lease.Attempt.Number, lease.Rig))
            .Should().Equal(("c1-1", 2, Spare), ("c1-2", 1, Spare), ("c1-3", 1, Spare));
        taken[0].Devices.Should().BeEquivalentTo([SpareBaseline]);
        taken[0].Inventory.Should().Equal(SpareEsme);
        taken[0].Attempt.LeaseNumber.Should().BeGreaterThan(lost.Attempt.LeaseNumber);
        own.Execution.Id.Should().Be("c2-1", "a lost rig is given nothing of the cycle that lost it, and all else");
        CycleDetail cycle = await GetAsync("c1");
        cycle.Cycle.Spares.Should().ContainSingle().Which.Cases.Should().Equal("CASE-01", "CASE-02", "CASE-03");
        cycle.Executions[0].Attempts.Select(attempt => (attempt.Rig, attempt.IsRigFault))
            .Should().Equal((StoreSamples.Rig, true), (Spare, false));
    }

    [Fact]
    public async Task A_case_without_a_matching_device_on_the_spare_rig_waits_for_its_own()
    {
        await AddWithSpareAsync("c1", 2, cases: ["CASE-02"]);
        await LeaseAsync();
        await ExpireAsync(PastTheEnd);

        Lease? other = await TryLeaseAsync(Spare, PastTheEnd);
        Lease? none = await TryLeaseAsync(Spare, PastTheEnd);
        Lease? whileLost = await TryLeaseAsync(StoreSamples.Rig, PastTheEnd);
        await Store.ReturnRigAsync(StoreSamples.Rig, CancellationToken.None).DefaultTimeout();
        Lease own = await LeaseAsync(PastTheEnd);

        other!.Execution.Id.Should().Be("c1-2");
        none.Should().BeNull();
        whileLost.Should().BeNull();
        own.Execution.Id.Should().Be("c1-1");
    }

    [Fact]
    public async Task Releasing_a_rig_ends_its_leases_and_leaves_an_unsafe_case_to_a_person()
    {
        await AddWithSpareAsync("c1", 2, RepeatSafety.Unsafe);
        await AddAsync("c2", 1);
        Lease lost = await LeaseAsync();

        IReadOnlyList<ExpiredLease> ended = await Store.ReleaseRigAsync(
            StoreSamples.Rig, "no power", StoreSamples.Noon, CancellationToken.None).DefaultTimeout();
        Lease? taken = await TryLeaseAsync(Spare);
        Lease? none = await TryLeaseAsync(Spare);

        ended.Should().Equal(new ExpiredLease(lost.Attempt, StoreSamples.Rig, IsQueuedAgain: false));
        taken!.Execution.Id.Should().Be("c1-2", "it never began");
        none.Should().BeNull("the other cycle has no spare");
        ExecutionHistory execution = (await GetAsync("c1")).Executions[0];
        execution.Verdict.Should().Be(Verdict.Inconclusive);
        execution.Reason.Should().Be("rig fault: no power; the case is unsafe to repeat: a person decides");
    }

    [Fact]
    public async Task When_the_spare_rig_is_lost_too_the_case_waits_for_whichever_is_back_first()
    {
        await AddWithSpareAsync("c1", 1);
        await LeaseAsync();
        await ExpireAsync(PastTheEnd);
        await TryLeaseAsync(Spare, PastTheEnd);
        await ExpireAsync(2 * PastTheEnd);

        Lease? own = await TryLeaseAsync(StoreSamples.Rig, 2 * PastTheEnd);
        Lease? spare = await TryLeaseAsync(Spare, 2 * PastTheEnd);
        await Store.ReturnRigAsync(StoreSamples.Rig, CancellationToken.None).DefaultTimeout();
        Lease back = await LeaseAsync(2 * PastTheEnd);

        own.Should().BeNull();
        spare.Should().BeNull();
        back.Attempt.Number.Should().Be(3);
    }

    [Fact]
    public async Task A_result_of_the_lost_rig_is_superseded_once_the_spare_rig_has_begun()
    {
        await AddWithSpareAsync("c1", 1);
        Lease lost = await LeaseAsync();
        await AppendAsync(StoreSamples.Sequence(lost.Attempt, StoreSamples.Started()));
        await ExpireAsync(PastTheEnd);
        Lease taken = (await TryLeaseAsync(Spare, PastTheEnd))!;
        await AppendAsync(StoreSamples.Sequence(taken.Attempt, StoreSamples.Started()));

        AttemptAcknowledgement late =
            (await AppendAsync(StoreSamples.SequenceFrom(lost.Attempt, 2, StoreSamples.Finished(Verdict.Failed, "late")))).Single();
        await AppendAsync(StoreSamples.SequenceFrom(taken.Attempt, 2, StoreSamples.Finished(Verdict.Passed)));

        late.Standing.Should().Be(AttemptStanding.Superseded);
        late.HighWater.Should().Be(2);
        CycleDetail cycle = await GetAsync("c1");
        cycle.Executions[0].Verdict.Should().Be(Verdict.Passed);
        cycle.RigsUsed.Should().Equal(Spare);
        (await Store.ListIssuesAsync(CancellationToken.None).DefaultTimeout()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_failure_on_the_spare_rig_is_one_of_its_own_device()
    {
        await AddWithSpareAsync("c1", 1, device: SpareBaseline with { Inventory = SpareEsme with { FirmwareVersion = "4.2.9" } });
        await Store.ReleaseRigAsync(StoreSamples.Rig, "gone", StoreSamples.Noon, CancellationToken.None).DefaultTimeout();
        Lease taken = (await TryLeaseAsync(Spare))!;
        StepFinished step = StoreSamples.Step(1) with { Verdict = Verdict.Failed, Reason = "no" };
        await AppendAsync(StoreSamples.Sequence(taken.Attempt, StoreSamples.Started(), step, StoreSamples.Finished(Verdict.Failed, "no")));

        TestingIssue issue = (await Store.ListIssuesAsync(CancellationToken.None).DefaultTimeout()).Single();
        IssueDetail detail = (await Store.GetIssueAsync(issue.Id, CancellationToken.None).DefaultTimeout())!;

        detail.Sightings.Single().Fingerprint.Firmware.Should().Be("4.2.9");
        detail.Rates.Select(rate => rate.Device).Should().Equal(SpareBaseline.ToString());
    }

    [Fact]
    public async Task A_spare_rig_that_ran_nothing_is_withdrawn_and_one_that_ran_is_not()
    {
        await AddWithSpareAsync("c1", 2);
        await AddWithSpareAsync("c2", 1);
        await Store.ReleaseRigAsync(StoreSamples.Rig, "gone", StoreSamples.Noon, CancellationToken.None).DefaultTimeout();
        Lease ran = (await TryLeaseAsync(Spare))!;
        await AppendAsync(StoreSamples.Sequence(ran.Attempt, StoreSamples.Started(), StoreSamples.Finished(Verdict.Passed)));

        bool ofTheFirst = await Store.WithdrawSpareAsync("c1", Spare, CancellationToken.None).DefaultTimeout();
        bool ofTheSecond = await Store.WithdrawSpareAsync("c2", Spare, CancellationToken.None).DefaultTimeout();
        bool ownRig = await Store.WithdrawSpareAsync("c2", StoreSamples.Rig, CancellationToken.None).DefaultTimeout();
        Lease second = (await TryLeaseAsync(Spare))!;
        Lease? none = await TryLeaseAsync(Spare);

        (ofTheFirst, ofTheSecond, ownRig).Should().Be((false, true, false));
        second.Execution.Id.Should().Be("c1-2");
        none.Should().BeNull("it was taken out of the second cycle");
    }

    private Task<Lease?> TryLeaseAsync(string rig, TimeSpan after = default) =>
        Store.TryLeaseAsync(rig, StoreSamples.Noon + after, CancellationToken.None).DefaultTimeout();

    private Task AddWithSpareAsync(
        string cycleId, int executions, RepeatSafety safety = RepeatSafety.Safe, string[]? cases = null, DeviceBaseline? device = null)
    {
        Execution[] all = [.. Enumerable.Range(1, executions).Select(ordinal => StoreSamples.Execution(cycleId, ordinal, safety))];
        SpareRig spare = new(Spare, [device ?? SpareBaseline], cases ?? [.. all.Select(execution => execution.CaseId)]);
        return Store.AddCycleAsync(StoreSamples.Cycle(cycleId) with { Spares = [spare] }, all, CancellationToken.None).DefaultTimeout();
    }
}
