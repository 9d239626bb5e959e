using DeviceHarness.Contracts.V1;
using DeviceHarness.Orchestrator.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Orchestrator.Tests.Services;

public sealed class CycleLifeTests
{
    private static readonly TimeSpan BudgetAndGrace = TimeSpan.FromMinutes(6);

    [Fact]
    public async Task A_cycle_is_frozen_then_running_then_complete()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        ScriptedRig away = await bench.ConnectAsync();
        await away.CompleteAsync();
        await away.ReadStatusAsync();
        string cycle = await bench.SubmitAsync("ONE", "TWO");
        CycleState before = (await bench.GetAsync(cycle)).Cycle.State;
        await using ScriptedRig rig = await bench.ConnectAsync();

        await rig.RunAsync(await rig.ReadLeaseAsync(), Verdict.Passed);
        Lease second = await rig.ReadLeaseAsync();
        CycleState between = (await bench.GetAsync(cycle)).Cycle.State;
        await rig.RunAsync(second, Verdict.Failed, "the meter said no");
        CycleDetail after = await bench.GetAsync(cycle);

        before.Should().Be(CycleState.Frozen);
        between.Should().Be(CycleState.Running);
        after.Cycle.State.Should().Be(CycleState.Complete);
        after.Cycle.Passed.Should().Be(1);
        after.Cycle.Failed.Should().Be(1);
        after.Cycle.InScope.Should().Be(2);
        after.Executions[1].Reason.Should().Be("the meter said no");
        after.Executions[1].Attempts.Should().Be(1, "a failed attempt is never repeated by itself");
    }

    [Fact]
    public async Task An_inconclusive_attempt_is_repeated_twice_and_then_the_cycle_is_incomplete()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync("ONE", "TWO");
        List<(string Case, int Attempt)> leased = [];

        foreach (int _ in Enumerable.Range(1, 3))
        {
            Lease lease = await rig.ReadLeaseAsync();
            leased.Add((lease.CaseId, lease.Attempt));
            await rig.RunAsync(lease, Verdict.Inconclusive, "the port went away");
        }

        await rig.RunAsync(await rig.ReadLeaseAsync(), Verdict.Passed);
        CycleDetail detail = await bench.GetAsync(cycle);

        leased.Should().Equal(("ONE", 1), ("ONE", 2), ("ONE", 3));
        detail.Cycle.State.Should().Be(CycleState.Incomplete);
        detail.Cycle.Inconclusive.Should().Be(1);
        detail.Cycle.Passed.Should().Be(1);
    }

    [Fact]
    public async Task An_inconclusive_attempt_that_is_repeated_and_passes_completes_the_cycle()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync("ONE");

        await rig.RunAsync(await rig.ReadLeaseAsync(), Verdict.Inconclusive, "the port went away");
        await rig.RunAsync(await rig.ReadLeaseAsync(), Verdict.Passed);
        CycleDetail detail = await bench.GetAsync(cycle);

        detail.Cycle.State.Should().Be(CycleState.Complete);
        detail.Executions[0].Verdict.Should().Be(Verdict.Passed);
        detail.Executions[0].Flaky.Should().BeFalse("no conclusive attempt failed");
    }

    [Theory]
    [InlineData("ONE", "ONE", 2)]
    [InlineData("ONE!", "TWO", 1)]
    public async Task A_lease_ends_after_budget_and_grace_and_only_a_safe_case_is_leased_anew(string caseId, string next, int attempt)
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        await bench.SubmitAsync(caseId, "TWO");
        Lease lost = await rig.ReadLeaseAsync();
        await rig.SendAsync(Samples.Started(lost));
        await rig.ReadAckAsync();

        await bench.PassAsync(BudgetAndGrace - TimeSpan.FromSeconds(1));
        ListRigsReply during = await bench.Client.ListRigsAsync(new ListRigsRequest()).ResponseAsync.DefaultTimeout();
        await bench.PassAsync(TimeSpan.FromSeconds(1));
        CancelLease cancelled = await rig.ReadCancelAsync();
        Lease lease = await rig.ReadLeaseAsync();

        during.Rigs[0].RunningCase.Should().Be("ONE", "the lease is one second from its end");
        cancelled.LeaseNumber.Should().Be(lost.LeaseNumber);
        lease.CaseId.Should().Be(next);
        lease.Attempt.Should().Be(attempt);
        lease.LeaseNumber.Should().BeGreaterThan(lost.LeaseNumber);
    }

    [Fact]
    public async Task Events_under_an_old_number_are_kept_and_never_counted_once_a_newer_attempt_started()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync("ONE");
        Lease old = await rig.ReadLeaseAsync();
        await bench.PassAsync(BudgetAndGrace);
        Lease fresh = await rig.ReadLeaseAsync();
        await rig.SendAsync(Samples.Started(fresh));
        await rig.ReadAckAsync();

        await rig.RunAsync(old, Verdict.Failed, "late");
        await rig.SendAsync(Samples.Whole(fresh, Verdict.Passed)[1..]);
        await rig.ReadAckAsync();
        CycleDetail detail = await bench.GetAsync(cycle);

        detail.Executions[0].Verdict.Should().Be(Verdict.Passed);
        detail.Cycle.Failed.Should().Be(0);
        bench.CountStored("event").Should().Be(8, "the old number's events are kept");
    }

    [Fact]
    public async Task A_late_result_counts_while_no_newer_attempt_has_started()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        ScriptedRig before = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync("ONE");
        Lease lease = await before.ReadLeaseAsync();
        await before.SendAsync(Samples.Started(lease));
        await before.ReadAckAsync();
        await before.DisposeAsync();
        await WaitForDetachAsync(bench);
        await bench.PassAsync(BudgetAndGrace);

        await using ScriptedRig after = await bench.ConnectAsync(Samples.Hello(held: Samples.Held(lease, isRunning: true, highWater: 2)));
        await after.SendAsync(Samples.Whole(lease, Verdict.Passed)[1..]);
        EventAck ack = await after.ReadAckAsync();
        CycleDetail detail = await bench.GetAsync(cycle);

        ack.Sequence.Should().Be(4);
        detail.Cycle.State.Should().Be(CycleState.Complete);
        detail.Executions[0].Verdict.Should().Be(Verdict.Passed);
        detail.Executions[0].Attempts.Should().Be(1, "the rig was left to finish what it ran");
    }

    [Fact]
    public async Task A_cancelled_cycle_keeps_what_ran_and_never_runs_the_rest()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync("ONE", "TWO", "THREE");
        await rig.RunAsync(await rig.ReadLeaseAsync(), Verdict.Passed);
        Lease running = await rig.ReadLeaseAsync();

        await bench.Client.CancelCycleAsync(new CancelCycleRequest { CycleId = cycle, Reason = "enough" }).ResponseAsync.DefaultTimeout();
        CancelLease cancel = await rig.ReadCancelAsync();
        await rig.RunAsync(running, Verdict.Inconclusive, "cancelled");
        CycleDetail detail = await bench.GetAsync(cycle);

        cancel.LeaseNumber.Should().Be(running.LeaseNumber);
        cancel.Reason.Should().Contain("enough");
        detail.Cycle.State.Should().Be(CycleState.Incomplete);
        detail.Executions.Select(execution => execution.Verdict).Should().Equal(Verdict.Passed, Verdict.Inconclusive, Verdict.NotRun);
        detail.Executions[1].Attempts.Should().Be(1, "a cancelled cycle repeats nothing");
    }

    [Fact]
    public async Task A_cycle_whose_rig_is_away_is_cancelled_at_once()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        ScriptedRig rig = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync("ONE", "TWO");
        await rig.ReadLeaseAsync();
        await rig.DisposeAsync();
        await WaitForDetachAsync(bench);

        await bench.Client.CancelCycleAsync(new CancelCycleRequest { CycleId = cycle }).ResponseAsync.DefaultTimeout();
        CycleDetail detail = await bench.GetAsync(cycle);

        detail.Cycle.State.Should().Be(CycleState.Incomplete);
        detail.Executions.Select(execution => execution.Verdict).Should().Equal(Verdict.Inconclusive, Verdict.NotRun);
    }

    [Fact]
    public async Task A_cycle_is_void_when_the_rig_comes_back_with_another_firmware()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        ScriptedRig before = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync("ONE", "TWO");
        Lease lease = await before.ReadLeaseAsync();
        await before.DisposeAsync();
        Hello hello = Samples.Hello(bootId: "boot-2", held: Samples.Held(lease, isRunning: true, highWater: 0));
        hello.Devices[0] = Samples.Device(firmware: "4.3.0");

        await using ScriptedRig after = await bench.ConnectAsync(hello);
        CancelLease cancel = await after.ReadCancelAsync();
        CycleDetail detail = await bench.GetAsync(cycle);

        cancel.LeaseNumber.Should().Be(lease.LeaseNumber);
        cancel.Reason.Should().Contain("from 4.2.0 to 4.3.0");
        detail.Cycle.State.Should().Be(CycleState.Void);
    }

    [Fact]
    public async Task A_cycle_is_void_when_a_device_reports_another_firmware_than_it_reported_before()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync("ONE", "TWO");
        Lease first = await rig.ReadLeaseAsync();
        await rig.SendAsync(Samples.Started(first), Samples.StepFinished(first, 2, srv: "11.2"),
            Samples.Finished(first, 3, Verdict.Passed));
        await rig.ReadAckAsync();
        Lease second = await rig.ReadLeaseAsync();

        await rig.SendAsync(Samples.Started(second), Samples.Firmware(second, 2, "4.2.0"));
        await rig.ReadAckAsync();
        CycleState same = (await bench.GetAsync(cycle)).Cycle.State;
        await rig.SendAsync(Samples.Firmware(second, 3, "4.3.0"));
        await rig.ReadCancelAsync();

        same.Should().Be(CycleState.Running);
        (await bench.GetAsync(cycle)).Cycle.State.Should().Be(CycleState.Void);
    }

    [Fact]
    public async Task A_first_reading_that_contradicts_the_baseline_is_the_case_s_finding_and_no_change_under_the_cycle()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync("ONE", "TWO");
        Lease first = await rig.ReadLeaseAsync();

        await rig.SendAsync(
            Samples.Started(first), Samples.StepFinished(first, 2, verdict: Verdict.Failed, srv: "11.2"),
            Samples.Firmware(first, 3, "4.1.7"),
            Samples.Finished(first, 4, Verdict.Failed, "FirmwareVersion: expected 4.2.0, found 4.1.7"));
        await rig.RunAsync(await rig.ReadLeaseAsync(), Verdict.Passed);

        CycleDetail detail = await bench.GetAsync(cycle);
        detail.Cycle.State.Should().Be(CycleState.Complete);
        detail.Executions.Select(execution => execution.Verdict).Should().Equal(Verdict.Failed, Verdict.Passed);
    }

    [Fact]
    public async Task Two_cycles_run_one_after_the_other()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        SubmitCyclesReply reply = await bench.Client.SubmitCyclesAsync(
            new SubmitCyclesRequest { PackText = Samples.Pack("ONE", "TWO"), Cycles = 2, Seed = 7 }).ResponseAsync.DefaultTimeout();
        List<(string Case, long Seed)> leased = [];

        foreach (int _ in Enumerable.Range(1, 4))
        {
            Lease lease = await rig.ReadLeaseAsync();
            leased.Add((lease.CaseId, lease.Seed));
            await rig.RunAsync(lease, Verdict.Passed);
        }

        reply.CycleIds.Should().HaveCount(2).And.OnlyHaveUniqueItems();
        leased.Should().Equal(("ONE", 7), ("TWO", 7), ("ONE", 8), ("TWO", 8));
        ListCyclesReply list = await bench.Client.ListCyclesAsync(new ListCyclesRequest()).ResponseAsync.DefaultTimeout();
        list.Cycles.Select(cycle => cycle.State).Should().Equal(CycleState.Complete, CycleState.Complete);
        list.Cycles.Select(cycle => cycle.Id).Should().BeEquivalentTo(reply.CycleIds);
    }

    private static async Task WaitForDetachAsync(OrchestratorBench bench)
    {
        while (bench.Host.ConnectedRigs > 0)
        {
            await Task.Yield();
        }
    }
}
