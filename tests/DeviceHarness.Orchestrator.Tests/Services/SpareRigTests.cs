using DeviceHarness.Contracts.V1;
using DeviceHarness.Orchestrator.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Grpc.Core;
using Xunit;

namespace DeviceHarness.Orchestrator.Tests.Services;

public sealed class SpareRigTests
{
    private static readonly TimeSpan BudgetAndGrace = TimeSpan.FromMinutes(6);

    private static readonly string[] Spare = [Samples.SpareRig];

    [Fact]
    public async Task A_case_whose_lease_ended_is_a_rig_fault_and_runs_on_the_spare_rigs_own_devices()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig own = await bench.ConnectAsync();
        await using ScriptedRig spare = await bench.ConnectAsync(Samples.SpareHello());
        string cycle = await bench.SubmitAsync(Spare, "ONE", "TWO");
        Lease lost = await own.ReadLeaseAsync();
        await own.SendAsync(Samples.Started(lost));
        await own.ReadAckAsync();

        await bench.PassAsync(BudgetAndGrace);
        Lease again = await spare.ReadLeaseAsync();
        await spare.RunAsync(again, Verdict.Passed);
        Lease next = await spare.ReadLeaseAsync();
        await spare.RunAsync(next, Verdict.Passed);
        CycleDetail detail = await bench.WaitForEndAsync(cycle);

        again.CaseId.Should().Be("ONE");
        again.Attempt.Should().Be(2);
        again.LeaseNumber.Should().BeGreaterThan(lost.LeaseNumber);
        again.Devices.Should().ContainSingle().Which.Eui64.Should().Be(Samples.SpareEsme);
        next.CaseId.Should().Be("TWO", "what the lost rig had not begun goes to the spare, too");
        detail.Cycle.State.Should().Be(CycleState.Complete);
        detail.Cycle.SpareRigs.Should().Equal(Samples.SpareRig);
        detail.Devices.Should().ContainSingle().Which.Eui64.Should().Be(Samples.Esme);
        detail.Spares.Should().ContainSingle().Which.Devices.Should().ContainSingle().Which.Eui64.Should().Be(Samples.SpareEsme);
        ExecutionSummary one = detail.Executions[0];
        one.Verdict.Should().Be(Verdict.Passed);
        one.Rig.Should().Be(Samples.SpareRig);
        one.AttemptsMade.Select(attempt => (attempt.Rig, attempt.Verdict, attempt.RigFault)).Should().Equal(
            (Samples.Rig, Verdict.Inconclusive, true), (Samples.SpareRig, Verdict.Passed, false));
        one.AttemptsMade[0].Reason.Should().StartWith("rig fault: the lease ended without a result");
        detail.Issues.Should().BeEmpty("a rig fault is no fault of a device");
    }

    [Fact]
    public async Task What_the_lost_rig_still_says_is_kept_and_never_counted()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        ScriptedRig own = await bench.ConnectAsync();
        await using ScriptedRig spare = await bench.ConnectAsync(Samples.SpareHello());
        string cycle = await bench.SubmitAsync(Spare, "ONE");
        Lease lost = await own.ReadLeaseAsync();
        await own.SendAsync(Samples.Started(lost));
        await own.ReadAckAsync();
        await own.DisposeAsync();
        await bench.PassAsync(BudgetAndGrace);
        Lease again = await spare.ReadLeaseAsync();
        await spare.SendAsync(Samples.Started(again));
        await spare.ReadAckAsync();

        Hello back = Samples.Hello(held: Samples.Held(lost, isRunning: true, highWater: 4));
        await using ScriptedRig returned = await bench.ConnectAsync(back);
        CancelLease cancelled = await returned.ReadCancelAsync();
        await returned.SendAsync(Samples.Whole(lost, Verdict.Failed, "late"));
        EventAck late = await returned.ReadAckAsync();
        await spare.SendAsync(Samples.Whole(again, Verdict.Passed)[1..]);
        await spare.ReadAckAsync();
        CycleDetail detail = await bench.WaitForEndAsync(cycle);

        cancelled.LeaseNumber.Should().Be(lost.LeaseNumber);
        late.Sequence.Should().Be(4, "it is kept, so that the agent can let go of it");
        detail.Executions[0].Verdict.Should().Be(Verdict.Passed);
        detail.Cycle.Failed.Should().Be(0);
        detail.Issues.Should().BeEmpty();
        detail.Executions[0].AttemptsMade[0].Superseded.Should().BeTrue();
        bench.CountStored("event").Should().Be(8);
    }

    [Fact]
    public async Task A_person_may_release_a_rig_and_an_unsafe_case_that_it_held_waits_for_a_person()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig own = await bench.ConnectAsync();
        await using ScriptedRig spare = await bench.ConnectAsync(Samples.SpareHello());
        string cycle = await bench.SubmitAsync(Spare, "ONE!", "TWO!", "THREE");
        Lease lost = await own.ReadLeaseAsync();
        await own.SendAsync(Samples.Started(lost));
        await own.ReadAckAsync();

        ReleaseRigReply reply = await bench.Client.ReleaseRigAsync(new ReleaseRigRequest { Rig = Samples.Rig, Reason = "no power" })
            .ResponseAsync.DefaultTimeout();
        CancelLease cancelled = await own.ReadCancelAsync();
        Lease two = await spare.ReadLeaseAsync();
        await spare.RunAsync(two, Verdict.Passed);
        await spare.RunAsync(await spare.ReadLeaseAsync(), Verdict.Passed);
        CycleDetail detail = await bench.WaitForEndAsync(cycle);

        ReleasedLease released = reply.Leases.Should().ContainSingle().Subject;
        released.CaseId.Should().Be("ONE");
        released.QueuedAgain.Should().BeFalse();
        cancelled.Reason.Should().Contain("no power");
        two.CaseId.Should().Be("TWO", "it never began, so even a case that is unsafe to repeat may run");
        two.Attempt.Should().Be(1);
        detail.Cycle.State.Should().Be(CycleState.Incomplete);
        ExecutionSummary one = detail.Executions[0];
        one.Verdict.Should().Be(Verdict.Inconclusive);
        one.Attempts.Should().Be(1);
        one.Reason.Should().Be("rig fault: released by a person: no power; the case is unsafe to repeat: a person decides");
    }

    [Fact]
    public async Task A_released_rig_gets_its_cases_back_when_its_agent_connects_again_and_nobody_took_them()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using (ScriptedRig spare = await bench.ConnectAsync(Samples.SpareHello()))
        {
            await spare.CompleteAsync();
            await spare.ReadStatusAsync();
        }

        await using ScriptedRig own = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync(Spare, "ONE");
        await own.ReadLeaseAsync();
        await bench.Client.ReleaseRigAsync(new ReleaseRigRequest { Rig = Samples.Rig, Reason = "hung" }).ResponseAsync.DefaultTimeout();
        await own.ReadCancelAsync();

        await bench.RestartAsync();
        await using ScriptedRig returned = await bench.ConnectAsync(Samples.Hello(bootId: "boot-2"));
        Lease again = await returned.ReadLeaseAsync();
        await returned.RunAsync(again, Verdict.Passed);

        again.Attempt.Should().Be(2);
        (await bench.WaitForEndAsync(cycle)).Executions[0].Rig.Should().Be(Samples.Rig);
    }

    [Fact]
    public async Task A_stop_rule_that_is_met_on_one_rig_stops_what_runs_on_the_other()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync(
            options => options with { Leases = new() { Depth = 2 } });
        await using ScriptedRig own = await bench.ConnectAsync();
        await using ScriptedRig spare = await bench.ConnectAsync(Samples.SpareHello());
        SubmitCyclesRequest request = new()
        {
            PackText = Samples.Pack("ONE", "TWO", "THREE"),
            Rig = Samples.Rig,
            SpareRigs = { Spare },
            StopOn = { new StopRule { Verdict = Verdict.Failed, Cases = 1 } },
        };
        string cycle = (await bench.Client.SubmitCyclesAsync(request).ResponseAsync.DefaultTimeout()).CycleIds.Single();
        await own.ReadLeaseAsync();
        Lease two = await own.ReadLeaseAsync();
        await bench.PassAsync(BudgetAndGrace);
        Lease one = await spare.ReadLeaseAsync();
        await spare.SendAsync(Samples.Started(one));
        await spare.ReadAckAsync();

        // The second lease of the lost rig is still live: its end counts the budget of the first. It fails the case after all.
        await own.SendAsync(Samples.Whole(two, Verdict.Failed, "no such version"));
        CancelLease waiting = await spare.ReadCancelAsync();
        CancelLease cancelled = await spare.ReadCancelAsync();
        await spare.SendAsync(Samples.Finished(one, 2, Verdict.Inconclusive, cancelled.Reason));
        await spare.SendAsync(new RigMessage
        {
            LeaseDeclined = new LeaseDeclined { LeaseNumber = waiting.LeaseNumber, Reason = "cancelled", ExecutionId = $"{cycle}.0003" },
        });
        CycleDetail detail = await bench.WaitForEndAsync(cycle);

        cancelled.LeaseNumber.Should().Be(one.LeaseNumber);
        detail.Cycle.StateReason.Should().Be("stop rule failed=1: Failed for the 1. time: TWO");
        detail.Executions.Select(execution => execution.Verdict)
            .Should().Equal(Verdict.Inconclusive, Verdict.Failed, Verdict.NotRun);
    }

    [Fact]
    public async Task A_spare_rig_without_a_matching_device_is_refused_with_the_difference()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig own = await bench.ConnectAsync();
        Device other = Samples.Device(eui64: Samples.SpareEsme, firmware: "4.3.0");
        await using ScriptedRig spare = await bench.ConnectAsync(Samples.SpareHello(device: other));

        Func<Task> submit = () => bench.SubmitAsync(Spare, "ONE");
        Func<Task> same = () => bench.SubmitAsync([Samples.Rig], "ONE");
        Func<Task> unknown = () => bench.SubmitAsync(["bench-09"], "ONE");

        (await submit.Should().ThrowAsync<RpcException>()).Which.Status.Detail
            .Should().Contain("can take over no case").And.Contain("firmware '4.3.0' where esme-01 has '4.2.0'");
        (await same.Should().ThrowAsync<RpcException>()).Which.Status.Detail.Should().Contain("named twice");
        (await unknown.Should().ThrowAsync<RpcException>()).Which.StatusCode.Should().Be(StatusCode.FailedPrecondition);
    }

    [Fact]
    public async Task A_spare_rig_that_comes_back_with_another_device_leaves_the_cycle_which_goes_on()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig own = await bench.ConnectAsync();
        await using (ScriptedRig spare = await bench.ConnectAsync(Samples.SpareHello()))
        {
            await spare.CompleteAsync();
            await spare.ReadStatusAsync();
        }

        string cycle = await bench.SubmitAsync(Spare, "ONE");
        Lease lost = await own.ReadLeaseAsync();
        Device another = Samples.Device(eui64: "90-B3-D5-1F-30-00-00-B1");
        await using ScriptedRig changed = await bench.ConnectAsync(Samples.SpareHello("boot-2", another));
        await bench.PassAsync(BudgetAndGrace);
        await own.ReadCancelAsync();
        Lease leased = await LeaseOfItsOwnAsync(bench, changed);

        CycleDetail detail = await bench.GetAsync(cycle);
        leased.ExecutionId.Should().NotStartWith(cycle, "an older cycle would have come first");
        detail.Cycle.State.Should().Be(CycleState.Running);
        detail.Executions[0].State.Should().Be("queued", "no rig of the cycle is there to take it");
        lost.Attempt.Should().Be(1);
    }

    [Fact]
    public async Task A_spare_rig_that_ran_a_case_and_comes_back_with_another_device_voids_the_cycle()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig own = await bench.ConnectAsync();
        string cycle;
        await using (ScriptedRig spare = await bench.ConnectAsync(Samples.SpareHello()))
        {
            cycle = await bench.SubmitAsync(Spare, "ONE", "TWO");
            await own.ReadLeaseAsync();
            await bench.PassAsync(BudgetAndGrace);
            await spare.RunAsync(await spare.ReadLeaseAsync(), Verdict.Passed);
        }

        Device another = Samples.Device(eui64: "90-B3-D5-1F-30-00-00-B1");
        await using ScriptedRig changed = await bench.ConnectAsync(Samples.SpareHello("boot-2", another));
        CycleDetail detail = await bench.WaitForEndAsync(cycle);

        detail.Cycle.State.Should().Be(CycleState.Void);
        detail.Cycle.StateReason.Should().Contain("esme-01 is another");
    }

    [Fact]
    public async Task A_spare_rig_whose_firmware_was_changed_by_another_cycle_takes_nothing_over()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig own = await bench.ConnectAsync();
        await using ScriptedRig spare = await bench.ConnectAsync(Samples.SpareHello());
        string cycle = await bench.SubmitAsync(Spare, "ONE");
        await own.ReadLeaseAsync();
        SubmitCyclesRequest other = new() { PackText = Samples.Pack("ONE"), Rig = Samples.SpareRig };
        await bench.Client.SubmitCyclesAsync(other).ResponseAsync.DefaultTimeout();
        Lease changing = await spare.ReadLeaseAsync();
        await spare.SendAsync(Samples.Started(changing), Samples.Firmware(changing, 2, "5.0.0", Samples.SpareEsme));
        await spare.ReadAckAsync();

        await bench.PassAsync(BudgetAndGrace - TimeSpan.FromSeconds(1));
        await spare.SendAsync(Samples.Finished(changing, 3, Verdict.Passed));
        await spare.ReadAckAsync();
        await bench.PassAsync(TimeSpan.FromSeconds(1));
        await own.ReadCancelAsync();
        Lease leased = await LeaseOfItsOwnAsync(bench, spare);
        await bench.RestartAsync();
        await using ScriptedRig returned = await bench.ConnectAsync(Samples.Hello(bootId: "boot-2"));
        Lease again = await returned.ReadLeaseAsync();

        leased.ExecutionId.Should().NotStartWith(cycle, "an older cycle would have come first");
        again.ExecutionId.Should().StartWith(cycle);
        again.Attempt.Should().Be(2, "the spare was not given it");
    }

    [Theory]
    [InlineData("bench-09", "gone", StatusCode.NotFound)]
    [InlineData(Samples.Rig, "", StatusCode.InvalidArgument)]
    public async Task A_release_needs_a_rig_and_a_reason(string rig, string reason, StatusCode expected)
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig own = await bench.ConnectAsync();

        Func<Task> release = () =>
            bench.Client.ReleaseRigAsync(new ReleaseRigRequest { Rig = rig, Reason = reason }).ResponseAsync.DefaultTimeout();

        (await release.Should().ThrowAsync<RpcException>()).Which.StatusCode.Should().Be(expected);
    }

    /// <summary>Submits a cycle to the second rig, and reads what it is leased next.</summary>
    private static async Task<Lease> LeaseOfItsOwnAsync(OrchestratorBench bench, ScriptedRig rig)
    {
        SubmitCyclesRequest request = new() { PackText = Samples.Pack("ONE"), Rig = Samples.SpareRig };
        await bench.Client.SubmitCyclesAsync(request).ResponseAsync.DefaultTimeout();
        return await rig.ReadLeaseAsync();
    }
}
