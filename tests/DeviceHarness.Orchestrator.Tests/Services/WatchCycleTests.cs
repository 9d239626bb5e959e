using DeviceHarness.Contracts.V1;
using DeviceHarness.Orchestrator.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Grpc.Core;
using Xunit;

namespace DeviceHarness.Orchestrator.Tests.Services;

public sealed class WatchCycleTests
{
    [Fact]
    public async Task A_watcher_sees_a_snapshot_then_every_step_then_the_summary()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync("ONE");
        using AsyncServerStreamingCall<CycleUpdate> watching = bench.Client.WatchCycle(new WatchCycleRequest { CycleId = cycle });
        CycleUpdate first = await ReadAsync(watching);

        await rig.RunAsync(await rig.ReadLeaseAsync(), Verdict.Passed);
        List<CycleUpdate> updates = await ReadAllAsync(watching);

        first.Snapshot.Executions.Should().ContainSingle().Which.CaseId.Should().Be("ONE");
        updates.Where(update => update.BodyCase == CycleUpdate.BodyOneofCase.Step)
            .Select(update => (update.Step.CaseId, update.Step.BodyCase))
            .Should().Equal(("ONE", StepUpdate.BodyOneofCase.Started), ("ONE", StepUpdate.BodyOneofCase.Finished));
        updates.Last(update => update.BodyCase == CycleUpdate.BodyOneofCase.Execution)
            .Execution.Execution.Verdict.Should().Be(Verdict.Passed);
        updates[^1].Ended.State.Should().Be(CycleState.Complete);
        updates[^1].Ended.Passed.Should().Be(1);
    }

    [Fact]
    public async Task A_watcher_is_told_where_a_long_request_stands_and_nothing_of_it_is_kept()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync("ONE");
        using AsyncServerStreamingCall<CycleUpdate> watching = bench.Client.WatchCycle(new WatchCycleRequest { CycleId = cycle });
        await ReadAsync(watching);
        Lease lease = await rig.ReadLeaseAsync();
        FirmwareProgress firmware = new() { Device = "esme-01", Stage = FirmwareStage.Transferring, BlocksDone = 5, Blocks = 20 };
        AttemptProgress progress = new()
        {
            ExecutionId = lease.ExecutionId,
            Attempt = lease.Attempt,
            LeaseNumber = lease.LeaseNumber,
            Firmware = firmware,
        };

        await rig.SendAsync(new RigMessage { Progress = progress });
        await rig.SendAsync(new RigMessage { Progress = new AttemptProgress(progress) { LeaseNumber = 99 } });
        await rig.RunAsync(lease, Verdict.Passed);
        List<CycleUpdate> updates = await ReadAllAsync(watching);

        updates.Where(update => update.BodyCase == CycleUpdate.BodyOneofCase.Progress).Select(update => update.Progress).Should()
            .ContainSingle("a lease that is not known tells nothing").Which.Should().Be(new ProgressUpdate
            {
                ExecutionId = lease.ExecutionId,
                CaseId = "ONE",
                Attempt = lease.Attempt,
                Firmware = firmware,
            });
    }

    [Theory]
    [InlineData("a.person")]
    [InlineData("")]
    public async Task Who_allowed_irreversible_steps_is_in_the_lease_and_kept_with_the_cycle(string who)
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        SubmitCyclesRequest request = new() { PackText = Samples.Pack("ONE"), Rig = Samples.Rig, IrreversibleAllowedBy = who };

        SubmitCyclesReply reply = await bench.Client.SubmitCyclesAsync(request).ResponseAsync.DefaultTimeout();
        Lease lease = await rig.ReadLeaseAsync();
        await bench.RestartAsync();

        lease.IrreversibleAllowedBy.Should().Be(who);
        (await bench.GetAsync(reply.CycleIds[0])).Cycle.IrreversibleAllowedBy.Should().Be(who);
    }

    [Fact]
    public async Task A_cycle_that_has_ended_is_shown_and_ended_at_once()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync("ONE");
        await rig.RunAsync(await rig.ReadLeaseAsync(), Verdict.Passed);

        using AsyncServerStreamingCall<CycleUpdate> watching = bench.Client.WatchCycle(new WatchCycleRequest { CycleId = cycle });
        List<CycleUpdate> updates = await ReadAllAsync(watching);

        updates.Select(update => update.BodyCase).Should().Equal(CycleUpdate.BodyOneofCase.Snapshot, CycleUpdate.BodyOneofCase.Ended);
    }

    [Fact]
    public async Task A_cycle_that_is_not_there_is_not_found()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        using AsyncServerStreamingCall<CycleUpdate> watching = bench.Client.WatchCycle(new WatchCycleRequest { CycleId = "nothing" });

        RpcException refusal = (await FluentActions.Awaiting(() => ReadAsync(watching)).Should().ThrowAsync<RpcException>()).Which;

        refusal.StatusCode.Should().Be(StatusCode.NotFound);
        refusal.Status.Detail.Should().Contain("harness cycles");
    }

    [Fact]
    public async Task A_watcher_that_does_not_read_delays_nobody_and_then_sees_the_end()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync(options => options with { WatcherQueueLimit = 4 });
        await using ScriptedRig rig = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync("ONE");
        Lease lease = await rig.ReadLeaseAsync();
        using AsyncServerStreamingCall<CycleUpdate> watching = bench.Client.WatchCycle(new WatchCycleRequest { CycleId = cycle });
        await ReadAsync(watching);
        const int Steps = 3000;

        await rig.SendAsync(Samples.Started(lease));
        foreach (int batch in Enumerable.Range(0, Steps / 100))
        {
            await rig.SendAsync(
                [.. Enumerable.Range(2 + (batch * 100), 100).Select(sequence => Samples.StepFinished(lease, sequence, sequence))]);
        }

        await rig.SendAsync(Samples.Finished(lease, Steps + 2, Verdict.Passed));
        EventAck ack = await rig.ReadAckAsync();
        while (ack.Sequence < Steps + 2)
        {
            ack = await rig.ReadAckAsync();
        }

        List<CycleUpdate> updates = await ReadAllAsync(watching);

        updates.Should().HaveCountLessThan(Steps, "what the watcher did not take was dropped");
        updates.Should().Contain(update => update.BodyCase == CycleUpdate.BodyOneofCase.Snapshot, "it was given a new snapshot instead");
        updates[^1].Ended.State.Should().Be(CycleState.Complete);
    }

    [Fact]
    public async Task Watchers_are_let_go_when_they_leave()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync("ONE");
        AsyncServerStreamingCall<CycleUpdate> watching = bench.Client.WatchCycle(new WatchCycleRequest { CycleId = cycle });
        await ReadAsync(watching);
        int during = bench.Host.Watchers;

        watching.Dispose();
        while (bench.Host.Watchers > 0)
        {
            await Task.Yield();
        }

        during.Should().Be(1);
    }

    private static async Task<CycleUpdate> ReadAsync(AsyncServerStreamingCall<CycleUpdate> watching) =>
        await watching.ResponseStream.MoveNext(CancellationToken.None).DefaultTimeout()
            ? watching.ResponseStream.Current
            : throw new InvalidOperationException("the watch ended");

    private static async Task<List<CycleUpdate>> ReadAllAsync(AsyncServerStreamingCall<CycleUpdate> watching)
    {
        List<CycleUpdate> updates = [];
        while (await watching.ResponseStream.MoveNext(CancellationToken.None).DefaultTimeout())
        {
            updates.Add(watching.ResponseStream.Current);
        }

        return updates;
    }
}
