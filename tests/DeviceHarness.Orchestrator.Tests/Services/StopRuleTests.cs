using DeviceHarness.Contracts.V1;
using DeviceHarness.Orchestrator.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Grpc.Core;
using Xunit;
using AttemptFinished = DeviceHarness.Abstractions.Execution.AttemptFinished;
using AttemptKey = DeviceHarness.Assurance.Cycles.AttemptKey;
using LeasePolicy = DeviceHarness.Assurance.Cycles.LeasePolicy;
using Verdict = DeviceHarness.Contracts.V1.Verdict;

namespace DeviceHarness.Orchestrator.Tests.Services;

public sealed class StopRuleTests
{
    private const string Met = "stop rule failed=1: Failed for the 1. time: ONE";

    private static readonly StopRule OnFailure = new() { Verdict = Verdict.Failed, Cases = 1 };

    [Fact]
    public async Task A_rule_that_is_met_ends_every_cycle_of_the_run_and_stops_what_runs_though_nobody_watches()
    {
        await using OrchestratorBench bench = await StartAsync(depth: 2);
        await using ScriptedRig rig = await bench.ConnectAsync();
        IReadOnlyList<string> cycles = await bench.SubmitAsync(OnFailure, 2, "ONE", "TWO", "THREE");
        Lease first = await rig.ReadLeaseAsync();
        Lease second = await rig.ReadLeaseAsync();
        await rig.SendAsync(Samples.Started(second));
        await rig.ReadAckAsync();

        await rig.SendAsync(Samples.Whole(first, Verdict.Failed, "no such version"));
        CancelLease cancelled = await rig.ReadCancelAsync();
        await rig.SendAsync(Samples.Finished(second, 2, Verdict.Inconclusive, cancelled.Reason));
        CycleDetail ended = await bench.WaitForEndAsync(cycles[0]);
        CycleDetail other = await bench.WaitForEndAsync(cycles[1]);

        cancelled.LeaseNumber.Should().Be(second.LeaseNumber);
        cancelled.Reason.Should().Be(Met);
        ended.Cycle.State.Should().Be(CycleState.Incomplete);
        ended.Cycle.StateReason.Should().Be(Met);
        ended.Cycle.StopOn.Should().Equal(OnFailure);
        ended.Executions.Select(execution => execution.Verdict)
            .Should().Equal(Verdict.Failed, Verdict.Inconclusive, Verdict.NotRun);
        ended.Executions[2].Reason.Should().Be(Met);
        other.Cycle.NotRun.Should().Be(3);
        other.Executions.Should().OnlyContain(execution => execution.Reason == Met);
    }

    [Fact]
    public async Task A_rule_counts_on_after_a_restart_of_the_orchestrator()
    {
        await using OrchestratorBench bench = await StartAsync(depth: 1);
        string cycle;
        await using (ScriptedRig before = await bench.ConnectAsync())
        {
            StopRule second = new() { Verdict = Verdict.Failed, Cases = 2 };
            cycle = (await bench.SubmitAsync(second, 1, "ONE", "TWO", "THREE")).Single();
            await before.RunAsync(await before.ReadLeaseAsync(), Verdict.Failed, "first");
            Lease given = await before.ReadLeaseAsync();
            given.CaseId.Should().Be("TWO");
        }

        await bench.RestartAsync();
        await using ScriptedRig after = await bench.ConnectAsync(Samples.Hello(bootId: "boot-2"));
        await after.RunAsync(await after.ReadLeaseAsync(), Verdict.Failed, "second");
        CycleDetail ended = await bench.WaitForEndAsync(cycle);

        ended.Cycle.StateReason.Should().Be("stop rule failed=2: Failed for the 2. time: TWO");
        ended.Executions[2].Verdict.Should().Be(Verdict.NotRun);
    }

    [Fact]
    public async Task What_still_runs_of_a_cycle_that_ended_when_the_orchestrator_died_is_stopped_when_its_rig_is_back()
    {
        await using OrchestratorBench bench = await StartAsync(depth: 2);
        Lease first;
        Lease second;
        await using (ScriptedRig before = await bench.ConnectAsync())
        {
            await bench.SubmitAsync(OnFailure, 1, "ONE", "TWO");
            first = await before.ReadLeaseAsync();
            second = await before.ReadLeaseAsync();
            await before.SendAsync(Samples.Started(second));
            await before.ReadAckAsync();
        }

        // The rule was met in the store, and nobody was left to ask the rig to stop.
        await bench.RestartAsync(store => store.CompleteAttemptAsync(
            new AttemptKey(first.ExecutionId, first.Attempt, first.LeaseNumber),
            new AttemptFinished(DeviceHarness.Abstractions.Execution.Verdict.Failed, "no such version", TimeSpan.Zero, 0, 0)
            {
                Time = Samples.Noon,
            },
            Samples.Noon,
            CancellationToken.None).DefaultTimeout());
        await using ScriptedRig after = await bench.ConnectAsync(Samples.Hello(held: Samples.Held(second, isRunning: true, highWater: 1)));
        CancelLease cancelled = await after.ReadCancelAsync();

        cancelled.LeaseNumber.Should().Be(second.LeaseNumber);
        cancelled.Reason.Should().Be(Met);
    }

    [Theory]
    [InlineData(Verdict.Passed, 1)]
    [InlineData(Verdict.Failed, 0)]
    [InlineData((Verdict)99, 1)]
    public async Task A_rule_that_is_none_is_refused(Verdict verdict, int cases)
    {
        await using OrchestratorBench bench = await StartAsync(depth: 1);
        await using ScriptedRig rig = await bench.ConnectAsync();

        Func<Task> submit = () => bench.SubmitAsync(new StopRule { Verdict = verdict, Cases = cases }, 1, "ONE");

        (await submit.Should().ThrowAsync<RpcException>()).Which.Status.Should().Match<Status>(status =>
            status.StatusCode == StatusCode.InvalidArgument && status.Detail.Contains("stop rule", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_rules_for_one_verdict_are_refused()
    {
        await using OrchestratorBench bench = await StartAsync(depth: 1);
        await using ScriptedRig rig = await bench.ConnectAsync();
        SubmitCyclesRequest request = new()
        {
            PackText = Samples.Pack("ONE"),
            Rig = Samples.Rig,
            StopOn = { OnFailure, new StopRule { Verdict = Verdict.Failed, Cases = 2 } },
        };

        Func<Task> submit = () => bench.Client.SubmitCyclesAsync(request).ResponseAsync.DefaultTimeout();

        (await submit.Should().ThrowAsync<RpcException>()).Which.Status.Detail.Should().Contain("two stop rules");
    }

    private static Task<OrchestratorBench> StartAsync(int depth) =>
        OrchestratorBench.StartAsync(options => options with { Leases = new LeasePolicy { Depth = depth } });
}
