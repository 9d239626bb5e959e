using DeviceHarness.Contracts.V1;
using DeviceHarness.Orchestrator.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Grpc.Core;
using Xunit;

namespace DeviceHarness.Orchestrator.Tests.Services;

public sealed class ResumeDeskTests
{
    [Fact]
    public async Task A_cut_cycle_goes_on_with_what_is_safe_and_leaves_an_unsafe_case_that_began_to_a_person()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        string cycle = await CutAsync(bench, rig, "ONE", "TWO!", "THREE", "FOUR!");

        ResumeCycleReply plan = await ResumeAsync(bench, cycle, planOnly: true);
        CycleDetail untouched = await bench.GetAsync(cycle);
        await ResumeAsync(bench, cycle);
        Lease third = await rig.ReadLeaseAsync();
        await rig.RunAsync(third, Verdict.Passed);
        Lease fourth = await rig.ReadLeaseAsync();
        await rig.RunAsync(fourth, Verdict.Passed);
        CycleDetail resumed = await bench.WaitForEndAsync(cycle);

        plan.Cases.Select(row => (row.CaseId, row.Choice)).Should().Equal(
            ("ONE", ResumeChoice.Kept), ("TWO", ResumeChoice.LeftToPerson), ("THREE", ResumeChoice.Queued), ("FOUR", ResumeChoice.Queued));
        untouched.Cycle.State.Should().Be(CycleState.Incomplete);
        (third.CaseId, fourth.CaseId).Should().Be(("THREE", "FOUR"));
        resumed.Cycle.State.Should().Be(CycleState.Incomplete, "an unsafe case waits for a person");
        resumed.Executions.Select(execution => execution.Verdict).Should()
            .Equal(Verdict.Passed, Verdict.Inconclusive, Verdict.Passed, Verdict.Passed);
        resumed.Resumptions.Should().ContainSingle().Which.Should()
            .Contain("by A. Tester").And.Contain("power is back (was: cancelled: power cut); 2 cases");
    }

    [Fact]
    public async Task A_person_who_names_the_unsafe_case_completes_the_cycle_with_a_new_attempt()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        string cycle = await CutAsync(bench, rig, "ONE", "TWO!");

        (await RefusalAsync(() => ResumeAsync(bench, cycle))).Should().Be(StatusCode.FailedPrecondition, "nothing may run unasked");
        await ResumeAsync(bench, cycle, repeat: "TWO");
        Lease again = await rig.ReadLeaseAsync();
        await rig.RunAsync(again, Verdict.Passed);
        CycleDetail resumed = await bench.WaitForEndAsync(cycle);

        (again.CaseId, again.Attempt).Should().Be(("TWO", 2));
        resumed.Cycle.State.Should().Be(CycleState.Complete);
        (await RefusalAsync(() => ResumeAsync(bench, cycle))).Should().Be(StatusCode.FailedPrecondition, "it is complete");
    }

    [Fact]
    public async Task Another_firmware_or_a_request_that_lacks_something_is_refused()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        ScriptedRig rig = await bench.ConnectAsync();
        string cycle = await CutAsync(bench, rig, "ONE", "TWO", "THREE");
        StatusCode[] refusals =
        [
            await RefusalAsync(() => ResumeAsync(bench, "c9")), await RefusalAsync(() => ResumeAsync(bench, cycle, repeat: "NINE")),
            await RefusalAsync(() => ResumeAsync(bench, cycle, reason: " ")),
        ];
        await rig.DisposeAsync();
        Hello changed = Samples.Hello(bootId: "boot-2");
        changed.Devices[0] = Samples.Device(firmware: "4.3.0");

        await using ScriptedRig after = await bench.ConnectAsync(changed);
        Func<Task> resume = () => ResumeAsync(bench, cycle);

        refusals.Should().Equal(StatusCode.NotFound, StatusCode.InvalidArgument, StatusCode.InvalidArgument);
        RpcException refused = (await resume.Should().ThrowAsync<RpcException>()).Which;
        refused.StatusCode.Should().Be(StatusCode.FailedPrecondition);
        refused.Status.Detail.Should().Contain("4.2.0").And.Contain("4.3.0");
    }

    /// <summary>Passes the first case, cuts the cycle in the second, and never begins the others.</summary>
    private static async Task<string> CutAsync(OrchestratorBench bench, ScriptedRig rig, params string[] cases)
    {
        string cycle = await bench.SubmitAsync(cases);
        await rig.RunAsync(await rig.ReadLeaseAsync(), Verdict.Passed);
        Lease running = await rig.ReadLeaseAsync();
        await rig.SendAsync(Samples.Started(running));
        CancelCycleRequest cancel = new() { CycleId = cycle, Reason = "power cut" };
        await bench.Client.CancelCycleAsync(cancel).ResponseAsync.DefaultTimeout();
        await rig.ReadCancelAsync();
        await rig.SendAsync(Samples.Whole(running, Verdict.Inconclusive, "cancelled")[1..]);
        await bench.WaitForEndAsync(cycle);
        return cycle;
    }

    private static async Task<StatusCode> RefusalAsync(Func<Task> call) =>
        (await call.Should().ThrowAsync<RpcException>()).Which.StatusCode;

    private static Task<ResumeCycleReply> ResumeAsync(
        OrchestratorBench bench, string cycle, string repeat = "", string reason = "power is back", bool planOnly = false)
    {
        ResumeCycleRequest request = new() { CycleId = cycle, Who = "A. Tester", Reason = reason, PlanOnly = planOnly };
        request.Repeat.AddRange(repeat.Length == 0 ? [] : [repeat]);
        return bench.Client.ResumeCycleAsync(request).ResponseAsync.DefaultTimeout();
    }
}
