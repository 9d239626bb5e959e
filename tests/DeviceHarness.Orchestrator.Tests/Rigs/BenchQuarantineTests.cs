using DeviceHarness.Contracts.V1;
using DeviceHarness.Orchestrator.Rigs;
using DeviceHarness.Orchestrator.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Grpc.Core;
using Xunit;
using LeasePolicy = DeviceHarness.Assurance.Cycles.LeasePolicy;

namespace DeviceHarness.Orchestrator.Tests.Rigs;

/// <summary>A bench on which three attempts in a row came to nothing is taken out by itself, and says nothing about a device.</summary>
public sealed class BenchQuarantineTests
{
    private const string Silent = "it does not answer";

    [Fact]
    public async Task A_bench_that_shows_nothing_three_times_in_a_row_gets_no_work_until_its_device_answers()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync("ONE!", "TWO!", "THREE!", "FOUR!");
        rig.Silence = Silent;
        HealthCheck check = await FailToShowAsync(rig, 3);

        Rig shown = await bench.ShowRigWhenAsync("sick");
        CycleDetail waiting = await bench.GetAsync(cycle);
        rig.Silence = string.Empty;
        await bench.PassAsync(RigHealth.DeviceRecheckInterval);
        await rig.RunAsync(await rig.ReadLeaseAsync(), Verdict.Passed);
        CycleDetail after = await bench.GetAsync(cycle);

        check.Asks.Should().BeTrue();
        shown.Health.Should().Be($"sick: esme-01: {Silent}");
        shown.Quarantine.By.Should().Be("the orchestrator");
        shown.Quarantine.Checked.Should().BeTrue();
        shown.Quarantine.Reason.Should().Be("3 attempts in a row were Inconclusive, the last of THREE: the port went away");
        waiting.Executions[3].State.Should().Be("queued");
        waiting.Executions[3].Attempts.Should().Be(0);
        waiting.Cycle.Failed.Should().Be(0, "a sick bench says nothing about a device");
        waiting.Issues.Should().BeEmpty();
        after.Executions[3].Verdict.Should().Be(Verdict.Passed);
        after.Quarantines.Should().ContainSingle().Which.Should()
            .StartWith("bench-01 since ").And.EndWith("by its health check: esme-01 answered");
        (await bench.ShowRigAsync()).Quarantine.Should().BeNull();
    }

    [Fact]
    public async Task A_verdict_about_a_device_ends_the_row_and_a_case_that_was_called_off_is_no_part_of_it()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        await bench.SubmitAsync("ONE!", "TWO!", "THREE!", "FOUR!");
        await FailToShowAsync(rig, 2, isSickThen: false);
        await rig.RunAsync(await rig.ReadLeaseAsync(), Verdict.Failed, "no such version");
        await FailToShowAsync(rig, 1, isSickThen: false);
        string cancelled = await bench.SubmitAsync("FIVE!");
        Lease lease = await rig.ReadLeaseAsync();
        await bench.Client.CancelCycleAsync(new CancelCycleRequest { CycleId = cancelled, Reason = "not today" })
            .ResponseAsync.DefaultTimeout();
        await rig.ReadCancelAsync();
        await rig.RunAsync(lease, Verdict.Inconclusive, "cancelled");
        await bench.SubmitAsync("SIX!", "SEVEN!");
        await FailToShowAsync(rig, 1, isSickThen: false);

        Lease next = await rig.ReadLeaseAsync();

        next.CaseId.Should().Be("SEVEN", "two in a row since the verdict");
        (await bench.ShowRigAsync()).Quarantine.Should().BeNull();
    }

    [Fact]
    public async Task What_waits_for_a_sick_bench_goes_to_the_other_bench_of_the_cycle()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync(
            options => options with { Leases = new LeasePolicy { Depth = 2 } });
        await using ScriptedRig rig = await bench.ConnectAsync();
        await using ScriptedRig spare = await bench.ConnectAsync(Samples.SpareHello());
        string cycle = await bench.SubmitAsync([Samples.SpareRig], "ONE!", "TWO!", "THREE!", "FOUR!");
        rig.AnswersHealthChecks = false;
        Lease ahead = await rig.ReadLeaseAsync();
        for (int attempt = 0; attempt < 3; attempt++)
        {
            Lease running = ahead;
            ahead = await rig.ReadLeaseAsync();
            await rig.RunAsync(running, Verdict.Inconclusive, "the port went away");
        }

        CancelLease letGo = await rig.ReadCancelAsync();
        await rig.SendAsync(new RigMessage
        {
            LeaseDeclined = new LeaseDeclined
            {
                LeaseNumber = letGo.LeaseNumber,
                Reason = letGo.Reason,
                ExecutionId = $"{cycle}.0004",
            },
        });
        Lease four = await spare.ReadLeaseAsync();
        await spare.RunAsync(four, Verdict.Passed);

        letGo.OnlyWaiting.Should().BeTrue("what has begun ends as it ends");
        four.CaseId.Should().Be("FOUR");
        (await bench.WaitForEndAsync(cycle)).Executions[3].AttemptsMade.Should().ContainSingle().Which.Rig.Should().Be(Samples.SpareRig);
    }

    [Fact]
    public async Task A_quarantine_survives_the_orchestrator_and_ends_by_a_person()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        string cycle;
        await using (ScriptedRig rig = await bench.ConnectAsync())
        {
            cycle = await bench.SubmitAsync("ONE!", "TWO!", "THREE!", "FOUR!");
            rig.Silence = Silent;
            await FailToShowAsync(rig, 3);
        }

        await bench.RestartAsync();
        await using ScriptedRig again = await bench.ConnectAsync(Samples.Hello(bootId: "boot-2"));
        again.Silence = Silent;
        HealthCheck check = await again.ReadHealthCheckAsync();
        Rig shown = await bench.ShowRigAsync();
        await bench.Client.ReleaseRigAsync(
            new ReleaseRigRequest { Rig = Samples.Rig, Reason = "the head is seated", By = "ann", Quarantine = true })
            .ResponseAsync.DefaultTimeout();
        Lease four = await again.ReadLeaseAsync();

        check.Asks.Should().BeTrue("the new connection's devices are asked, too");
        shown.Quarantine.Reason.Should().StartWith("3 attempts in a row");
        four.CaseId.Should().Be("FOUR");
        (await bench.GetAsync(cycle)).Quarantines.Should().ContainSingle().Which.Should().EndWith("by ann: the head is seated");
    }

    [Fact]
    public async Task A_bench_that_a_person_took_out_stays_out_whatever_its_health()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        await bench.Client.QuarantineRigAsync(new QuarantineRigRequest { Rig = Samples.Rig, Reason = "a new meter", By = "ann" })
            .ResponseAsync.DefaultTimeout();
        string cycle = await bench.SubmitAsync("ONE");
        await bench.PassAsync(RigHealth.FreshFor);
        Func<Task> twice = () => bench.Client.QuarantineRigAsync(
            new QuarantineRigRequest { Rig = Samples.Rig, Reason = "again", By = "bob" }).ResponseAsync.DefaultTimeout();

        (await twice.Should().ThrowAsync<RpcException>()).Which.StatusCode.Should().Be(StatusCode.FailedPrecondition);
        Rig shown = await bench.ShowRigAsync();
        (await bench.GetAsync(cycle)).Executions[0].State.Should().Be("queued");
        shown.Quarantine.By.Should().Be("ann");
        shown.Quarantine.Checked.Should().BeFalse();
        await bench.Client.ReleaseRigAsync(new ReleaseRigRequest { Rig = Samples.Rig, Reason = "wired", By = "ann", Quarantine = true })
            .ResponseAsync.DefaultTimeout();
        (await rig.ReadLeaseAsync()).CaseId.Should().Be("ONE");
        Func<Task> none = () => bench.Client.ReleaseRigAsync(
            new ReleaseRigRequest { Rig = Samples.Rig, Reason = "wired", By = "ann", Quarantine = true }).ResponseAsync.DefaultTimeout();
        (await none.Should().ThrowAsync<RpcException>()).Which.StatusCode.Should().Be(StatusCode.NotFound);
    }

    /// <summary>Runs leases that show nothing.</summary>
    /// <returns>The check that asks the devices after the last of them.</returns>
    private static async Task<HealthCheck> FailToShowAsync(ScriptedRig rig, int attempts, bool isSickThen = true)
    {
        for (int attempt = 0; attempt < attempts; attempt++)
        {
            await rig.RunAsync(await rig.ReadLeaseAsync(), Verdict.Inconclusive, "the port went away");
        }

        return isSickThen ? await rig.ReadHealthCheckAsync() : new HealthCheck();
    }
}
